/** The table as a Markdown page. */
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { CODERS } from "../coders.ts";
import { ROWS, STATIC_AS_PUBLISHED, describeNetwork, type Method } from "../methods.ts";
import { origin } from "../origin.ts";
import { PAPER_FILES, paperFigure } from "../paper.ts";
import { bitsPerCharacter, filesOf, findRow, isFileOfPaper, lengthsOf, withWeights } from "./figures.ts";
import type { Row, Table1Results } from "./results.ts";

const bits = (value: number | undefined): string => value?.toFixed(3) ?? "–";

/** @param picture name of the picture's file, beside the page; undefined if there is none */
export function toPage(results: Table1Results, picture: string | undefined): string {
  const files = filesOf(results, PAPER_FILES);
  const has = (id: string): boolean => results.rows.some(({ method }) => method === id);
  const methods = ROWS.filter(({ id }) => has(id));
  const trained = methods.filter(({ id }) =>
    results.rows.some((row) => row.method === id && row.weights !== undefined),
  );
  const coders = CODERS.filter(({ id }) => has(id));
  /** A column a file that has any of the rows. */
  const matrix = (
    rows: readonly { readonly id: string; readonly name: string }[],
    cell: (row: Row) => string,
  ): string => {
    const columns = files.filter((file) => rows.some(({ id }) => findRow(results, id, file) !== undefined));
    return table(
      ["", ...columns.map((file) => (isFileOfPaper(results, file) ? file : `${file} *`))],
      rows.map(({ id, name }) => [
        name,
        ...columns.map((file) => {
          const row = findRow(results, id, file);
          return row === undefined ? "–" : cell(row);
        }),
      ]),
    );
  };
  /** A figure, and in brackets the paper's. */
  const beside = (own: number | undefined, paperRow: string | undefined, file: string): string => {
    const paper = paperRow === undefined ? undefined : paperFigure(paperRow, file);
    return paper === undefined ? bits(own) : `${bits(own)} (${paper.toFixed(2)})`;
  };
  const paperRow = (id: string): string | undefined => ROWS.find((method) => method.id === id)?.paper;

  const sections = [
    "# Neural compression: the methods of Table 1",
    `Bits per character, in brackets those of the paper (F. van Dijken, W. Verdyck, _Neural Data Compression_, 2024). ${describe(results)}`,
    repeating("neural-table1 FOLDER", "the folder of these files"),
    "\\* Not the paper's bytes, whatever the file's name: coders of order 0, which can only come to one result, do not come to the paper's. There the brackets say nothing; the columns compare side by side.",
    ...(picture === undefined ? [] : [`![Bits per character of every method](${picture})`]),
  ];
  if (methods.length > 0) {
    sections.push(
      "## Ranks",
      "What the paper measures: each symbol is replaced by the number of symbols that were thought likelier, and an adaptive model of order 0 codes that. Vocabularies of tokens are included, as are 32 bytes that say which characters occur; weights that were trained on the file are left out, as in the paper.",
      matrix(methods, (row) => beside(bitsPerCharacter(row, "ranks"), paperRow(row.method), row.file)),
      "## Direct",
      "The same networks, the same predictions: an arithmetic coder uses the probabilities themselves.",
      matrix(methods, (row) => bits(bitsPerCharacter(row, "direct"))),
    );
  }
  if (trained.length > 0) {
    sections.push(
      "## With the weights",
      "A network that was trained on the file is no use to a decoder that lacks it. With its weights, of 8 bits each and compressed, by ranks / direct:",
      matrix(trained, (row) => `${bits(withWeights(row, "ranks"))} / ${bits(withWeights(row, "direct"))}`),
    );
  }
  if (coders.length > 0) {
    sections.push(
      "## Others",
      matrix(coders, (row) => beside(bitsPerCharacter(row, "ranks"), row.method, row.file)),
    );
  }
  if (methods.length > 0) {
    sections.push(
      "## Time",
      "Seconds of processor time to tokenize, train where a network is trained, predict, and code both ways.",
      matrix(methods, ({ seconds }) => seconds.toFixed(1)),
      "## Settings",
      `Each network sees the last symbol alone, unless it says otherwise, and what its recurrent part kept of those before. The paper has the last k symbols and does not say how many: its figures are those of one, and eight, without any recurrent part, come to what its recurrent networks do not. Long short-term memories here have an input gate that is one minus the forget gate. ${
        has(STATIC_AS_PUBLISHED.id)
          ? "The first static one is a layer of these straight into the output, trained on other English than the paper's; the second is the paper's own, trained as it says on the rest of the same bible ([neural-static](neural-static.md))."
          : "The static one is a layer of these straight into the output, trained on other English than the paper's, which has an embedding before it and two dense layers behind and learnt a bible."
      }`,
      table(
        ["", "symbols", "network"],
        methods.map((method) => [
          method.name,
          symbolsOf(method),
          method.description ?? describeNetwork(method, epochsOf(results, method.id)) + unevenEpochs(results, method),
        ]),
      ),
    );
  }
  const vocabularies = vocabulariesOf(methods);
  if (vocabularies.length > 0) {
    sections.push(
      "## Vocabularies",
      "Bytes that say what the tokens are, which the figures above include.",
      matrix(vocabularies, ({ table: bytes = 0 }) => thousands(bytes)),
    );
  }
  return `${sections.join("\n\n")}\n`;
}

/** A method of each size of vocabulary, under the name of that size. */
function vocabulariesOf(methods: readonly Method[]): { id: string; name: string }[] {
  const bySize = new Map<number, string>();
  for (const { id, vocabulary } of methods) {
    if (vocabulary !== undefined && !bySize.has(vocabulary)) bySize.set(vocabulary, id);
  }
  return [...bySize].map(([size, id]) => ({ id, name: `${thousands(size)} tokens` }));
}

function symbolsOf({ vocabulary, pretrained = false, bytesOnly = false }: Method): string {
  if (bytesOnly) return "bytes";
  if (pretrained) return "bytes, or bases";
  return vocabulary === undefined ? "characters that occur" : `${thousands(vocabulary)} tokens`;
}

function epochsOf({ rows }: Table1Results, id: string): number[] {
  return [...new Set(rows.flatMap(({ method, epochs }) => (method === id ? (epochs ?? []) : [])))];
}

/** On which files a network learnt as often as the method says, where it did not on all. */
function unevenEpochs({ rows }: Table1Results, { id, epochs }: Method): string {
  const trained = rows.filter((row) => row.method === id && row.epochs !== undefined);
  const whole = trained.filter((row) => row.epochs === epochs).map(({ file }) => file);
  if (epochs === undefined || whole.length === 0 || whole.length === trained.length) return "";
  return `, ${epochs} on ${whole.join(", ")} alone`;
}

function describe(results: Table1Results): string {
  return `The first ${lengthsOf(results)} bytes of each file. ${origin(results.rows)}.`;
}
