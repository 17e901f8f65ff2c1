/** What the options of `pith stats` come to. */

import type { Activation } from "@pith/predictors";
import type {
  AxisName,
  DeciderKind,
  ForeignValues,
  Normalisation,
  Pairing,
  Quantity,
  SwapSize,
  TrainedDecoder,
  Window,
} from "@pith/statistics";

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { DEFAULTS, STATS_OPTIONS } from "./options.ts";

export interface StatsSettings extends MessageSettings {
  /** Undefined: letters, space and period. */
  readonly alphabet: string | undefined;
  /** Undefined: 4 before and 3 after. */
  readonly window: Window | undefined;
  /** Of a foreign table: its path, its axes, what its numbers are; undefined: what can be told from it. */
  readonly dataset: string | undefined;
  readonly axes: readonly AxisName[] | undefined;
  readonly values: ForeignValues | undefined;
  readonly quantity: Exclude<Quantity, "score">;
  readonly normalised: Normalisation;
  readonly pairing: Pairing | "swaps";
  readonly singles: string;
  readonly swapSize: SwapSize;
  readonly steps: number;
  readonly seed: number;
  /** Files of text for the search for pairs; joined. */
  readonly search: readonly string[];
  /** File in which a search is kept. */
  readonly state: string | undefined;
  readonly neighbours: string;
  readonly svg: string | undefined;
  /** File of statistics that letters are decoded by. */
  readonly statistics: string | undefined;
  /** A trained model that they are decoded by instead. */
  readonly model: TrainedDecoder | undefined;
  /** What learns to decide instead, from the texts of `train`. */
  readonly decider: DeciderKind | undefined;
  /** A code table, or the name of one; undefined: by verb. */
  readonly codes: string | undefined;
  readonly activation: Activation;
  readonly multipliers: string;
  /** Files of text to train with; joined. */
  readonly train: readonly string[];
  readonly heldOut: string | undefined;
  readonly epochs: number;
  readonly rate: number;
  /** Bytes of each file of --search and --train. */
  readonly sample: number | undefined;
  /** File in which results are kept. */
  readonly results: string | undefined;
  readonly importance: boolean;
  readonly ladder: boolean;
  readonly output: string | undefined;
  readonly force: boolean;
}

export function statsSettings(given: Arguments<typeof STATS_OPTIONS & typeof COMMON_OPTIONS>): StatsSettings {
  const {
    alphabet,
    window,
    dataset,
    axes,
    values,
    state,
    svg,
    statistics,
    model,
    decider,
    codes,
    heldOut,
    sample,
    results,
    output,
  } = given;
  return {
    ...messageSettings(given),
    quantity: given.quantity ?? DEFAULTS.quantity,
    normalised: given.along ?? DEFAULTS.along,
    pairing: given.by ?? DEFAULTS.by,
    singles: given.singles ?? DEFAULTS.singles,
    swapSize: (given.swapSize ?? DEFAULTS.swapSize) as SwapSize,
    steps: given.steps ?? DEFAULTS.steps,
    seed: given.seed ?? DEFAULTS.seed,
    search: given.search ?? [],
    neighbours: given.neighbours ?? "",
    activation: given.activation ?? DEFAULTS.activation,
    multipliers: given.multipliers ?? DEFAULTS.multipliers,
    train: given.train ?? [],
    epochs: given.epochs ?? DEFAULTS.epochs,
    rate: given.rate ?? DEFAULTS.rate,
    importance: given.importance === true,
    ladder: given.ladder === true,
    force: given.force === true,
    ...{
      alphabet,
      window,
      dataset,
      axes,
      values,
      state,
      svg,
      statistics,
      model,
      decider,
      codes,
      heldOut,
      sample,
      results,
      output,
    },
  };
}
