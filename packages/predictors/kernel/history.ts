/**
 * Bit histories: one byte says what was seen in a context: how many zeros and ones, bounded so that recent bits count
 * most, and which came last. A finite automaton of at most 256 states, built at start by closing the empty history
 * under both bits. Up to four bits are kept exactly.
 *
 * Source: the nonstationary states of PAQ6 and later (M. Mahoney); limits and discounts are measured here.
 */

const successors = memory.data(512, 64); // u8 [state][bit]
const confidences = memory.data(256, 64); // u8 [state]: bits seen, capped
const zeros = memory.data(256, 64); // u8 [state]
const ones = memory.data(256, 64); // u8 [state]
const keys = memory.data(256 * 4, 4); // i32 [state]: zeros | ones << 8 | recent << 16, while building

const certainties = memory.data(256 * 4, 64); // f32 [state]: 1 where only one of the bits was seen, else 0

let states: i32 = 0;

/** Largest count of the likelier bit beside `other` of the unlikelier. */
function countLimit(other: i32): i32 {
  if (other == 0) return 48;
  if (other == 1) return 16;
  if (other == 2) return 10;
  if (other == 3) return 7;
  return other == 4 ? 6 : 5;
}

/** What is left of a count when the opposite bit comes. */
function discount(count: i32): i32 {
  if (count <= 2) return count;
  if (count < 4) return 2;
  if (count < 8) return 3;
  return count < 24 ? 4 : 5;
}

function successorKey(key: i32, bit: i32): i32 {
  let same = bit == 0 ? key & 255 : (key >> 8) & 255;
  let other = bit == 0 ? (key >> 8) & 255 : key & 255;
  const seen = same + other;
  let recent = (((key >> 16) << 1) | bit) & 15;
  same++;
  if (seen >= 4) {
    other = discount(other);
    const limit = countLimit(min(same, other));
    same = min(same, limit);
    other = min(other, limit);
    recent = same + other <= 4 ? (bit == 1 ? 15 : 0) : other == 0 ? 0 : bit;
  }
  return (bit == 0 ? same | (other << 8) : other | (same << 8)) | (recent << 16);
}

/** Builds the automaton; once an instance. */
export function initHistories(): void {
  states = 1;
  store<i32>(keys, 0);
  for (let state = 0; state < states; state++) {
    const key = load<i32>(keys + (state << 2));
    const n0 = key & 255;
    const n1 = (key >> 8) & 255;
    store<u8>(zeros + state, n0);
    store<u8>(ones + state, n1);
    store<u8>(confidences + state, min(n0 + n1, 255));
    store<f32>(certainties + (state << 2), (n0 == 0) != (n1 == 0) ? <f32>1 : <f32>0);
    for (let bit = 0; bit < 2; bit++) {
      const wanted = successorKey(key, bit);
      let found = 0;
      while (found < states && load<i32>(keys + (found << 2)) != wanted) found++;
      if (found == states) {
        store<i32>(keys + (found << 2), wanted);
        states++;
      }
      store<u8>(successors + (state << 1) + bit, found);
    }
  }
}

/** Number of states, at most 256. */
export function historyStates(): i32 {
  return states;
}

/** The history after one more bit. */
// @ts-ignore: decorator
@inline
export function nextHistory(state: i32, bit: i32): i32 {
  return load<u8>(successors + (state << 1) + bit);
}

/** Bits seen: the lower, the sooner a slot is replaced. */
// @ts-ignore: decorator
@inline
export function historyConfidence(state: i32): i32 {
  return load<u8>(confidences + state);
}

/** Address of an f32: 1 where only one of the bits was ever seen, else 0. */
// @ts-ignore: decorator
@inline
export function certaintyAddress(state: i32): usize {
  return certainties + (state << 2);
}

/** 16-bit probability of a one that the counts suggest: (n1 + ½) / (n + 1), within 64 … 65471. */
export function historyEstimate(state: i32): i32 {
  const n0: i32 = load<u8>(zeros + state);
  const n1: i32 = load<u8>(ones + state);
  return max(64, min(65535 - 64, ((n1 * 2 + 1) * 32768) / (n0 + n1 + 1)));
}
