import type { Predictor } from "@pith/core";
import { createMixPredictor, createNeuralPredictor, MIX_MODELS } from "@pith/predictors";
import { NEURAL_CHOICES } from "./predictors.ts";

/**
 * Makes a predictor of bytes, in a worker: models are large.
 *
 * @param id of `PREDICTORS`
 * @param capacity most bytes that it will learn
 */
export function createPredictor(id: string, capacity: number): Predictor {
  const model = MIX_MODELS.find((name) => name === id);
  if (model !== undefined) return createMixPredictor({ model, capacity: Math.max(1, capacity) });
  const neural = NEURAL_CHOICES.find((choice) => choice.id === id);
  if (neural !== undefined) return createNeuralPredictor({ ...neural.network, alphabetSize: 256 });
  throw new Error(`there is no predictor ${id}`);
}
