/** The options of the verbs of `pith records`. */

import type { OptionTable } from "../../interface/option.ts";
import { file, integer } from "../../interface/readers.ts";

export const LARGEST_PRIOR = 524_288;

export const RECORDS_OPTIONS = {
  lines: {
    flags: ["--lines"],
    group: "Short messages",
    verbs: ["records create"],
    text: "take each line of FILEs for a record, rather than each FILE",
    detail:
      "What is appended later is then read by lines, too, and a line feed follows each record that is written out.",
  },
  prior: {
    flags: ["--prior"],
    ...file("PRIOR"),
    group: "Short messages",
    text: "own: made of these records and kept in the store; auto: the built-in prior; none; or a file of pith prior train",
    default: "own",
    detail: "To read a store or to append to it, only a file has to be named, the one that it was written with.",
  },
  size: {
    flags: ["--size"],
    ...integer(1, LARGEST_PRIOR),
    group: "Short messages",
    verbs: ["records create"],
    text: "bytes of records to keep in the store's own prior; of more, an even choice is kept",
    default: "an eighth of all, 4096 to 65536",
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    verbs: ["records create", "records get", "records list"],
    text: "write to FILE; - is standard output",
    default: "standard output; records create needs a FILE",
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: ["records create", "records get", "records list"],
    text: "overwrite",
  },
} as const satisfies OptionTable;
