/** The options of `pith message` and `pith prior train`. */

import type { OptionTable } from "../../interface/option.ts";
import { choice, file, integer } from "../../interface/readers.ts";

export const LARGEST_PRIOR = 524_288;
export const USUAL_PRIOR = 262_144;
export const CODES = ["auto", "model", "pairs"] as const;
export const BASES = ["auto", "none"] as const;

export const MESSAGE_OPTIONS = {
  decode: { flags: ["-d", "--decode"], group: "Short messages", text: "read a message" },
  prior: {
    flags: ["--prior"],
    ...file("PRIOR"),
    group: "Short messages",
    text: "auto: the built-in prior; none; or a file that pith prior train wrote",
    default: "auto",
    detail: "To decode, only a file has to be named: a message says which of the others it needs.",
    conflicts: ["--reference"],
  },
  reference: {
    flags: ["--reference"],
    ...file("OLD"),
    group: "Short messages",
    text: "write what is new since OLD, an earlier version or something else like it; of more than 512 KiB, the end counts",
  },
  codes: {
    flags: ["--codes"],
    ...choice("CODES", CODES),
    group: "Short messages",
    text: "auto: whichever is shorter; model: by the prior; pairs: by letter pairs, for English",
    default: "auto, and model where --prior or --reference names a file",
    conflicts: ["--decode"],
  },
  lines: {
    flags: ["--lines"],
    group: "Short messages",
    text: "take each line for a message, and only show how long they get, beside brotli",
    detail: "With --json, lines has the bytes of each.",
    conflicts: ["--decode", "--output"],
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    text: "write to FILE; - is standard output",
    default: "standard output",
  },
  force: { flags: ["-f", "--force"], group: "Where the output goes", text: "overwrite; write to a terminal" },
} as const satisfies OptionTable;

export const PRIOR_OPTIONS = {
  size: {
    flags: ["--size"],
    ...integer(1, LARGEST_PRIOR),
    group: "Training",
    text: "bytes of samples to keep; of more, an even choice is kept",
    default: `${USUAL_PRIOR}`,
  },
  base: {
    flags: ["--base"],
    ...choice("BASE", BASES),
    group: "Training",
    text: "what is learnt before the samples: auto, the built-in prior; or none",
    default: "auto",
  },
  output: {
    flags: ["-o", "--output"],
    ...file("PRIOR"),
    group: "Where the output goes",
    text: "write the prior to PRIOR",
  },
  force: { flags: ["-f", "--force"], group: "Where the output goes", text: "overwrite" },
} as const satisfies OptionTable;
