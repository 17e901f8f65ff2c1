/** Context mixing as a predictor of bytes, with the kernels of all models. */

import type { Kernel } from "@pith/core";
import type { MixKernel } from "./generated/mix-exports.ts";
import { kernel as binaryBest } from "#kernels/mix-binary-best";
import { kernel as binaryFast } from "#kernels/mix-binary-fast";
import { kernel as binaryMax } from "#kernels/mix-binary-max";
import { kernel as binaryStrongPlus } from "#kernels/mix-binary-strong-plus";
import { kernel as binaryStrong } from "#kernels/mix-binary-strong";
import { kernel as binaryPlus } from "#kernels/mix-binary-plus";
import { kernel as binary } from "#kernels/mix-binary";
import { kernel as codeBest } from "#kernels/mix-code-best";
import { kernel as codeMax } from "#kernels/mix-code-max";
import { kernel as codePlus } from "#kernels/mix-code-plus";
import { kernel as code } from "#kernels/mix-code";
import { kernel as dataBest } from "#kernels/mix-data-best";
import { kernel as dataMax } from "#kernels/mix-data-max";
import { kernel as dataPlus } from "#kernels/mix-data-plus";
import { kernel as data } from "#kernels/mix-data";
import { kernel as linesBest } from "#kernels/mix-lines-best";
import { kernel as linesMax } from "#kernels/mix-lines-max";
import { kernel as linesPlus } from "#kernels/mix-lines-plus";
import { kernel as lines } from "#kernels/mix-lines";
import { kernel as textBest } from "#kernels/mix-text-best";
import { kernel as textFast } from "#kernels/mix-text-fast";
import { kernel as textMax } from "#kernels/mix-text-max";
import { kernel as textStrongPlus } from "#kernels/mix-text-strong-plus";
import { kernel as textStrong } from "#kernels/mix-text-strong";
import { kernel as textPlus } from "#kernels/mix-text-plus";
import { kernel as text } from "#kernels/mix-text";

import {
  checkModel,
  mixPredictorOf,
  type MixModel,
  type MixPredictor,
  type MixPredictorOptions,
} from "./mix-predictor.ts";

const KERNELS: Readonly<Record<MixModel, Kernel<MixKernel>>> = {
  "text-fast": textFast,
  text,
  "text-plus": textPlus,
  "text-strong": textStrong,
  "text-strong-plus": textStrongPlus,
  "text-best": textBest,
  "text-max": textMax,
  "binary-fast": binaryFast,
  binary,
  "binary-plus": binaryPlus,
  "binary-strong": binaryStrong,
  "binary-strong-plus": binaryStrongPlus,
  "binary-best": binaryBest,
  "binary-max": binaryMax,
  lines,
  "lines-plus": linesPlus,
  "lines-best": linesBest,
  "lines-max": linesMax,
  data,
  "data-plus": dataPlus,
  "data-best": dataBest,
  "data-max": dataMax,
  code,
  "code-plus": codePlus,
  "code-best": codeBest,
  "code-max": codeMax,
};

/**
 * A context-mixing model as a {@link Predictor} of bytes: alphabet 256. Predicting all 256 probabilities costs
 * some ten times what learning a byte does; `place` is several times as fast.
 *
 * @throws RangeError on options out of range
 * @example
 * const predictor = createMixPredictor({ model: "text", capacity: bytes.length });
 * const probabilities = new Uint32Array(256);
 * for (const byte of bytes) {
 *   predictor.predict(probabilities); // sums to 2^22
 *   predictor.update(byte);
 * }
 */
export function createMixPredictor(options: MixPredictorOptions = {}): MixPredictor {
  const { model = "text", ...others } = options;
  checkModel(model);
  return mixPredictorOf(KERNELS[model], others);
}
