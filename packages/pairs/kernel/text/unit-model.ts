/**
 * A fixed model of the units of short texts: logistic regression on what came before, learnt beforehand, a binary
 * decision a bit. Each feature is a context; its weights, one for each node of the tree of a unit's bits, lie in one
 * hashed table.
 */
import { STRETCH_LIMIT, squash } from "../../../predictors/kernel/math";
import { place } from "./capitals";
import { announced, characters, next, part, past, previous, shapes, word } from "./tracker";
import { expected, repeated } from "./repeats";

/** Features of a bit. */
export const FEATURES: i32 = 15;

const FACTOR: u64 = 0x9e3779b97f4a7c15;
const STATE_FACTOR: u64 = 0xd6e8feb86659fd93;
const FEATURE_FACTOR: u64 = 0xa0761d6478bd642f;
const NODE_FACTOR: u64 = 0xe7037ed1a0b428db;

const keys = memory.data(FEATURES * 8, 8); // u64: of the features for the unit to come
let weights: usize = 0;
let shift: i32 = 0;

/** Chooses the table: 2^bits weights. */
export function startUnitModel(address: usize, bits: i32): void {
  weights = address;
  shift = 64 - bits;
}

// @ts-ignore: decorator
@inline
function setKey(feature: i32, context: u64, state: u64): void {
  let key = (context + state + <u64>feature * FEATURE_FACTOR) * FACTOR;
  key ^= key >>> 31;
  store<u64>(keys + (feature << 3), key);
}

/** Prepares for the unit that the tracker expects. */
export function startUnit(): void {
  const state: u64 = (<u64>(next | (announced << 3) | (part << 5)) + 1) * STATE_FACTOR;
  const last = past & 0xff;
  setKey(0, 0, state);
  // The last characters.
  setKey(1, last, state);
  setKey(2, past & 0xffff, state);
  setKey(3, past & 0xffffff, state);
  setKey(4, past & 0xffffffff, state);
  setKey(5, past & 0xffffffffff, state);
  setKey(6, past & 0xffffffffffff, state);
  setKey(7, past, state);
  // Words.
  setKey(8, word, state);
  setKey(9, word + previous * FACTOR, state);
  setKey(10, last | (previous << 8), state);
  // Capitals: where they are expected, and where they were.
  setKey(11, place, state);
  setKey(12, last | (<u64>(shapes & 0xff) << 8), state);
  // Where the text ends.
  setKey(13, last | (<u64>min(characters >> 4, 16) << 8), state);
  setKey(14, repeated == 0 ? 0 : <u64>((min(repeated, 16) << 5) | (expected << 1) | 1), STATE_FACTOR);
}

/** The number of a feature's weight at a node: 1 for the first bit, then twice that plus the bit, and so on. */
// @ts-ignore: decorator
@inline
export function weightNumber(feature: i32, node: i32): usize {
  const key = (load<u64>(keys + (feature << 3)) + <u64>node * NODE_FACTOR) * FACTOR;
  return <usize>(key >>> shift);
}

/** Probability that the bit at a node is a one, 1 to 65,535 of 65,536. */
export function probabilityOf(node: i32): i32 {
  let sum = 0;
  for (let feature = 0; feature < FEATURES; feature++) sum += <i32>load<i8>(weights + weightNumber(feature, node));
  return squash(max(-STRETCH_LIMIT, min(STRETCH_LIMIT, sum << 4)));
}
