/**
 * The network as a part of the mix: its probabilities of the next byte, as two inputs for each of the byte's bits.
 */

import { stretch } from "../math";
import { learnSymbol, predictSymbol, startNetwork } from "../network/lstm";
import { partial } from "./bytes";

/** Keeps the quotient of two sums defined where both are next to nothing. */
const LEAST: f32 = 0.0000001;

/** f32 [node]: the probability of all bytes below a node of the byte's binary tree; the leaves are 256 … 511. */
const tree = memory.data(512 * 4, 64);

export function startNetworkInputs(): void {
  startNetwork();
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
