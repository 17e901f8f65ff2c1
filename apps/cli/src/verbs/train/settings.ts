/** What the options of `pith train` come to. */

import type { NeuralArchitecture } from "@pith/predictors";
import type { TensorFlowBackend } from "@pith/training";

import { UsageError } from "../../errors.ts";
import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { DEFAULTS, TRAIN_OPTIONS } from "./options.ts";

export interface TrainSettings extends MessageSettings {
  readonly architecture: NeuralArchitecture;
  readonly layers: number;
  readonly hidden: number;
  readonly context: number;
  readonly chunk: number;
  /** File or folder of a network to start from. */
  readonly from: string | undefined;
  readonly epochs: number;
  readonly rate: number;
  /** Undefined: the usual ones of the network. */
  readonly leastRate: number | undefined;
  readonly decay: number | undefined;
  /** Share of the symbols that is held back. */
  readonly validation: number;
  /** Undefined: all epochs. */
  readonly patience: number | undefined;
  readonly seed: number;
  readonly trainer: "own" | "tensorflow";
  /** Undefined: the fastest that is there. */
  readonly backend: TensorFlowBackend | undefined;
  /** Bits of a weight in the output. */
  readonly bits: number;
  readonly checkpoint: string | undefined;
  readonly resume: boolean;
  /** Folder for a model of TensorFlow.js. */
  readonly exportTo: string | undefined;
  /** File of the network. */
  readonly output: string;
  readonly force: boolean;
}

/** @throws UsageError if what was given makes no sense together */
export function trainSettings(given: Arguments<typeof TRAIN_OPTIONS & typeof COMMON_OPTIONS>): TrainSettings {
  const { output, from, leastRate, decay, patience, backend, checkpoint, exportTo, resume, force } = given;
  if (output === undefined) throw new UsageError("train: expected -o MODEL, got none");
  const rate = given.rate ?? DEFAULTS.rate;
  if (leastRate !== undefined && leastRate > rate) {
    throw new UsageError(`--least-rate: expected at most ${rate}, the rate, got ${leastRate}`);
  }
  return {
    ...messageSettings(given),
    architecture: given.architecture ?? DEFAULTS.architecture,
    layers: given.layers ?? DEFAULTS.layers,
    hidden: given.hidden ?? DEFAULTS.hidden,
    context: given.context ?? DEFAULTS.context,
    chunk: given.chunk ?? DEFAULTS.chunk,
    epochs: given.epochs ?? DEFAULTS.epochs,
    validation: given.validation ?? DEFAULTS.validation,
    seed: given.seed ?? DEFAULTS.seed,
    trainer: given.trainer ?? DEFAULTS.trainer,
    bits: given.bits ?? DEFAULTS.bits,
    resume: resume === true,
    force: force === true,
    ...{ output, from, rate, leastRate, decay, patience, backend, checkpoint, exportTo },
  };
}
