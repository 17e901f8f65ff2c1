/** How many places an encoder may look at: what takes longer to simulate stays closed, and is refused where it is closed. */

/** Places for each byte of content, at most; and however little content there is. */
const MOST: i64 = 1024;
const LEAST: i64 = 1 << 22;
let left: i64 = 0;

/** Starts on content of so many bytes. */
export function startWork(bytes: i32): void {
  left = <i64>bytes * MOST + LEAST;
}

/** Says that so many places were looked at. */
// @ts-ignore: decorator
@inline
export function spend(places: i32): void {
  left -= places;
}

/** Whether more places were looked at than may be. */
// @ts-ignore: decorator
@inline
export function isTooMuch(): bool {
  return left < 0;
}
