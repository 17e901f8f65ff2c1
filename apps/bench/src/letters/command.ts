/** Letter pairs: how many letters come back, how small texts and messages get, how fast that is. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { THESIS_TABLE } from "@pith/framing";
import { integer, nameList, onlyPositional, parse, pathFromCaller, UsageError } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { isInstalled } from "../contestants/installed.ts";
import { readBytes } from "../measure/bytes.ts";
import { findMachine, unpinned } from "../measure/child.ts";
import { CorpusError, prepareCorpus, type CorpusFile } from "../measure/corpus.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { earlierResults } from "../report/earlier.ts";
import { measureBuffering } from "./buffering.ts";
import { cutsOf, measureMessages, shortLines } from "./messages.ts";
import { toPage } from "./page.ts";
import type { LetterResults, MessagesResult } from "./results.ts";
import { measureSearch } from "./search.ts";
import { measureSpeed } from "./speed.ts";
import { measureTexts } from "./texts.ts";
import { measureTokens, measureWidths } from "./widths.ts";
import { measureWords } from "./words.ts";

const NAME = "letter-pairs";
const PARTS = ["texts", "messages", "speed", "buffering", "words", "search", "codes"];
/** Pieces of each text that are taken for messages. */
const CUTS = 400;
/** Bytes that speed is measured on: so many that a program's start is little beside them. */
const SPEED_BYTES = 2 ** 24;

export const lettersCommand: Command = {
  name: "letters",
  usage: "letters FOLDER [options]",
  help: `Measures letter pairs on the English texts of FOLDER: letters that come back, sizes with corrections, texts as short
messages beside brotli -q 11, and speed beside zip -1; what a dictionary mends, words looked for among codes, and codes of
other widths and for several characters. Writes docs/results/${NAME}.{json,md}.

  --messages FILE  text whose lines of 100 to 300 bytes are messages
  --train FILE     English for the part codes, which is left out without it
  --only LIST      of ${PARTS.join(", ")}: leaves the other parts of the results as they are
  --rounds N       interleaved rounds of the speed, 1 to 100 (default 5)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      messages: { type: "string", default: "" },
      train: { type: "string" },
      only: { type: "string", default: PARTS.join(",") },
      rounds: { type: "string", default: "5" },
      out: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder of texts"));
    const parts = nameList("--only", values.only, PARTS);
    const training = values.train === undefined ? undefined : readBytes(pathFromCaller(values.train));
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    if (parts.includes("speed") && !isInstalled("zip")) {
      throw new UsageError("zip is not installed; apt-get install zip brings it, --only texts,messages does without");
    }
    const file = (extension: string): string => join(out, `${NAME}.${extension}`);
    let results = earlierResults<LetterResults>(file("json"), { format: 1 });
    await withTemporaryFolder(async (folder) => {
      const where = hereAndNow();
      const files = prepareCorpus(source, join(folder, "texts"));
      if (parts.includes("texts")) results = { ...results, texts: { ...where, rows: await measureTexts(files, say) } };
      if (parts.includes("messages")) {
        results = { ...results, messages: { ...where, rows: await measureAllMessages(files, values.messages) } };
      }
      if (parts.includes("speed")) {
        const request = { text: longText(files), rounds, folder, machine: unpinned(findMachine()), onRun: say };
        results = { ...results, speed: { ...where, ...(await measureSpeed(request)) } };
      }
      if (parts.includes("buffering")) {
        results = { ...results, buffering: { ...where, ...measureBuffering(longText(files), folder, rounds) } };
      }
      if (parts.includes("words")) results = { ...results, words: { ...where, rows: await measureWords(files, say) } };
      if (parts.includes("search")) {
        results = { ...results, search: { ...where, rows: await measureSearch(files, say) } };
      }
      if (parts.includes("codes") && training !== undefined) {
        const widths = await measureWidths(files, training, THESIS_TABLE.groups, say);
        const tokens = measureTokens(files, training, say);
        results = { ...results, codes: { ...where, training: training.length, widths, tokens } };
      }
    });
    endSaying();
    mkdirSync(out, { recursive: true });
    const page = toPage(results);
    writeFileSync(file("md"), page);
    writeFileSync(file("json"), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

async function measureAllMessages(files: readonly CorpusFile[], messages: string): Promise<MessagesResult[]> {
  const sets = files.map(({ name, path }) => ({ name, texts: cutsOf(readBytes(path), CUTS) }));
  if (messages !== "") {
    const path = pathFromCaller(messages);
    sets.unshift({ name: basename(path), texts: shortLines(readBytes(path)) });
  }
  const rows: MessagesResult[] = [];
  for (const { name, texts } of sets) {
    if (texts.length === 0) throw new CorpusError(`${name} has nothing of 100 to 300 bytes`);
    say(`${name}: ${texts.length} messages`);
    rows.push(await measureMessages(name, texts));
  }
  return rows;
}

/** The texts one after the other, again and again. */
function longText(files: readonly CorpusFile[]): Uint8Array {
  const texts = files.map(({ path }) => readBytes(path));
  const text = new Uint8Array(SPEED_BYTES + Math.max(...texts.map(({ length }) => length)));
  let end = 0;
  for (let i = 0; end < SPEED_BYTES; i = (i + 1) % texts.length) {
    text.set(texts[i], end);
    end += texts[i].length;
  }
  return text.subarray(0, end);
}
