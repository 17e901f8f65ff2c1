/** A network that is trained on a block and stored in it. */
import { PithError } from "@pith/core";
import type { Symbols } from "@pith/entropy";
import { createNeuralTrainer, packNeuralModel, unpackNeuralModel, type NeuralShape } from "@pith/predictors";
import { paddedWeights, type NetworkShape } from "./network.ts";
import type { Training } from "./parameters.ts";

/** The natural logarithm of what the rate falls by in the course of a training, about: a hundredth. */
const FALL = 4.6;

/**
 * Trains a network on symbols.
 *
 * @param symbolCount of the alphabet
 * @yields symbols that were gone through so far, in all epochs together
 * @returns the network, packed
 */
export function* trainNetwork(
  symbols: Symbols,
  symbolCount: number,
  shape: NetworkShape,
  { epochs, rate, leastRate, decay }: Training,
): Generator<number, Uint8Array> {
  const steps = Math.max(1, Math.floor((epochs * symbols.length) / shape.chunk));
  const falling = decay ?? Math.max(0.5, 1 - FALL / steps);
  const trainer = createNeuralTrainer({ ...shapeOf(shape, symbolCount), rate, leastRate, decay: falling });
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { done } of trainer.train(symbols)) yield epoch * symbols.length + done;
  }
  return packNeuralModel({ options: trainer.shape, weights: trainer.weights() });
}

/**
 * The weights of a packed network.
 *
 * @param offset where it lies in the file, for errors
 * @throws PithError if it is none, or of another shape
 */
export function weightsOfNetwork(
  packed: Uint8Array,
  symbolCount: number,
  shape: NetworkShape,
  offset: number,
): Float32Array {
  const expected = shapeOf(shape, symbolCount);
  const { options, weights } = unpacked(packed, paddedWeights(shape, symbolCount), offset);
  for (const name of Object.keys(expected) as (keyof NeuralShape)[]) {
    if (options[name] === expected[name]) continue;
    throw new PithError("invalid-field", `a stored network is another than its block says: ${name}`, {
      offset,
      expected: expected[name],
      got: options[name],
    });
  }
  return weights;
}

function unpacked(packed: Uint8Array, maximumWeights: number, offset: number): ReturnType<typeof unpackNeuralModel> {
  try {
    return unpackNeuralModel(packed, { maximumWeights });
  } catch (error) {
    throw error instanceof PithError ? error.at(offset + (error.offset ?? 0)) : error;
  }
}

function shapeOf({ architecture, layers, hidden, context, chunk }: NetworkShape, alphabetSize: number): NeuralShape {
  return { alphabetSize, architecture, layers, hidden, context, chunk };
}
