/**
 * Adaptive probabilities: a cell maps a state (a bit history, a match length, a byte prefix) to the probability that
 * a one follows, learnt as it goes. Layout of a cell: probability in the upper 22 bits, count of updates in the lower
 * 10. The step is 1 / (count + 1.5), down to 1 / (limit + 1.5).
 */

const reciprocals = memory.data(1024 * 4, 64); // 2^13 / (n + 1.5)

/** A cell of probability ½ that has seen nothing. */
export const HALF: i32 = 1 << 31;

/** Fills the table of steps; once an instance. */
export function initStateMaps(): void {
  for (let n = 0; n < 1024; n++) store<i32>(reciprocals + (n << 2), 16384 / (n + n + 3));
}

/** A cell of the given 16-bit probability that counts as seen `count` times. */
// @ts-ignore: decorator
@inline
export function cell(p16: i32, count: i32): i32 {
  return (p16 << 16) | count;
}

/** 12-bit probability of a one. */
// @ts-ignore: decorator
@inline
export function probability12(cell: i32): i32 {
  return cell >>> 20;
}

/** The cell after a bit. */
// @ts-ignore: decorator
@inline
export function learnt(cell: i32, bit: i32, limit: i32): i32 {
  const count = cell & 1023;
  const p22 = cell >>> 10;
  const step = (((bit << 22) - p22) >> 3) * load<i32>(reciprocals + (count << 2));
  return cell + (step & -1024) + <i32>(count < limit);
}

/** Updates the cell at an address. */
// @ts-ignore: decorator
@inline
export function learn(address: usize, bit: i32, limit: i32): void {
  store<i32>(address, learnt(load<i32>(address), bit, limit));
}
