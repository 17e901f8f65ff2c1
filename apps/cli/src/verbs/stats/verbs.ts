/** The verbs of `pith stats`. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

const settings = async (): Promise<typeof import("./settings.ts").statsSettings> =>
  (await import("./settings.ts")).statsSettings;

export const STATS: Family = {
  name: "stats",
  text: "count how letters stand together, and pair them by it",
  detail:
    "Statistics are HDF5 files: p(character, neighbour, distance), counted in any amount of text, and what is " +
    "made of them. Texts are read as they are: nothing is cleaned, and capitals are no letters.",
  loadOptions: async () => (await import("./options.ts")).STATS_OPTIONS,
  verbs: [
    {
      name: "stats count",
      text: "count the neighbours of each character in FILEs, into one HDF5 file",
      operand: { name: "FILE…", least: 1 },
      detail:
        "Each FILE is a text of its own, of any size, in UTF-8; - is standard input. The result goes to the file that -o " +
        "names. What was counted apart can be merged.",
      load: loading(settings, () => import("./count.ts")),
    },
    {
      name: "stats merge",
      text: "add up the counts of FILEs, as if all had been counted at once",
      operand: { name: "FILE…", least: 1 },
      detail: "All must have the same alphabet and window. In whatever order and grouping, the sum is the same.",
      load: loading(settings, () => import("./merge.ts")),
    },
    {
      name: "stats import",
      text: "read a table of character pairs that another program wrote in HDF5",
      operand: { name: "FILE", least: 1, most: 1 },
      detail:
        "Any dataset of numbers along three axes, two of them characters: counts, probabilities or z-scores, which are told " +
        "apart by their signs and fractions. One character more than the alphabet has is the thesis's break, one distance " +
        "more than the window has the character's own place; both are left out. The file that -o names can be shown, paired " +
        "and evaluated as any other; how often characters came is known from counts alone. -v says how FILE was understood.",
      load: loading(settings, () => import("./import.ts")),
    },
    {
      name: "stats normalise",
      text: "make a table of probabilities or z-scores of the counts in FILE",
      operand: { name: "FILE", least: 1, most: 1 },
      detail: "The file that -o names then holds counts and table; a table that was there is replaced.",
      load: loading(settings, () => import("./normalise.ts")),
    },
    {
      name: "stats pair",
      text: "choose by the statistics in FILE which letters share a code",
      operand: { name: "FILE", least: 1, most: 1 },
      detail:
        "Prints a code table: groups in the order of their codes, _ for the space. The primary difference of two letters is the " +
        "sum of the squared differences of their numbers in FILE's table, or in z-scores along the neighbours.",
      load: loading(settings, () => import("./pair.ts")),
    },
    {
      name: "stats show",
      text: "show what the counts in each FILE say",
      operand: { name: "FILE…", least: 1 },
      detail:
        "How much was counted, how much of it could be coded, how far the neighbours at each distance differ from what one " +
        "meets anywhere, and the neighbours of the characters that --neighbours names.",
      load: loading(settings, () => import("./show.ts")),
    },
    {
      name: "stats evaluate",
      text: "encode and decode each FILE, and compare it with what comes back",
      operand: { name: "FILE…", least: 1 },
      detail:
        "Each FILE is a text in UTF-8. Letters are decoded by the statistics that --statistics names, or by a trained model. " +
        "With --ladder, one table shows how accurate each step of the design is, from alphabetical pairs to trained tables.",
      load: loading(settings, () => import("./evaluate.ts")),
    },
  ],
};
