import type { TableOptions } from "../method.ts";

/** Log2 of the contexts of a table, by level. */
const TABLE_BITS = [16, 18, 19, 20, 21, 22, 22, 23, 24, 24];

export const LEAST_TABLE_BITS = 10;
export const MOST_TABLE_BITS = 24;

/** Tables of up to 2^20 contexts stay near the processor, and may as well be roomy; larger ones just hold the block. */
const ROOMY_BITS = 20;
const FEWEST_BITS = 12;

/** Log2 of the contexts of a table for a block of `length` bytes at a level. */
export function tableBitsFor(length: number, level: number, { halvings = 0 }: TableOptions = {}): number {
  const filled = 32 - Math.clz32(Math.max(length, 1) - 1);
  const wanted = Math.max(filled, Math.min(filled + 1, ROOMY_BITS));
  return Math.max(FEWEST_BITS, Math.min(wanted, TABLE_BITS[level - 1]) - halvings);
}

/** Bytes of the kernel's memory for `length` bases. */
export function kernelMemory(length: number, tableBits: number): number {
  // Weights, maps and reading frames.
  const fixed = 4.5 * 2 ** 20;
  // Orders 8 and 9 at 16 bytes a context, the shorter ones at a third of that.
  const orders = 16 * (2 ** Math.min(16, tableBits) + 2 ** Math.min(18, tableBits) + 2 ** 13);
  const histories = 2 * 4 * 2 ** tableBits;
  const seeds = 3 * 4 * 2 ** Math.min(22, tableBits);
  return Math.ceil(fixed + orders + histories + seeds + length / 4);
}
