/** The options of `pith stats`, a part of the one table. */

import type { Activation } from "@pith/predictors";
import type { Normalisation, Pairing, Quantity, SwapSize, TrainedDecoder, Window } from "@pith/statistics";

import { UsageError } from "../errors.ts";
import type { Option, VerbName } from "./options.ts";
import {
  parseCharacters,
  parseChoice,
  parseInteger,
  parseNumber,
  parseSize,
  parseWindow,
  writeSize,
} from "./values.ts";

/** What they say. */
export interface StatsSettings {
  /** Undefined: letters, space and period. */
  alphabet: string | undefined;
  window: Window;
  quantity: Exclude<Quantity, "score">;
  normalised: Normalisation;
  pairing: Pairing | "swaps";
  singles: string;
  swapSize: SwapSize;
  steps: number;
  seed: number;
  /** Files of text for the search for pairs; joined. */
  search: readonly string[];
  /** File in which a search is kept. */
  state: string | undefined;
  neighbours: string;
  svg: string | undefined;
  /** File of statistics that letters are decoded by. */
  statistics: string | undefined;
  /** A trained model that they are decoded by instead; undefined: by verb. */
  model: TrainedDecoder | undefined;
  /** A code table, or the name of one; undefined: by verb. */
  codes: string | undefined;
  activation: Activation;
  multipliers: string;
  /** Files of text to train with; joined. */
  train: readonly string[];
  heldOut: string | undefined;
  epochs: number;
  rate: number;
  /** Bytes of each file of --search and --train. */
  sample: number | undefined;
  /** File in which results are kept. */
  results: string | undefined;
  importance: boolean;
  ladder: boolean;
}

export const STATS_DEFAULTS: Readonly<StatsSettings> = {
  alphabet: undefined,
  window: { before: 4, after: 3 },
  quantity: "probability",
  normalised: "neighbour",
  pairing: "exact",
  singles: " .",
  swapSize: 2,
  steps: 2000,
  seed: 1,
  search: [],
  state: undefined,
  neighbours: "",
  svg: undefined,
  statistics: undefined,
  model: undefined,
  codes: undefined,
  activation: "identity",
  multipliers: "none",
  train: [],
  heldOut: undefined,
  epochs: 100,
  rate: 0.00025,
  sample: undefined,
  results: undefined,
  importance: false,
  ladder: false,
};

const QUANTITIES = ["probability", "log-probability"] as const;
const AXES = ["neighbour", "character", "distance", "all", "none"] as const satisfies readonly Normalisation[];
const PAIRINGS = ["alphabetical", "hungarian", "exact", "swaps"] as const satisfies readonly StatsSettings["pairing"][];
const ACTIVATIONS = ["identity", "sigmoid", "selu", "tanh"] as const satisfies readonly Activation[];
export const LETTER_MODELS = [
  "letter-table",
  "resolver-small",
  "resolver-medium",
  "resolver-large",
] as const satisfies readonly TrainedDecoder[];
const MOST_STEPS = 1_000_000;
const MOST_EPOCHS = 10_000;
const LARGEST_SEED = 2 ** 32 - 1;
const SMALLEST_SAMPLE = 1024;
const LARGEST_SAMPLE = 2 ** 30;

const making: readonly VerbName[] = ["stats count", "stats merge", "stats normalise"];
const searching: readonly VerbName[] = ["stats pair", "stats evaluate"];

