/** The options of `pith stats`. */

import type { Activation } from "@pith/predictors";
import type { AxisName, DeciderKind, ForeignValues, Normalisation, Pairing } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import type { OptionTable } from "../../interface/option.ts";
import { characters, choice, file, integer, number, size, words } from "../../interface/readers.ts";
import { parseWindow } from "../../interface/values.ts";
import type { VerbName } from "../../interface/verb.ts";
import { LETTER_MODELS } from "../shared/letter-models.ts";

/** What holds where an option is not given. */
export const DEFAULTS = {
  window: { before: 4, after: 3 },
  quantity: "probability",
  along: "neighbour",
  by: "exact",
  singles: " .",
  swapSize: 2,
  steps: 2000,
  seed: 1,
  activation: "identity",
  multipliers: "none",
  epochs: 100,
  rate: 0.00025,
} as const;

const QUANTITIES = ["probability", "log-probability"] as const;
const AXES = ["neighbour", "character", "distance", "all", "none"] as const satisfies readonly Normalisation[];
const FOREIGN_VALUES = [
  "counts",
  "probability",
  "log-probability",
  "z-scores",
  "scores",
] as const satisfies readonly ForeignValues[];
const PAIRINGS = ["alphabetical", "hungarian", "exact", "swaps"] as const satisfies readonly (Pairing | "swaps")[];
const DECIDERS = ["tree", "forest", "boosted", "network"] as const satisfies readonly DeciderKind[];
const ACTIVATIONS = ["identity", "sigmoid", "selu", "tanh"] as const satisfies readonly Activation[];
const MOST_STEPS = 1_000_000;
const MOST_EPOCHS = 10_000;
const LARGEST_SEED = 2 ** 32 - 1;
const SMALLEST_SAMPLE = 1024;
const LARGEST_SAMPLE = 2 ** 30;

const making: readonly VerbName[] = ["stats count", "stats merge", "stats import", "stats normalise"];
const importing: readonly VerbName[] = ["stats import"];
const pairing: readonly VerbName[] = ["stats pair"];
const evaluating: readonly VerbName[] = ["stats evaluate"];
const searching: readonly VerbName[] = [...pairing, ...evaluating];

const forSwaps = { verbs: pairing, oneOf: ["--by swaps"] };
const forLadder = { verbs: evaluating, oneOf: ["--ladder"] };
const forTraining = { verbs: evaluating, oneOf: ["--train"] };

const TABLE_AXES = ["character", "neighbour", "distance"] as const satisfies readonly AxisName[];

/** @throws UsageError if it is not all three axes in some order */
function parseAxes(name: string, text: string): AxisName[] {
  const axes = text.split(",").map((word) => TABLE_AXES.find((axis) => axis === word.trim()));
  if (axes.length !== TABLE_AXES.length || TABLE_AXES.some((axis) => !axes.includes(axis))) {
    throw new UsageError(`${name}: expected ${TABLE_AXES.join(", ")} in some order, got ${text}`);
  }
  return axes.filter((axis) => axis !== undefined);
}

