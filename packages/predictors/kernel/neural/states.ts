/** What the recurrent or the attentive part tells the output: a vector of units for each of its layers. */

import { allocate } from "../memory";
import { RNN, chunk, layers, part, widthBytes } from "./shape";

/** f32 [step + 1][layer][unit]; step 0 is what came before the chunk. */
export let states: usize = 0;
/** f32 [step][layer][unit]. */
export let stateErrors: usize = 0;
export let stateBytes: usize = 0;

/** Whether there is such a part. */
export function hasStates(): bool {
  return part >= RNN;
}

export function startStates(): void {
  stateBytes = <usize>layers * widthBytes;
  states = allocate(<usize>(chunk + 1) * stateBytes);
  stateErrors = allocate(<usize>chunk * stateBytes);
}

/** A layer's state after a step; that of step −1 is what came before the chunk. */
// @ts-ignore: decorator
@inline
export function stateOf(layer: i32, step: i32): usize {
  return states + <usize>(step + 1) * stateBytes + <usize>layer * widthBytes;
}

/** Forgets the states. */
export function restartStates(): void {
  memory.fill(states, 0, stateBytes);
}

/** The last state becomes the one before the next chunk. */
export function keepStates(steps: i32): void {
  memory.copy(states, states + <usize>steps * stateBytes, stateBytes);
}
