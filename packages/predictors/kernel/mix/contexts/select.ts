/** Which of the numbered contexts and weight sets are on; everything here is known when the kernel is compiled. */

import { setContextHash } from "../slots";
import { hash } from "../../hash";

/** Contexts in the lower mask. */
const LOW: i32 = 24;

/** Place of context `n` among those that are on. */
// @ts-ignore: decorator
@inline
function place(n: i32): i32 {
  return n < LOW
    ? popcnt<i32>(CONTEXTS_LOW & ((1 << n) - 1))
    : popcnt<i32>(CONTEXTS_LOW) + popcnt<i32>(CONTEXTS_HIGH & ((1 << (n - LOW)) - 1));
}

/** Whether the model has context `n`: what no context needs is not computed. */
// @ts-ignore: decorator
@inline
export function hasContext(n: i32): bool {
  return (n < LOW ? (CONTEXTS_LOW >> n) & 1 : (CONTEXTS_HIGH >> (n - LOW)) & 1) != 0;
}

/** Whether the mixer has weight set `n`. */
// @ts-ignore: decorator
@inline
export function hasSet(n: i32): bool {
  return ((SETS_ON >> n) & 1) != 0;
}

/** Context number `n` is the hash of two words, if it is on. */
// @ts-ignore: decorator
@inline
export function context(n: i32, a: i32, b: i32): void {
  if (hasContext(n)) setContextHash(place(n), hash(a, b));
}
