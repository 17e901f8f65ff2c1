/** Indirect contexts: which bytes followed the last one, and the last two, the times before. */

import { allocate } from "../../memory";
import { last4 } from "../bytes";
import { touch } from "../journal";
import { context } from "./context";

let after1: usize = 0;
let after2: usize = 0;

export function startIndirect(): void {
  if (!usesThisFile()) return;
  after1 = allocate(256 * 4);
  after2 = allocate(65536 * 4);
}

// @ts-ignore: decorator
@inline
function follow(cell: usize, c: i32): void {
  touch(cell);
  store<i32>(cell, (load<i32>(cell) << 8) | c);
}

export function updateIndirect(c: i32): void {
  if (!usesThisFile()) return;
  follow(after1 + (((last4 >> 8) & 0xff) << 2), c);
  follow(after2 + (((last4 >> 8) & 0xffff) << 2), c);
  const last2 = last4 & 0xffff;
  // The three bytes that followed the last one; the two that followed the last two.
  context("indirect-1", load<i32>(after1 + (c << 2)) & 0xffffff, c | 0xe00);
  context("indirect-2", load<i32>(after2 + (last2 << 2)) & 0xffff, last2 | 0xf0000);
}
