/**
 * What a built-in prior says beside its text: where the mixer's weights and the maps of histories start. Both are coarse, and
 * go on learning.
 *
 *   maps of histories   u8 [context][history]: probability, 1/256
 *   for each weight set
 *     usual             i8 [input]: weight of all its vectors, 1/16
 *     count             u16
 *     for each of them  u16: vector, i8 [input]: what is added to it, 1/16
 */

import { historyStates } from "../../predictors/kernel/history";
import { historyMapsAddress } from "../../predictors/kernel/mix/histories";
import { INPUT_BYTES } from "../../predictors/kernel/mix/inputs";
import { setLearntBits, VECTORS, weightsAddress } from "../../predictors/kernel/mix/mixer";
import { cell } from "../../predictors/kernel/state-map";

export { historyMapsAddress, setLearntBits };

/** Updates that a map's probability counts for. */
const TRUST: i32 = 255;
/** A weight of one. */
const ONE: f32 = 16;
/** The mixer learns as slowly as after so many bits. */
const LEARNT_BITS: i32 = 300000;

/** Bytes of a weight vector: f32 each. */
export function weightBytes(): i32 {
  return INPUT_BYTES;
}

/** Bit histories that there are: cells of each context's map. */
export function histories(): i32 {
  return historyStates();
}

/**
 * Takes the parameters at `from` up to `end`.
 *
 * @returns whether they end there, and name only vectors that there are
 */
export function takeParameters(from: usize, end: usize): bool {
  const inputs = <usize>(INPUT_BYTES >> 2);
  let at = from;
  if (at + <usize>(CONTEXTS * historyStates()) + SETS * (inputs + 2) > end) return false;
  for (let i = 0; i < CONTEXTS; i++) {
    for (let state = 0; state < historyStates(); state++) {
      const p: i32 = load<u8>(at++);
      store<i32>(historyMapsAddress() + (((i << 8) | state) << 2), cell((p << 8) | 128, TRUST));
    }
  }
  for (let set = 0; set < SETS; set++) {
    const vectors = weightsAddress() + <usize>(set * VECTORS * INPUT_BYTES);
    addWeights(vectors, at);
    for (let i = 1; i < VECTORS; i++) memory.copy(vectors + i * INPUT_BYTES, vectors, INPUT_BYTES);
    at += inputs;
    const count: usize = load<u16>(at);
    at += 2;
    if (at + count * (inputs + 2) + (SETS - 1 - set) * (inputs + 2) > end) return false;
    for (let i: usize = 0; i < count; i++) {
      const vector: i32 = load<u16>(at);
      if (vector >= VECTORS) return false;
      addWeights(vectors + vector * INPUT_BYTES, at + 2);
      at += inputs + 2;
    }
  }
  setLearntBits(LEARNT_BITS);
  return at == end;
}

function addWeights(vector: usize, from: usize): void {
  for (let i: usize = 0; i < <usize>(INPUT_BYTES >> 2); i++) {
    const address = vector + (i << 2);
    store<f32>(address, load<f32>(address) + <f32>load<i8>(from + i) / ONE);
  }
}
