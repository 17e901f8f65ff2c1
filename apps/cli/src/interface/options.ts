/**
 * The one table of options. The parser, `--help`, the man page and the shell completions are all made from it, so
 * that an option is written down once.
 */

import { availableParallelism } from "node:os";

import type { Kind, MethodName } from "@pith/codec";

import { UsageError } from "../errors.ts";
import { ANALYZE_DEFAULTS, ANALYZE_OPTIONS, type AnalyzeSettings } from "./analyze-options.ts";
import { NEURAL_DEFAULTS, NEURAL_OPTIONS, type NeuralSettings } from "./neural-options.ts";
import { PAIRS_DEFAULTS, PAIRS_OPTIONS, type PairsSettings } from "./pairs-options.ts";
import { STATS_DEFAULTS, STATS_OPTIONS, type StatsSettings } from "./stats-options.ts";
import { TRAIN_DEFAULTS, TRAIN_OPTIONS, type TrainSettings } from "./train-options.ts";
import { MAX_LEVEL, parseChoice, parseInteger, parseLevels, parseRange, parseSize, writeSize } from "./values.ts";

export type VerbName =
  | "compress"
  | "decompress"
  | "test"
  | "list"
  | "bench"
  | "analyze"
  | "train"
  | "completion"
  | "stats"
  | "stats count"
  | "stats merge"
  | "stats normalise"
  | "stats pair"
  | "stats show"
  | "stats evaluate"
  | "pairs"
  | "pairs encode"
  | "pairs decode"
  | "pairs message";

/** What the options say. */
export interface Settings extends StatsSettings, PairsSettings, AnalyzeSettings, NeuralSettings, TrainSettings {
  /** Undefined: the first word says it, or else it is `compress`. */
  verb: VerbName | undefined;
  help: boolean;
  version: boolean;
  /** 1 to 10. */
  level: number;
  method: MethodName;
  kind: Kind;
  /** Bytes; undefined: by level. */
  blockSize: number | undefined;
  /** Bytes. */
  memoryLimit: number;
  /** 1 to 64. */
  threads: number;
  stdout: boolean;
  /** Where the output goes; undefined: beside the source. */
  output: string | undefined;
  /** Content bytes [start, end); end undefined: to the end of the content. */
  range: { readonly start: number; readonly end: number | undefined } | undefined;
  force: boolean;
  /** Delete each source once its output is whole, checked and on the disk. */
  remove: boolean;
  verbose: boolean;
  quiet: boolean;
  json: boolean;
  rounds: number;
  levels: readonly number[];
}

const MAXIMUM_THREADS = 64;
export const MINIMUM_BLOCK_SIZE = 4096;
const MAXIMUM_BLOCK_SIZE = 2 ** 30;
const MINIMUM_MEMORY = 2 ** 20;
const MAXIMUM_MEMORY = 2 ** 36;

export const DEFAULTS: Readonly<Settings> = {
  verb: undefined,
  help: false,
  version: false,
  level: 5,
  method: "auto",
  kind: "auto",
  blockSize: undefined,
  memoryLimit: 2 ** 30,
  threads: 1,
  stdout: false,
  output: undefined,
  range: undefined,
  force: false,
  remove: false,
  verbose: false,
  quiet: false,
  json: false,
  rounds: 3,
  levels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  ...STATS_DEFAULTS,
  ...PAIRS_DEFAULTS,
  ...ANALYZE_DEFAULTS,
  ...NEURAL_DEFAULTS,
  ...TRAIN_DEFAULTS,
};

const METHODS = [
  "auto",
  "mix",
  "dna",
  "pairs",
  "neural",
  "rank",
  "dedupe",
  "stored",
] as const satisfies readonly MethodName[];
const KINDS = ["auto", "text", "binary", "dna"] as const satisfies readonly Kind[];

export const GROUPS = [
  "What to do",
  "How to compress",
  "What to decode with",
  "Analysis",
  "Statistics",
  "Decoding",
  "Pairs",
  "Training",
  "Results",
  "Letter pairs",
  "Where the output goes",
  "Resources",
  "Messages",
  "Benchmark",
] as const;

/** One option. Options of different verbs may have the same flags, and then both or none a value. */
export interface Option {
  /** All that mean the same, short ones first; or, with `label`, one a value. */
  readonly flags: readonly string[];
  /** What help prints instead of the flags, where each flag is a value of its own. */
  readonly label?: string;
  /** The value that follows; absent for a switch. */
  readonly value?: { readonly name: string; readonly choices?: readonly string[]; readonly file?: true };
  readonly group: (typeof GROUPS)[number];
  /** The verbs that heed it; absent: all. */
  readonly verbs?: readonly VerbName[];
  /** Verbs that accept it and need nothing of it: `tar -I "pith -9"` runs `pith -9 -d` to unpack. */
  readonly tolerated?: readonly VerbName[];
  /** A few words, without range and default. */
  readonly text: string;
  /** The values it takes. */
  readonly range?: string;
  readonly default?: string;
  /** Sentences for the man page. */
  readonly detail?: string;
  /** @throws RangeError that shows what was expected and what came */
  set(settings: Settings, value: string, flag: string): void;
}

