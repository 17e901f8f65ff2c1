/** Messages with a prior, beside brotli, zstd with a dictionary, and letter pairs. */
// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- what has no types of its own has no file to import
/// <reference path="./unishox2.d.ts" />
import { encodeMessage as encodePairs } from "@pith/pairs";
import { decodeMessage, encodeMessage, Prior, type MessageOptions } from "@pith/priors";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import unishox2 from "unishox2.siara.cc";
import { integer, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { isInstalled } from "../contestants/installed.ts";
import { firstDifference } from "../measure/bytes.ts";
import { ROOT } from "../paths.ts";
import { toPage, type MessageResults, type MessageRow } from "./page.ts";
import { measureRecords } from "./records.ts";
import { brotliLength, dictionaryOf, mean, zstdMean } from "./peers.ts";
import { CLASSES, linesOfKind, OWN_CLASSES, recordsOf, samplesOf } from "./samples.ts";

const NAME = "messages";
/** Bytes of samples that unishox2 is for. */
const MOST_UNISHOX = 1000;
/** zstd's dictionary for all samples: bytes, and what it is trained on, in pieces. */
const DICTIONARY_SIZE = 112_640;
const DICTIONARY_PIECE = 1000;
const TRAINING_TEXT = "english/train";
/** Bytes of records that a prior is trained on. */
const PRIOR_SIZE = 40_000;
/** Bytes that a message of letter pairs takes. */
const MOST_PAIRS = 16_384;

export const messagesCommand: Command = {
  name: NAME,
  usage: "messages FOLDER [options]",
  help: `Codes short texts, records and pieces of files below FOLDER as messages, and lines as
stores of records, and writes docs/results/${NAME}.{json,md}.

  --samples N      of a kind, at most (default 200)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      samples: { type: "string", default: "200" },
      out: { type: "string" },
    });
    const folder = pathFromCaller(onlyPositional(positionals, "one folder of data"));
    const count = integer("--samples", values.samples, 1, 10_000);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const hasZstd = isInstalled("zstd");
    const builtIn = await withTemporaryFolder(async (temporary) => {
      const dictionary = hasZstd ? trainedDictionary(folder, temporary) : undefined;
      const rows: MessageRow[] = [];
      for (const kind of CLASSES) {
        say(kind.name);
        const samples = samplesOf(folder, kind, count);
        const zstd = dictionary === undefined ? undefined : zstdMean(dictionary, samples);
        rows.push({ ...(await measure(samples)), name: kind.name, zstd });
      }
      return rows;
    });
    const own = await withTemporaryFolder(async (temporary) => {
      const rows: MessageRow[] = [];
      for (const kind of OWN_CLASSES) {
        say(`${kind.name}, with a prior of their own`);
        const { training, test } = recordsOf(folder, kind, PRIOR_SIZE, count);
        const zstd = hasZstd ? zstdMean(dictionaryOf(training, temporary), test) : undefined;
        rows.push({ ...(await measure(test, { prior: Prior.train(training) })), name: kind.name, zstd });
      }
      return rows;
    });
    const stores = await withTemporaryFolder(async (temporary) => {
      const rows = [];
      for (const kind of OWN_CLASSES) {
        say(`${kind.name}, as a store`);
        rows.push({ name: kind.name, ...(await measureRecords(linesOfKind(folder, kind), temporary, hasZstd)) });
      }
      return rows;
    });
    endSaying();
    const results: MessageResults = { format: 1, count, priorSize: PRIOR_SIZE, builtIn, own, stores };
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};

/** @throws Error if a sample does not come back */
async function measure(samples: readonly Uint8Array[], options?: MessageOptions): Promise<Omit<MessageRow, "name">> {
  const messages: number[] = [];
  const brotlis: number[] = [];
  const pairs: number[] = [];
  const unishox: number[] = [];
  for (const sample of samples) {
    const message = await encodeMessage(sample, options);
    const difference = firstDifference(sample, await decodeMessage(message, options));
    if (difference !== undefined) throw new Error(`a message differs from its sample at byte ${difference}`);
    messages.push(message.length);
    brotlis.push(brotliLength(sample));
    if (options === undefined && sample.length <= MOST_PAIRS) pairs.push((await encodePairs(sample)).length);
    if (options === undefined && sample.length <= MOST_UNISHOX) unishox.push(unishoxLength(sample));
  }
  return {
    count: samples.length,
    length: mean(samples.map(({ length }) => length)),
    message: mean(messages),
    brotli: mean(brotlis),
    pairs: pairs.length === 0 ? undefined : mean(pairs),
    unishox: unishox.length === 0 ? undefined : mean(unishox),
    zstd: undefined,
    longer: messages.filter((length, i) => length > brotlis[i]).length,
  };
}

/** Text in UTF-8: of a piece that is cut within a character, a replacement stands there, which is longer by little. */
function unishoxLength(sample: Uint8Array): number {
  const text = Buffer.from(sample).toString();
  const { log } = console;
  // It prints two numbers for each text.
  console.log = () => undefined;
  try {
    return unishox2.unishox2_compress_simple(text, text.length, new Uint8Array(4 * sample.length + 100));
  } finally {
    console.log = log;
  }
}

/** The dictionary that zstd trains on the text that the built-in prior was made of. @returns its file */
function trainedDictionary(folder: string, temporary: string): string {
  const text = join(folder, TRAINING_TEXT);
  const files = readdirSync(text, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const dictionary = join(temporary, "dictionary");
  const options = ["-q", "--train", `-B${DICTIONARY_PIECE}`, `--maxdict=${DICTIONARY_SIZE}`, "-o", dictionary];
  execFileSync("zstd", [...options, ...files], { stdio: "ignore" });
  return dictionary;
}
