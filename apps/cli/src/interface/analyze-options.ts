/** The options of `pith analyze`, a part of the one table. */

import type { SignatureKind } from "@pith/analyzer";

import { UsageError } from "../errors.ts";
import type { Option, VerbName } from "./options.ts";
import { parseChoice, parseSize, writeSize } from "./values.ts";

/** What they say. */
export interface AnalyzeSettings {
  /** S, bytes of a coarse pattern: a multiple of 100. */
  patternSize: number;
  signature: SignatureKind;
  /** Where the page goes; `-` is standard output, undefined: no page is made. */
  html: string | undefined;
  /** Bytes of content that are compressed to see what Pith makes of it; 0: none. */
  sampleSize: number;
  /** Whether to list the tensors of safetensors files, without reading more than their headers. */
  tensors: boolean;
  /** Bytes of the two files that are to have the same representation; undefined: files are analysed. */
  refutedSize: number | undefined;
  /** Bytes of the largest row of the paper's table to reproduce; undefined: files are analysed. */
  largestRow: number | undefined;
}

const PARTS = 100;
const LARGEST_PATTERN = 1_000_000;
const LEAST_MEMORY = 256 * 2 ** 20;
const MOST_MEMORY = 4 * 2 ** 30;
const LARGEST_SAMPLE = 2 ** 30;
const LARGEST_REFUTED = 2 ** 30;
/** 16.35 GiB, the last row of the paper's table. */
const LARGEST_ROW = 17_557_620_908;

export const ANALYZE_DEFAULTS: Readonly<AnalyzeSettings> = {
  patternSize: 1000,
  signature: "xxh64",
  html: undefined,
  sampleSize: 4 * 2 ** 20,
  tensors: false,
  refutedSize: undefined,
  largestRow: undefined,
};

const SIGNATURES = ["xxh64", "md5"] as const satisfies readonly SignatureKind[];
const verbs: readonly VerbName[] = ["analyze"];

export const ANALYZE_OPTIONS: readonly Option[] = [
  {
    flags: ["--block-size"],
    value: { name: "SIZE" },
    group: "Analysis",
    verbs,
    text: "bytes of a coarse pattern; fine ones have a tenth of it, micro ones a hundredth",
    range: `a multiple of ${PARTS}, ${PARTS} to ${LARGEST_PATTERN}`,
    default: `${ANALYZE_DEFAULTS.patternSize}`,
    set: (settings, value) => {
      const size = parseSize("--block-size", value, PARTS, LARGEST_PATTERN);
      if (size % PARTS !== 0) {
        throw new UsageError(
          `--block-size: expected a multiple of ${PARTS}, since patterns of a hundredth of it are looked for, got ${value}`,
        );
      }
      settings.patternSize = size;
    },
  },
  {
    flags: ["--signature"],
    value: { name: "KIND", choices: SIGNATURES },
    group: "Analysis",
    verbs,
    text: "what blocks are told apart by",
    range: SIGNATURES.join(", "),
    default: ANALYZE_DEFAULTS.signature,
    detail: "xxh64 is fast; md5 is what the paper has.",
    set: (settings, value) => void (settings.signature = parseChoice("--signature", value, SIGNATURES)),
  },
  {
    flags: ["--memory"],
    value: { name: "SIZE" },
    group: "Analysis",
    verbs,
    text: "memory that the analysis may take",
    range: `${writeSize(LEAST_MEMORY)} to ${writeSize(MOST_MEMORY)}`,
    default: writeSize(2 ** 30),
    detail: "What does not fit is sampled, and the report says so, with the error that this leaves.",
    set: (settings, value) => void (settings.memoryLimit = parseSize("--memory", value, LEAST_MEMORY, MOST_MEMORY)),
  },
  {
    flags: ["--sample"],
    value: { name: "SIZE" },
    group: "Analysis",
    verbs,
    text: "content to compress, to see what Pith makes of it; 0 is none",
    range: `0 to ${writeSize(LARGEST_SAMPLE)}`,
    default: writeSize(ANALYZE_DEFAULTS.sampleSize),
    detail:
      "Of a longer file, eight pieces evenly spread are compressed; of a longer pipe its beginning. The report says which.",
    set: (settings, value) => void (settings.sampleSize = parseSize("--sample", value, 0, LARGEST_SAMPLE)),
  },
  {
    flags: ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"],
    label: "-1 … -9",
    group: "Analysis",
    verbs,
    text: "level at which it is compressed",
    range: "1 to 9",
    default: "5",
    set: (settings, _value, flag) => void (settings.level = Number(flag.slice(1))),
  },
  {
    flags: ["--html"],
    value: { name: "FILE", file: true },
    group: "Where the output goes",
    verbs,
    text: "write the report as a page with pictures; - is standard output",
    default: "text on standard output",
    detail: "The page stands alone: it asks for nothing, from anywhere.",
    set: (settings, value) => {
      if (value === "") throw new UsageError("--html: expected the name of a file, got an empty one");
      settings.html = value;
    },
  },
  {
    flags: ["--tensors"],
    group: "Analysis",
    verbs,
    text: "only list the tensors of safetensors files: their headers are read, and nothing else",
    set: (settings) => void (settings.tensors = true),
  },
  {
    flags: ["--refute"],
    value: { name: "SIZE" },
    group: "Analysis",
    verbs,
    text: "instead, make two different files of this size that the paper's method cannot tell apart",
    range: `1000 to ${writeSize(LARGEST_REFUTED)}`,
    set: (settings, value) => void (settings.refutedSize = parseSize("--refute", value, 1000, LARGEST_REFUTED)),
  },
  {
    flags: ["-o", "--output"],
    value: { name: "NAME", file: true },
    group: "Where the output goes",
    verbs,
    text: "with --refute, write the two files as NAME.1 and NAME.2",
    default: "they are only described",
    set: (settings, value) => {
      if (value === "" || value === "-") throw new UsageError(`--output: expected a name for two files, got ${value}`);
      settings.output = value;
    },
  },
  {
    flags: ["--table"],
    value: { name: "SIZE" },
    group: "Analysis",
    verbs,
    text: "instead, reproduce the paper's table of ratios up to this size, claimed beside achieved",
    range: `1KiB to ${LARGEST_ROW}`,
    detail: `The paper's rows are 1 KiB, 10 KiB, 100 KiB, 1 MiB, 10 MiB, 100 MiB and ${LARGEST_ROW} bytes, its 16.35 GB.`,
    set: (settings, value) => void (settings.largestRow = parseSize("--table", value, 1024, LARGEST_ROW)),
  },
  {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs,
    text: "overwrite FILE, or NAME.1 and NAME.2",
    set: (settings) => void (settings.force = true),
  },
];
