/**
 * The network as a part of the mix: its probabilities of the next byte, as two inputs for each of the byte's bits.
 */

import { stretch } from "../math";
import { allocate } from "../memory";
import { learnSymbol, predictSymbol, startNetwork, startRates } from "../network/lstm";
import { takeTrained, trainedLength } from "../network/trained";
import { partial } from "./bytes";

/** Inputs of the mixer. */
export const NETWORK_INPUTS: i32 = LSTM_LAYERS > 0 ? 2 : 0;

/** Keeps the quotient of two sums defined where both are next to nothing. */
const LEAST: f32 = 0.0000001;

/** The learning rate where the weights were trained, and the share of it that stays. */
const TRAINED_RATE: f32 = <f32>LSTM_TRAINED_RATE * 0.0001;
const TRAINED_LEAST: f32 = <f32>LSTM_TRAINED_LEAST * 0.01;
const TRAINED_WEIGHT: f32 = <f32>LSTM_TRAINED_WEIGHT * 0.001;

/** f32 [node]: the probability of all bytes below a node of the byte's binary tree; the leaves are 256 … 511. */
const tree = memory.data(512 * 4, 64);

let trained: usize = 0;

/** Initial weight of the network's stretched probability in the mix: 0 if it knows nothing yet. */
export let networkWeight: f32 = 0;

export function startNetworkInputs(): void {
  networkWeight = 0;
  startNetwork();
  predictByte();
}

/** Bytes of trained weights, which a network may start from; 0 without a network. */
export function networkLength(): usize {
  return LSTM_LAYERS > 0 ? trainedLength() : 0;
}

/** After the start of the model: room for trained weights. */
export function networkAddress(): usize {
  trained = allocate(networkLength());
  return trained;
}

/** Starts from the weights that were put there. */
export function takeNetwork(): void {
  if (LSTM_LAYERS == 0) return;
  takeTrained(trained);
  startRates(TRAINED_RATE, TRAINED_LEAST);
  networkWeight = TRAINED_WEIGHT;
  predictByte();
}

function predictByte(): void {
  memory.copy(tree + 256 * 4, predictSymbol(), 256 * 4);
  for (let node: i32 = 255; node > 0; node--) {
    const below = tree + (<usize>node << 3);
    store<f32>(tree + (<usize>node << 2), load<f32>(below) + load<f32>(below, 4));
  }
}

/** A byte is complete. */
export function learnByte(byte: i32): void {
  learnSymbol(byte);
  predictByte();
}

/** Writes two inputs. */
// @ts-ignore: decorator
@inline
export function predictNetwork(inputs: usize): void {
  const below = tree + (<usize>partial << 3);
  const zero = load<f32>(below);
  const one = load<f32>(below, 4);
  const p12 = <i32>(((one + LEAST) / (zero + one + 2 * LEAST)) * 4095.99);
  store<f32>(inputs, stretch(p12));
  store<f32>(inputs, <f32>(p12 - 2048) * (1.0 / 1024.0), 4);
}
