/** What codes the blocks of one scan, in one direction: it reads their coefficients, or writes their bits. */
export interface BlockCoder {
  /**
   * @param n of the scan's components
   * @param at where the block's first coefficient lies
   */
  block(n: number, at: number): void;
  /** What is held back is written, and what was predicted is forgotten: bits end here, a marker or the scan's end follows. */
  end(): void;
}

/** The value that `size` bits stand for: those that begin with a zero are negative. */
export function extended(bits: number, size: number): number {
  return bits < (1 << size) >> 1 ? bits - (1 << size) + 1 : bits;
}

/** Bits of a number's magnitude. */
export function sizeOf(magnitude: number): number {
  return 32 - Math.clz32(magnitude);
}

/** Undoes {@link extended}. */
export function extendedBits(value: number): number {
  return value < 0 ? value - 1 : value;
}
