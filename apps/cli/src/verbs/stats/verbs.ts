/** The verbs of `pith stats`. */

import type { Verb } from "../registry.ts";

export const STATS_VERBS: readonly Verb[] = [
  {
    name: "stats count",
    text: "count the neighbours of each character in FILEs, into one HDF5 file",
    operand: { name: "FILE…" },
    detail:
      "Each FILE is a text of its own, of any size, in UTF-8; - is standard input. The result goes to the file that -o " +
      "names. What was counted apart can be merged.",
    load: () => import("./count.ts"),
  },
  {
    name: "stats merge",
    text: "add up the counts of FILEs, as if all had been counted at once",
    operand: { name: "FILE…" },
    detail: "All must have the same alphabet and window. In whatever order and grouping, the sum is the same.",
    load: () => import("./merge.ts"),
  },
  {
    name: "stats normalise",
    text: "make a table of probabilities or z-scores of the counts in FILE",
    operand: { name: "FILE" },
    detail: "The file that -o names then holds counts and table; a table that was there is replaced.",
    load: () => import("./normalise.ts"),
  },
  {
    name: "stats pair",
    text: "choose by the statistics in FILE which letters share a code",
    operand: { name: "FILE" },
    detail:
      "Prints a code table: groups in the order of their codes, _ for the space. The primary difference of two letters is the " +
      "sum of the squared differences of their numbers in FILE's table, or in z-scores along the neighbours.",
    load: () => import("./pair.ts"),
  },
  {
    name: "stats show",
    text: "show what the counts in each FILE say",
    operand: { name: "FILE…" },
    detail:
      "How much was counted, how much of it could be coded, how far the neighbours at each distance differ from what one " +
      "meets anywhere, and the neighbours of the characters that --neighbours names.",
    load: () => import("./show.ts"),
  },
  {
    name: "stats evaluate",
    text: "encode and decode each FILE, and compare it with what comes back",
    operand: { name: "FILE…" },
    detail:
      "Each FILE is a text in UTF-8. Letters are decoded by the statistics that --statistics names, or by a trained model. " +
      "With --ladder, one table shows how accurate each step of the design is, from alphabetical pairs to trained tables.",
    load: () => import("./evaluate.ts"),
  },
];
