/** The options of `pith analyze`. */

import type { SignatureKind } from "@pith/analyzer";

import { UsageError } from "../../errors.ts";
import type { OptionTable } from "../../interface/option.ts";
import { choice, file, integer, size } from "../../interface/readers.ts";
import { writeSize } from "../../interface/values.ts";

const PARTS = 100;
const LARGEST_PATTERN = 1_000_000;
const WIDEST_REGION = 8;
const LEAST_MEMORY = 256 * 2 ** 20;
const MOST_MEMORY = 4 * 2 ** 30;
const LARGEST_SAMPLE = 2 ** 30;
const LARGEST_REFUTED = 2 ** 30;
/** 16.35 GiB, the last row of the paper's table. */
const LARGEST_ROW = 17_557_620_908;

/** What holds where an option is not given. */
export const DEFAULTS = {
  patternSize: 1000,
  signature: "xxh64",
  region: 0,
  memory: 2 ** 30,
  sample: 4 * 2 ** 20,
  level: 5,
} as const;

const SIGNATURES = ["xxh64", "md5"] as const satisfies readonly SignatureKind[];
const patternSize = size(PARTS, LARGEST_PATTERN);

export const ANALYZE_OPTIONS = {
  patternSize: {
    flags: ["--block-size"],
    ...patternSize,
    group: "Analysis",
    text: "bytes of a coarse pattern; fine ones have a tenth of it, micro ones a hundredth",
    range: `a multiple of ${PARTS}, ${PARTS} to ${LARGEST_PATTERN}`,
    default: `${DEFAULTS.patternSize}`,
    conflicts: ["--tensors"],
    read: (text, name) => {
      const bytes = patternSize.read(text, name);
      if (bytes % PARTS === 0) return bytes;
      throw new UsageError(
        `${name}: expected a multiple of ${PARTS}, since patterns of a hundredth of it are looked for, got ${text}`,
      );
    },
  },
  signature: {
    flags: ["--signature"],
    ...choice("KIND", SIGNATURES),
    group: "Analysis",
    text: "what blocks are told apart by",
    default: DEFAULTS.signature,
    detail: "xxh64 is fast; md5 is what the paper has, all 128 bits of it on all levels.",
    conflicts: ["--tensors"],
  },
  region: {
    flags: ["--region"],
    ...integer(0, WIDEST_REGION),
    group: "Analysis",
    text: "blocks on either side of a coarse pattern that belong to the region around it",
    default: `${DEFAULTS.region}`,
    detail:
      "With 0, the fine patterns of a coarse one are those that lie in it; the paper leaves open how far its regions go.",
    conflicts: ["--tensors"],
  },
  memory: {
    flags: ["--memory"],
    ...size(LEAST_MEMORY, MOST_MEMORY),
    group: "Analysis",
    text: "memory that the analysis may take",
    default: writeSize(DEFAULTS.memory),
    detail: "What does not fit is sampled, and the report says so, with the error that this leaves.",
    conflicts: ["--tensors"],
  },
  sample: {
    flags: ["--sample"],
    ...size(0, LARGEST_SAMPLE),
    group: "Analysis",
    text: "content to compress, to see what Pith makes of it; 0 is none",
    default: writeSize(DEFAULTS.sample),
    detail:
      "Of a longer file, eight pieces evenly spread are compressed; of a longer pipe its beginning. The report says which.",
    conflicts: ["--tensors", "--refute"],
  },
  level: {
    flags: ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"],
    label: "-1 … -9",
    group: "Analysis",
    text: "level at which it is compressed",
    range: "1 to 9",
    default: `${DEFAULTS.level}`,
    conflicts: ["--tensors", "--refute"],
    read: (_text, flag) => Number(flag.slice(1)),
  },
  html: {
    flags: ["--html"],
    ...file(),
    group: "Where the output goes",
    text: "write the report as a page with pictures; - is standard output",
    default: "text on standard output",
    detail: "The page stands alone: it asks for nothing, from anywhere.",
    conflicts: ["--tensors", "--refute", "--table"],
  },
  tensors: {
    flags: ["--tensors"],
    group: "Analysis",
    text: "only list the tensors of safetensors files: their headers are read, and nothing else",
    conflicts: ["--refute", "--table"],
  },
  refute: {
    flags: ["--refute"],
    ...size(1000, LARGEST_REFUTED),
    group: "Analysis",
    text: "instead, make two different files of this size that the paper's method cannot tell apart",
    range: `1000 to ${writeSize(LARGEST_REFUTED)}`,
    conflicts: ["--table"],
  },
  output: {
    flags: ["-o", "--output"],
    ...file("NAME"),
    group: "Where the output goes",
    text: "with --refute, write the two files as NAME.1 and NAME.2",
    default: "they are only described",
    requires: [{ oneOf: ["--refute"] }],
    read: (text, name) => {
      if (text === "" || text === "-") throw new UsageError(`${name}: expected a name for two files, got ${text}`);
      return text;
    },
  },
  table: {
    flags: ["--table"],
    ...size(1024, LARGEST_ROW),
    group: "Analysis",
    text: "instead, reproduce the paper's table of ratios up to this size, claimed beside achieved",
    range: `1KiB to ${LARGEST_ROW}`,
    detail: `The paper's rows are 1 KiB, 10 KiB, 100 KiB, 1 MiB, 10 MiB, 100 MiB and ${LARGEST_ROW} bytes, its 16.35 GB.`,
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    text: "overwrite FILE, or NAME.1 and NAME.2",
    requires: [{ oneOf: ["--html", "--output"] }],
  },
} as const satisfies OptionTable;
