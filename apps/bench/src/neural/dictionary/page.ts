/** The comparison as a Markdown page. */
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { origin } from "../origin.ts";
import { CODERS, type DictionaryResults, type DictionaryRun } from "./results.ts";

export function toPage({ runs }: DictionaryResults, picture: string): string {
  const sections = [
    "# Neural compression: ranks for dictionary coders",
    "Section 7.1 of the paper proposes to turn text into something that dictionary coders compress better than the text: each rank becomes the symbol of that place in a list of all symbols, those first that cost the coder least. What costs least is to go on with a copy at the same distance, so rank 0 becomes the symbol 16 places back. For *cheapest symbols* the other ranks become the others in their order; for *a list for each state* they become the others by what a literal costs there, that is by how often they followed the symbol before. The second proposal is to have several predictors, and to take for each symbol the one whose rank is lowest, or costs such a coder least (*by price*); which one it was is stored, too. So that this costs less, several symbols can share a choice.",
    repeating("neural-dictionary FILE", "each of the files, one after the other"),
    ...runs.flatMap((run, i) => section(run, i === 0 ? picture : undefined)),
    "## As a method",
    "`pith -7 -m rank --neural coder=dictionary` does the first for anyone: the symbols go through the coder of the fast levels, which copies as well. Whole files, in bits per character, beside those of `coder=adaptive`, which codes the ranks themselves by how often they come, and beside what is usual for the file itself.",
    table(
      ["", "coder=dictionary", "coder=adaptive", "xz -9e", "brotli -q 11"],
      runs.map(({ file, characters, method, rows }) => [
        file,
        ...[method.dictionary, method.adaptive, rows[0].sizes["xz -9e"], rows[0].sizes["brotli -q 11"]].map((size) =>
          size === undefined ? "–" : ((size * 8) / characters).toFixed(3),
        ),
      ]),
    ),
    "It does not help: a coder of copies has nothing to copy that the network did not know already, and pays for every miss twice. Ranks are for coders that count.",
  ];
  return `${sections.join("\n\n")}\n`;
}

function section(run: DictionaryRun, picture: string | undefined): string[] {
  const { file, characters, networks, rows } = run;
  const bits = (size: number | undefined): string => (size === undefined ? "–" : ((size * 8) / characters).toFixed(3));
  const choices = rows.filter(({ stream, choices: own }) => own !== undefined && stream.endsWith("ranks"));
  return [
    `## ${file}`,
    `The first ${thousands(characters)} bytes: bits per character, with all that a decoder needs. ${origin([run])}.`,
    table(
      ["", ...CODERS],
      rows.map(({ stream, sizes }) => [stream, ...CODERS.map((coder) => bits(sizes[coder]))]),
    ),
    ...(picture === undefined ? [] : [`![Bits per character of the streams](${picture})`]),
    "Networks, and what an arithmetic coder makes of their predictions themselves:",
    table(
      ["", "settings", "direct"],
      networks.map(({ name, settings, direct }) => [name, settings, bits(direct)]),
    ),
    verdict(run),
    ...(choices.length === 0
      ? []
      : [
          "What the choices alone cost, in bits per character:",
          table(
            ["", ...CODERS],
            choices.map(({ stream, choices: own }) => [
              stream.replace(/:.*/, ""),
              ...CODERS.map((coder) => bits(own?.[coder])),
            ]),
          ),
        ]),
  ];
}

/** The best that each way reaches, in words. */
function verdict({ characters, networks, rows }: DictionaryRun): string {
  const dictionary = CODERS.filter((coder) => coder !== "order 0");
  const least = (some: DictionaryRun["rows"], coders: readonly (typeof CODERS)[number][]): string => {
    const sizes = some.flatMap(({ sizes: own }) => coders.flatMap((coder) => own[coder] ?? []));
    return ((Math.min(...sizes) * 8) / characters).toFixed(3);
  };
  const direct = (Math.min(...networks.map(({ direct: size }) => size)) * 8) / characters;
  const ending = (end: string): DictionaryRun["rows"] => rows.filter(({ stream }) => stream.endsWith(end));
  return `A dictionary coder comes to ${least(rows.slice(0, 1), dictionary)} on the file itself, to ${least(ending(": ranks"), dictionary)} at best on ranks as they are, to ${least(ending("symbols"), dictionary)} on the cheapest symbols, and to ${least(ending("state"), dictionary)} with a list for each state. An order-0 model of the plain ranks comes to ${least(ending(": ranks"), ["order 0"])}, and the predictions themselves, with no rank between, to ${direct.toFixed(3)}.`;
}