const coding: readonly VerbName[] = ["compress", "decompress"];
const decoding: readonly VerbName[] = ["decompress", "test"];
const parallel: readonly VerbName[] = ["compress", ...decoding, "pairs encode", "pairs decode"];

export const OPTIONS: readonly Option[] = [
  {
    flags: ["-d", "--decompress"],
    group: "What to do",
    text: "decompress, the same as the verb decompress",
    set: (settings) => chooseVerb(settings, "decompress"),
  },
  {
    flags: ["-t", "--test"],
    group: "What to do",
    text: "decode everything, keep nothing, and say whether it is whole",
    set: (settings) => chooseVerb(settings, "test"),
  },
  {
    flags: ["-l", "--list"],
    group: "What to do",
    text: "show what files are made of, without decoding them",
    set: (settings) => chooseVerb(settings, "list"),
  },
  {
    flags: ["-b", "--bench"],
    group: "What to do",
    text: "measure each level beside gzip and brotli",
    set: (settings) => chooseVerb(settings, "bench"),
  },
  {
    flags: ["-h", "--help"],
    group: "What to do",
    text: "show this help; after a verb, the help of that verb",
    set: (settings) => void (settings.help = true),
  },
  {
    flags: ["-V", "--version"],
    group: "What to do",
    text: "show the version",
    set: (settings) => void (settings.version = true),
  },
  {
    flags: ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"],
    label: "-1 … -9",
    group: "How to compress",
    verbs: ["compress"],
    tolerated: decoding,
    text: "level: 1 is fast, 9 is small",
    range: "1 to 9",
    default: `${DEFAULTS.level}`,
    detail: "Decompression takes as long as compression did, and as much memory: a level is chosen for both.",
    set: (settings, _value, flag) => void (settings.level = Number(flag.slice(1))),
  },
  {
    flags: ["--max"],
    group: "How to compress",
    verbs: ["compress"],
    tolerated: decoding,
    text: "level 10: smaller than -9, half as fast",
    detail:
      "Mixes in a larger network, which for English begins with what it learnt of other texts. The same memory as -9.",
    set: (settings) => void (settings.level = MAX_LEVEL),
  },
  {
    flags: ["-m", "--method"],
    value: { name: "METHOD", choices: METHODS },
    group: "How to compress",
    verbs: ["compress", "bench"],
    tolerated: decoding,
    text: "method of coding",
    range: METHODS.join(", "),
    default: DEFAULTS.method,
    detail:
      "auto tries what suits each block; mix mixes the predictions of many contexts; dna packs bases in two bits and " +
      "predicts those; pairs gives two letters one code of four bits and works out from what is around it which was " +
      "meant, which is fast, for English; neural codes each symbol under the prediction of a network, rank by how many symbols " +
      "that thought likelier, both slowly; dedupe is auto, but codes what comes again far away only once, as auto itself does where a " +
      "sample promises enough; stored only keeps the bytes. Every method gives every file back exactly.",
    set: (settings, value) => void (settings.method = parseChoice("--method", value, METHODS)),
  },
  ...NEURAL_OPTIONS,
  {
    flags: ["--kind"],
    value: { name: "KIND", choices: KINDS },
    group: "How to compress",
    verbs: ["compress", "bench"],
    tolerated: decoding,
    text: "what the data is",
    range: KINDS.join(", "),
    default: DEFAULTS.kind,
    detail: "auto looks at each block. A wrong kind costs size, never content.",
    set: (settings, value) => void (settings.kind = parseChoice("--kind", value, KINDS)),
  },
  {
    flags: ["--block-size"],
    value: { name: "SIZE" },
    group: "How to compress",
    verbs: ["compress", "bench"],
    tolerated: decoding,
    text: "content in a block, such as 4MiB",
    range: `${writeSize(MINIMUM_BLOCK_SIZE)} to ${writeSize(MAXIMUM_BLOCK_SIZE)}`,
    default: "by level",
    detail:
      "Each block is coded by itself: small blocks give more threads work and make --range quicker, large blocks " +
      "compress better.",
    set: (settings, value) =>
      void (settings.blockSize = parseSize("--block-size", value, MINIMUM_BLOCK_SIZE, MAXIMUM_BLOCK_SIZE)),
  },
  {
    flags: ["-c", "--stdout"],
    group: "Where the output goes",
    verbs: coding,
    text: "write to standard output; several files are joined",
    detail: "Joined files are one file whose content is that of all of them in turn.",
    set: (settings) => void (settings.stdout = true),
  },
  {
    flags: ["-o", "--output"],
    value: { name: "FILE", file: true },
    group: "Where the output goes",
    verbs: coding,
    text: "write to FILE; - is standard output",
    default: "FILE.pith beside FILE, and back",
    set: (settings, value) => {
      if (value === "") throw new UsageError("--output: expected the name of a file, got an empty one");
      if (value === "-") settings.stdout = true;
      else settings.output = value;
    },
  },
  {
    flags: ["--range"],
    value: { name: "START:END" },
    group: "Where the output goes",
    verbs: ["decompress"],
    text: "decompress only the content bytes from START up to END",
    range: "0:0 to the length of the content; END may be left out",
    default: "everything",
    detail:
      "Only the blocks in which the range lies are decoded. The first byte is 0 and END itself is left out: 0:10 is " +
      "the first ten bytes. The output goes to standard output unless -o names a file.",
    set: (settings, value) => void (settings.range = parseRange("--range", value)),
  },
  {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: coding,
    text: "overwrite; compress what is compressed already; write to a terminal",
    set: (settings) => void (settings.force = true),
  },
  {
    flags: ["-k", "--keep"],
    group: "Where the output goes",
    verbs: coding,
    text: "keep the sources (the default)",
    set: (settings) => void (settings.remove = false),
  },
  {
    flags: ["--rm"],
    group: "Where the output goes",
    verbs: coding,
    text: "delete each source once its output is whole, checked and on the disk",
    detail:
      "After compressing, the output is decoded again and its checksums are compared, which takes as long as " +
      "decompression; only then is it given its name and the source deleted. A source that changed meanwhile is kept.",
    set: (settings) => void (settings.remove = true),
  },
  {
    flags: ["-T", "--threads"],
    value: { name: "N" },
    group: "Resources",
    verbs: parallel,
    text: "threads, each with a block of its own; 0 is one a core",
    range: `0 to ${MAXIMUM_THREADS}`,
    default: `${DEFAULTS.threads}`,
    detail: "The output is the same for every number of threads.",
    set: (settings, value) => {
      const threads = parseInteger("--threads", value, 0, MAXIMUM_THREADS);
      settings.threads = threads === 0 ? Math.min(availableParallelism(), MAXIMUM_THREADS) : threads;
    },
  },
  {
    flags: ["--memory"],
    value: { name: "SIZE" },
    group: "Resources",
    verbs: parallel,
    text: "memory that the blocks in work may take together, such as 512MiB",
    range: `${writeSize(MINIMUM_MEMORY)} to ${writeSize(MAXIMUM_MEMORY)}`,
    default: writeSize(DEFAULTS.memoryLimit),
    detail: "Fewer threads run where they would take more; a single block that takes more is an error.",
    set: (settings, value) =>
      void (settings.memoryLimit = parseSize("--memory", value, MINIMUM_MEMORY, MAXIMUM_MEMORY)),
  },
  {
    flags: ["-v", "--verbose"],
    group: "Messages",
    text: "a line about each file; with list, each block; with analyze, all of each list",
    set: (settings) => {
      settings.verbose = true;
      settings.quiet = false;
    },
  },
  {
    flags: ["-q", "--quiet"],
    group: "Messages",
    text: "only errors: no warnings, no progress, no questions",
    set: (settings) => {
      settings.quiet = true;
      settings.verbose = false;
    },
  },
  {
    flags: ["--json"],
    group: "Messages",
    text: "results and problems as one JSON document",
    detail:
      "It goes to standard output, or to standard error where standard output carries the data. Its files are a list " +
      "with source, status (ok, warning, skipped or error), and what the verb has to say: lengths in bytes, times in " +
      "seconds; of an error its message and code, and of bad data offset, expected and got.",
    set: (settings) => void (settings.json = true),
  },
  {
    flags: ["--levels"],
    value: { name: "LIST" },
    group: "Benchmark",
    verbs: ["bench"],
    text: "levels to measure, such as 1,5,9 or 1-3",
    range: "1 to 10",
    default: "1-10",
    set: (settings, value) => void (settings.levels = parseLevels("--levels", value)),
  },
  {
    flags: ["--rounds"],
    value: { name: "N" },
    group: "Benchmark",
    verbs: ["bench"],
    text: "times that everything is measured, in turn; medians are shown",
    range: "1 to 99",
    default: `${DEFAULTS.rounds}`,
    set: (settings, value) => void (settings.rounds = parseInteger("--rounds", value, 1, 99)),
  },
  ...STATS_OPTIONS,
  ...PAIRS_OPTIONS,
  ...ANALYZE_OPTIONS,
  ...TRAIN_OPTIONS,
];

/** Whether a verb heeds an option; a family of verbs heeds what any of its verbs does. */
export function heeds(verb: VerbName, option: Option): boolean {
  return option.verbs === undefined || option.verbs.some((name) => name === verb || name.startsWith(`${verb} `));
}

function chooseVerb(settings: Settings, verb: VerbName): void {
  if (settings.verb !== undefined && settings.verb !== verb) {
    throw new UsageError(`${settings.verb} and ${verb}: expected one thing to do, got two`);
  }
  settings.verb = verb;
}