export const STATS_OPTIONS: readonly Option[] = [
  {
    flags: ["--alphabet"],
    value: { name: "CHARACTERS" },
    group: "Statistics",
    verbs: ["stats count"],
    text: "characters to count; _ is the space",
    range: "2 to 64 ASCII characters",
    default: "a to z, _ and .",
    detail: "Others take up their place and are not counted. \\xHH is the character of that hexadecimal code.",
    set: (settings, value) => void (settings.alphabet = parseCharacters("--alphabet", value)),
  },
  {
    flags: ["--window"],
    value: { name: "BEFORE:AFTER" },
    group: "Statistics",
    verbs: ["stats count"],
    text: "characters before and after each one that are its neighbours",
    range: "0 to 16 each",
    default: "4:3",
    set: (settings, value) => void (settings.window = parseWindow("--window", value)),
  },
  {
    flags: ["--quantity"],
    value: { name: "QUANTITY", choices: QUANTITIES },
    group: "Statistics",
    verbs: ["stats normalise"],
    text: "what the table is of",
    range: QUANTITIES.join(", "),
    default: STATS_DEFAULTS.quantity,
    detail: "For logarithms, half an occurrence is added to each count, so that what was never seen is not impossible.",
    set: (settings, value) => void (settings.quantity = parseChoice("--quantity", value, QUANTITIES)),
  },
  {
    flags: ["--along"],
    value: { name: "AXIS", choices: AXES },
    group: "Statistics",
    verbs: ["stats normalise"],
    text: "axis along which z-scores are made",
    range: AXES.join(", "),
    default: STATS_DEFAULTS.normalised,
    detail:
      "neighbour: over all neighbours of a character at a distance, as in the thesis; character: over all characters with this " +
      "neighbour at this distance; distance: over the distances of a pair; all: over everything; none: no z-scores.",
    set: (settings, value) => void (settings.normalised = parseChoice("--along", value, AXES)),
  },
  {
    flags: ["--neighbours"],
    value: { name: "CHARACTERS" },
    group: "Statistics",
    verbs: ["stats show"],
    text: "characters whose neighbours to show; _ is the space",
    range: "characters of the alphabet",
    default: "none",
    set: (settings, value) => void (settings.neighbours = parseCharacters("--neighbours", value)),
  },
  {
    flags: ["--statistics"],
    value: { name: "FILE", file: true },
    group: "Decoding",
    verbs: ["stats evaluate"],
    text: "statistics to decode by",
    detail: "Its table, or z-scores of its counts along the neighbours, as in the thesis, if it has none.",
    set: (settings, value) => void (settings.statistics = parseFileName("--statistics", value)),
  },
  {
    flags: ["--model"],
    value: { name: "MODEL", choices: LETTER_MODELS },
    group: "Decoding",
    verbs: ["stats evaluate"],
    text: "trained model to decode by instead, with its own codes",
    range: LETTER_MODELS.join(", "),
    set: (settings, value) => void (settings.model = parseChoice("--model", value, LETTER_MODELS)),
  },
  {
    flags: ["--codes"],
    value: { name: "TABLE" },
    group: "Decoding",
    verbs: searching,
    text: "code table, such as 'ab cd … yz _ .'; a search starts from it",
    range: "thesis, alphabetical, or 15 groups",
    default: "thesis; for a search, exact pairs",
    set: (settings, value) => void (settings.codes = value),
  },
  {
    flags: ["--activation"],
    value: { name: "FUNCTION", choices: ACTIVATIONS },
    group: "Decoding",
    verbs: searching,
    text: "what is applied to each number of the table",
    range: ACTIVATIONS.join(", "),
    default: STATS_DEFAULTS.activation,
    set: (settings, value) => void (settings.activation = parseChoice("--activation", value, ACTIVATIONS)),
  },
  {
    flags: ["--multipliers"],
    value: { name: "LIST" },
    group: "Decoding",
    verbs: searching,
    text: "what the numbers of each distance are multiplied with",
    range: "none, base, plato, or as many numbers with commas as distances",
    default: STATS_DEFAULTS.multipliers,
    detail: "base and plato are the two columns of the thesis, for its window.",
    set: (settings, value) => void (settings.multipliers = value),
  },
  {
    flags: ["--by"],
    value: { name: "METHOD", choices: PAIRINGS },
    group: "Pairs",
    verbs: ["stats pair"],
    text: "how pairs are chosen",
    range: PAIRINGS.join(", "),
    default: STATS_DEFAULTS.pairing,
    detail:
      "alphabetical: in the order of the alphabet. hungarian: the largest primary difference by the Hungarian algorithm, whose " +
      "cycles are cut into pairs. exact: the largest primary difference by an exact matching. swaps: a search that swaps " +
      "letters as long as texts are decoded better; it prints each improvement with -v.",
    set: (settings, value) => void (settings.pairing = parseChoice("--by", value, PAIRINGS)),
  },
  {
    flags: ["--singles"],
    value: { name: "CHARACTERS" },
    group: "Pairs",
    verbs: ["stats pair"],
    text: "characters with a code of their own; _ is the space",
    range: "characters of the alphabet",
    default: "_ and .",
    set: (settings, value) => void (settings.singles = parseCharacters("--singles", value)),
  },
  {
    flags: ["--search"],
    value: { name: "FILE", file: true },
    group: "Pairs",
    verbs: searching,
    text: "text that a search measures with; several are joined",
    set: (settings, value) => void (settings.search = [...settings.search, parseFileName("--search", value)]),
  },
  {
    flags: ["--swap"],
    value: { name: "N" },
    group: "Pairs",
    verbs: ["stats pair"],
    text: "pairs that a step of the search takes apart",
    range: "2 to 4",
    default: `${STATS_DEFAULTS.swapSize}`,
    set: (settings, value) => void (settings.swapSize = parseInteger("--swap", value, 2, 4) as SwapSize),
  },
  {
    flags: ["--steps"],
    value: { name: "N" },
    group: "Pairs",
    verbs: searching,
    text: "steps of a search in all, those of earlier runs included",
    range: `0 to ${MOST_STEPS}`,
    default: `${STATS_DEFAULTS.steps}`,
    set: (settings, value) => void (settings.steps = parseInteger("--steps", value, 0, MOST_STEPS)),
  },
  {
    flags: ["--seed"],
    value: { name: "N" },
    group: "Pairs",
    verbs: searching,
    text: "where random choices start: the same seed, the same result",
    range: "0 to 2^32 − 1",
    default: `${STATS_DEFAULTS.seed}`,
    set: (settings, value) => void (settings.seed = parseInteger("--seed", value, 0, LARGEST_SEED)),
  },
  {
    flags: ["--state"],
    value: { name: "FILE", file: true },
    group: "Pairs",
    verbs: ["stats pair"],
    text: "where a search is kept, to go on with it later",
    detail: "If FILE exists, the search goes on from there; Ctrl-C loses no more than the steps of the last seconds.",
    set: (settings, value) => void (settings.state = parseFileName("--state", value)),
  },
  {
    flags: ["--train"],
    value: { name: "FILE", file: true },
    group: "Training",
    verbs: ["stats evaluate"],
    text: "text to train the table with first; several are joined",
    set: (settings, value) => void (settings.train = [...settings.train, parseFileName("--train", value)]),
  },
  {
    flags: ["--held-out"],
    value: { name: "FILE", file: true },
    group: "Training",
    verbs: ["stats evaluate"],
    text: "text by which the best epoch is chosen",
    default: "the last epoch is taken",
    set: (settings, value) => void (settings.heldOut = parseFileName("--held-out", value)),
  },
  {
    flags: ["--epochs"],
    value: { name: "N" },
    group: "Training",
    verbs: ["stats evaluate"],
    text: "times that the training text is gone through",
    range: `1 to ${MOST_EPOCHS}`,
    default: `${STATS_DEFAULTS.epochs}`,
    set: (settings, value) => void (settings.epochs = parseInteger("--epochs", value, 1, MOST_EPOCHS)),
  },
  {
    flags: ["--rate"],
    value: { name: "X" },
    group: "Training",
    verbs: ["stats evaluate"],
    text: "how far a number of the table goes at once",
    range: "0.000001 to 1",
    default: `${STATS_DEFAULTS.rate}`,
    set: (settings, value) => void (settings.rate = parseNumber("--rate", value, 1e-6, 1)),
  },
  {
    flags: ["--sample"],
    value: { name: "SIZE" },
    group: "Training",
    verbs: searching,
    text: "use the first SIZE bytes of each text of --search and --train",
    range: `${writeSize(SMALLEST_SAMPLE)} to ${writeSize(LARGEST_SAMPLE)}`,
    default: "all of it",
    set: (settings, value) => void (settings.sample = parseSize("--sample", value, SMALLEST_SAMPLE, LARGEST_SAMPLE)),
  },
  {
    flags: ["--importance"],
    group: "Results",
    verbs: ["stats evaluate"],
    text: "show how much the neighbours at each distance matter",
    detail:
      "The share of right decisions that is lost when the neighbours at a distance are exchanged at random, for each pair.",
    set: (settings) => void (settings.importance = true),
  },
  {
    flags: ["--ladder"],
    group: "Results",
    verbs: ["stats evaluate"],
    text: "climb from alphabetical pairs to trained tables, in one table",
    detail:
      "Needs --search and --train. With -o, the table is also written as Markdown, with an explanation of each rung; with " +
      "--svg, the searches as a picture.",
    set: (settings) => void (settings.ladder = true),
  },
  {
    flags: ["--results"],
    value: { name: "FILE", file: true },
    group: "Results",
    verbs: ["stats evaluate"],
    text: "keep results in FILE, and compare them with the last ones there",
    set: (settings, value) => void (settings.results = parseFileName("--results", value)),
  },
  {
    flags: ["-o", "--output"],
    value: { name: "FILE", file: true },
    group: "Where the output goes",
    verbs: [...making, "stats evaluate"],
    text: "write statistics, the table of --train, or the report of --ladder to FILE",
    set: (settings, value) => void (settings.output = parseFileName("--output", value)),
  },
  {
    flags: ["--svg"],
    value: { name: "FILE", file: true },
    group: "Where the output goes",
    verbs: ["stats pair", "stats show", "stats evaluate"],
    text: "draw what is shown, or the course of a search, into FILE",
    set: (settings, value) => void (settings.svg = parseFileName("--svg", value)),
  },
  {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: [...making, "stats pair", "stats show", "stats evaluate"],
    text: "overwrite files that exist",
    set: (settings) => void (settings.force = true),
  },
];

export function parseFileName(name: string, value: string): string {
  if (value === "") throw new UsageError(`${name}: expected the name of a file, got an empty one`);
  return value;
}
