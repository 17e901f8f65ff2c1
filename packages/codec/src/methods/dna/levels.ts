/** Log2 of the contexts of a table, by level. */
const TABLE_BITS_BY_LEVEL = [18, 19, 20, 21, 22, 22, 22, 23, 24];

export const LEAST_TABLE_BITS = 10;
export const MOST_TABLE_BITS = 24;

/** Log2 of the contexts of a table for a block of `length` bytes: no more than it can fill, twice over. */
export function tableBitsFor(length: number, level: number): number {
  const filled = Math.ceil(Math.log2(Math.max(length, 1))) + 2;
  return Math.max(LEAST_TABLE_BITS, Math.min(TABLE_BITS_BY_LEVEL[level - 1], filled));
}

/** Bytes of the kernel's memory for `length` bases. */
export function kernelMemory(length: number, tableBits: number): number {
  return 2 ** 22 + 2 ** tableBits * 100 + length;
}
