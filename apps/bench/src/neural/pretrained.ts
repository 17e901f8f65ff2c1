/** The static method: networks that were trained beforehand, on English and on DNA, and that a decoder has, too. */
import type { Predictor } from "@pith/core";
import { createNeuralPredictor, unpackNeuralModel } from "@pith/predictors";
import { unpackNetwork } from "@pith/weights";
import { staticDna } from "@pith/weights/static-dna";
import { staticEnglish } from "@pith/weights/static-english";
import { toBases, toBytes, type SymbolStream } from "./symbols.ts";

/** Takes the network for DNA if there is nothing but bases, else that for English. */
export function preparePretrained(content: Uint8Array): { stream: SymbolStream; predictor: () => Predictor } {
  const bases = toBases(content);
  const { options, weights } = unpackNeuralModel(unpackNetwork(bases === undefined ? staticEnglish : staticDna));
  const predictor = (): Predictor => createNeuralPredictor({ ...options, weights, learns: false });
  return { stream: bases ?? toBytes(content), predictor };
}
