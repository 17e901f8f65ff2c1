/** Indirect contexts: which bytes followed the last one, and the last two, the times before. */

import { allocate } from "../../memory";
import { last4 } from "../bytes";

/** The three bytes that followed the last byte; the two that followed the last two. */
export let indirect1: i32 = 0;
export let indirect2: i32 = 0;

let after1: usize = 0;
let after2: usize = 0;

export function startIndirect(): void {
  after1 = allocate(256 * 4);
  after2 = allocate(65536 * 4);
  indirect1 = indirect2 = 0;
}

// @ts-ignore: decorator
@inline
function follow(cell: usize, c: i32): void {
  store<i32>(cell, (load<i32>(cell) << 8) | c);
}

export function updateIndirect(c: i32): void {
  follow(after1 + (((last4 >> 8) & 0xff) << 2), c);
  follow(after2 + (((last4 >> 8) & 0xffff) << 2), c);
  indirect1 = load<i32>(after1 + (c << 2)) & 0xffffff;
  indirect2 = load<i32>(after2 + ((last4 & 0xffff) << 2)) & 0xffff;
}