export const STATS_OPTIONS = {
  alphabet: {
    flags: ["--alphabet"],
    ...characters("2 to 64 ASCII characters"),
    group: "Statistics",
    verbs: ["stats count", "stats import"],
    text: "characters to count, or of the table; _ is the space",
    default: "a to z, _ and .",
    detail: "Others take up their place and are not counted. \\xHH is the character of that hexadecimal code.",
  },
  window: {
    flags: ["--window"],
    value: { name: "BEFORE:AFTER" },
    group: "Statistics",
    verbs: ["stats count", "stats import"],
    text: "characters before and after each one that are its neighbours",
    range: "0 to 16 each",
    default: `${DEFAULTS.window.before}:${DEFAULTS.window.after}`,
    read: (text, name) => parseWindow(name, text),
  },
  dataset: {
    flags: ["--dataset"],
    ...words("PATH"),
    group: "Statistics",
    verbs: importing,
    text: "the dataset in FILE that is the table",
    default: "the only one with three axes",
  },
  axes: {
    flags: ["--axes"],
    value: { name: "LIST" },
    group: "Statistics",
    verbs: importing,
    text: "what the axes of the table are, in their order",
    range: "character, neighbour and distance, with commas",
    default: "the distance is the odd length",
    read: (text, name) => parseAxes(name, text),
  },
  values: {
    flags: ["--values"],
    ...choice("KIND", FOREIGN_VALUES),
    group: "Statistics",
    verbs: importing,
    text: "what the numbers of the table are",
    default: "by their signs and fractions",
  },
  quantity: {
    flags: ["--quantity"],
    ...choice("QUANTITY", QUANTITIES),
    group: "Statistics",
    verbs: ["stats normalise"],
    text: "what the table is of",
    default: DEFAULTS.quantity,
    detail: "For logarithms, half an occurrence is added to each count, so that what was never seen is not impossible.",
  },
  along: {
    flags: ["--along"],
    ...choice("AXIS", AXES),
    group: "Statistics",
    verbs: ["stats normalise"],
    text: "axis along which z-scores are made",
    default: DEFAULTS.along,
    detail:
      "neighbour: over all neighbours of a character at a distance, as in the thesis; character: over all characters with this " +
      "neighbour at this distance; distance: over the distances of a pair; all: over everything; none: no z-scores.",
  },
  neighbours: {
    flags: ["--neighbours"],
    ...characters("characters of the alphabet"),
    group: "Statistics",
    verbs: ["stats show"],
    text: "characters whose neighbours to show; _ is the space",
    default: "none",
  },
  statistics: {
    flags: ["--statistics"],
    ...file(),
    group: "Decoding",
    verbs: evaluating,
    text: "statistics to decode by",
    detail: "Its table, or z-scores of its counts along the neighbours, as in the thesis, if it has none.",
  },
  model: {
    flags: ["--model"],
    ...choice("MODEL", LETTER_MODELS),
    group: "Decoding",
    verbs: evaluating,
    text: "trained model to decode by instead, with its own codes",
    conflicts: ["--statistics", "--ladder", "--codes", "--activation", "--multipliers", "--importance", "--train"],
  },
  decider: {
    flags: ["--decider"],
    ...choice("KIND", DECIDERS),
    group: "Decoding",
    verbs: evaluating,
    text: "decide by what learns the texts of --train first: decision trees, a forest of them, boosted ones, or a network",
    detail: "Each sees the seven neighbours that the thesis's table sees, and needs pairs of letters.",
    requires: [{ oneOf: ["--train"] }],
    conflicts: [
      "--statistics",
      "--model",
      "--ladder",
      "--activation",
      "--multipliers",
      "--importance",
      "--epochs",
      "--rate",
      "--held-out",
      "--output",
    ],
  },
  codes: {
    flags: ["--codes"],
    ...words("TABLE"),
    group: "Decoding",
    verbs: searching,
    text: "code table, such as 'ab cd … yz _ .'; a search starts from it",
    range: "thesis, alphabetical, or 15 groups",
    default: "thesis; for a search, exact pairs",
    requires: [forSwaps],
    conflicts: ["--ladder"],
  },
  activation: {
    flags: ["--activation"],
    ...choice("FUNCTION", ACTIVATIONS),
    group: "Decoding",
    verbs: searching,
    text: "what is applied to each number of the table",
    default: DEFAULTS.activation,
    requires: [forSwaps],
    conflicts: ["--ladder"],
  },
  multipliers: {
    flags: ["--multipliers"],
    ...words("LIST"),
    group: "Decoding",
    verbs: searching,
    text: "what the numbers of each distance are multiplied with",
    range: "none, base, plato, or as many numbers with commas as distances",
    default: DEFAULTS.multipliers,
    detail: "base and plato are the two columns of the thesis, for its window.",
    requires: [forSwaps],
    conflicts: ["--ladder"],
  },
  by: {
    flags: ["--by"],
    ...choice("METHOD", PAIRINGS),
    group: "Pairs",
    verbs: pairing,
    text: "how pairs are chosen",
    default: DEFAULTS.by,
    detail:
      "alphabetical: in the order of the alphabet. hungarian: the largest primary difference by the Hungarian algorithm, whose " +
      "cycles are cut into pairs. exact: the largest primary difference by an exact matching. swaps: a search that swaps " +
      "letters as long as texts are decoded better; it prints each improvement with -v, and needs --search.",
  },
  singles: {
    flags: ["--singles"],
    ...characters("characters of the alphabet"),
    group: "Pairs",
    verbs: pairing,
    text: "characters with a code of their own; _ is the space",
    default: "_ and .",
    conflicts: ["--codes"],
  },
  search: {
    flags: ["--search"],
    ...file(),
    group: "Pairs",
    verbs: searching,
    text: "text that a search measures with; several are joined",
    several: true,
    requires: [forSwaps, forLadder],
  },
  swapSize: {
    flags: ["--swap"],
    ...integer(2, 4),
    group: "Pairs",
    verbs: pairing,
    text: "pairs that a step of the search takes apart",
    default: `${DEFAULTS.swapSize}`,
    requires: [forSwaps],
  },
  steps: {
    flags: ["--steps"],
    ...integer(0, MOST_STEPS),
    group: "Pairs",
    verbs: searching,
    text: "steps of a search in all, those of earlier runs included",
    default: `${DEFAULTS.steps}`,
    requires: [forSwaps, forLadder],
  },
  seed: {
    flags: ["--seed"],
    ...integer(0, LARGEST_SEED),
    group: "Pairs",
    verbs: searching,
    text: "where random choices start: the same seed, the same result",
    range: "0 to 2^32 − 1",
    default: `${DEFAULTS.seed}`,
    requires: [forSwaps, { verbs: evaluating, oneOf: ["--ladder", "--importance", "--decider"] }],
  },
  state: {
    flags: ["--state"],
    ...file(),
    group: "Pairs",
    verbs: pairing,
    text: "where a search is kept, to go on with it later",
    detail: "If FILE exists, the search goes on from there; Ctrl-C loses no more than the steps of the last seconds.",
    requires: [forSwaps],
  },
  train: {
    flags: ["--train"],
    ...file(),
    group: "Training",
    verbs: evaluating,
    text: "text to train the table with first; several are joined",
    several: true,
  },
  heldOut: {
    flags: ["--held-out"],
    ...file(),
    group: "Training",
    verbs: evaluating,
    text: "text by which the best epoch is chosen",
    default: "the last epoch is taken",
    requires: [forTraining],
    conflicts: ["--ladder"],
  },
  epochs: {
    flags: ["--epochs"],
    ...integer(1, MOST_EPOCHS),
    group: "Training",
    verbs: evaluating,
    text: "times that the training text is gone through",
    default: `${DEFAULTS.epochs}`,
    requires: [forTraining],
  },
  rate: {
    flags: ["--rate"],
    ...number(1e-6, 1),
    group: "Training",
    verbs: evaluating,
    text: "how far a number of the table goes at once",
    range: "0.000001 to 1",
    default: `${DEFAULTS.rate}`,
    requires: [forTraining],
  },
  sample: {
    flags: ["--sample"],
    ...size(SMALLEST_SAMPLE, LARGEST_SAMPLE),
    group: "Training",
    verbs: searching,
    text: "use the first SIZE bytes of each text of --search and --train",
    default: "all of it",
    requires: [forSwaps, forTraining],
  },
  importance: {
    flags: ["--importance"],
    group: "Results",
    verbs: evaluating,
    text: "show how much the neighbours at each distance matter",
    detail:
      "The share of right decisions that is lost when the neighbours at a distance are exchanged at random, for each pair.",
  },
  ladder: {
    flags: ["--ladder"],
    group: "Results",
    verbs: evaluating,
    text: "climb from alphabetical pairs to trained tables, in one table",
    detail:
      "Needs --search and --train. With -o, the table is also written as Markdown, with an explanation of each rung; with " +
      "--svg, the searches as a picture.",
    requires: [{ oneOf: ["--search"] }, { oneOf: ["--train"] }],
  },
  results: {
    flags: ["--results"],
    ...file(),
    group: "Results",
    verbs: evaluating,
    text: "keep results in FILE, and compare them with the last ones there",
    conflicts: ["--ladder"],
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    verbs: [...making, ...evaluating],
    text: "write statistics, the table of --train, or the report of --ladder to FILE",
    requires: [forTraining],
  },
  svg: {
    flags: ["--svg"],
    ...file(),
    group: "Where the output goes",
    verbs: [...searching, "stats show"],
    text: "draw what is shown, or the course of a search, into FILE",
    requires: [forSwaps, forLadder],
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: [...making, ...searching, "stats show"],
    text: "overwrite files that exist",
  },
} as const satisfies OptionTable;
