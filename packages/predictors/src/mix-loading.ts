/** Context mixing as a predictor of bytes, with the kernel of one model, which is loaded when it is asked for. */

import type { Kernel } from "@pith/core";
import type { MixKernel } from "./generated/mix-exports.ts";
import {
  checkModel,
  mixPredictorOf,
  type MixModel,
  type MixPredictor,
  type MixPredictorOptions,
} from "./mix-predictor.ts";

const LOADERS: Readonly<Record<MixModel, () => Promise<{ readonly kernel: Kernel<MixKernel> }>>> = {
  "text-fast": () => import("#kernels/mix-text-fast"),
  text: () => import("#kernels/mix-text"),
  "text-plus": () => import("#kernels/mix-text-plus"),
  "text-strong": () => import("#kernels/mix-text-strong"),
  "text-strong-plus": () => import("#kernels/mix-text-strong-plus"),
  "text-best": () => import("#kernels/mix-text-best"),
  "text-max": () => import("#kernels/mix-text-max"),
  "binary-fast": () => import("#kernels/mix-binary-fast"),
  binary: () => import("#kernels/mix-binary"),
  "binary-plus": () => import("#kernels/mix-binary-plus"),
  "binary-strong": () => import("#kernels/mix-binary-strong"),
  "binary-strong-plus": () => import("#kernels/mix-binary-strong-plus"),
  "binary-best": () => import("#kernels/mix-binary-best"),
  "binary-max": () => import("#kernels/mix-binary-max"),
  lines: () => import("#kernels/mix-lines"),
  "lines-plus": () => import("#kernels/mix-lines-plus"),
  "lines-best": () => import("#kernels/mix-lines-best"),
  "lines-max": () => import("#kernels/mix-lines-max"),
  data: () => import("#kernels/mix-data"),
  "data-plus": () => import("#kernels/mix-data-plus"),
  "data-best": () => import("#kernels/mix-data-best"),
  "data-max": () => import("#kernels/mix-data-max"),
  code: () => import("#kernels/mix-code"),
  "code-plus": () => import("#kernels/mix-code-plus"),
  "code-best": () => import("#kernels/mix-code-best"),
  "code-max": () => import("#kernels/mix-code-max"),
};

/** What {@link loadMixPredictor} takes of `createMixPredictor`'s options. */
export type LoadedMixOptions = Omit<MixPredictorOptions, "model">;

/**
 * Loads the kernel of one model, 12 to 92 kB of program, where `createMixPredictor` comes with those of all, 1.3 MB.
 *
 * @returns what makes predictors of that model, as `createMixPredictor` does, as often as one is wanted
 * @throws RangeError if there is no such model; whatever the import of a module throws that is not there
 * @example
 * const create = await loadMixPredictor("text");
 * const predictor = create({ capacity: bytes.length });
 */
export async function loadMixPredictor(model: MixModel): Promise<(options?: LoadedMixOptions) => MixPredictor> {
  checkModel(model);
  const { kernel } = await LOADERS[model]();
  return (options = {}) => mixPredictorOf(kernel, options);
}
