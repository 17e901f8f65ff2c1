/** What the header of a JPEG says of its picture and of its scans. */
import type { HuffmanTable } from "./huffman.ts";

/** A colour component. */
export interface Component {
  readonly id: number;
  /** How often it is sampled within an MCU, 1 to 4. */
  readonly across: number;
  readonly down: number;
  /** Number of its quantisation table, 0 to 3. */
  readonly quantisation: number;
  /** Blocks that it has, up to whole MCUs. */
  readonly wide: number;
  readonly high: number;
  /** Blocks that a scan of it alone has. */
  readonly ownWide: number;
  readonly ownHigh: number;
  /** Where its first coefficient lies among those of all components; 64 for each block follow, in rows of 8. */
  readonly start: number;
}

/** A picture. */
export interface Frame {
  readonly progressive: boolean;
  readonly components: readonly Component[];
  readonly mcusWide: number;
  readonly mcusHigh: number;
  /** Blocks of all components. */
  readonly blocks: number;
}

/** One component of a scan, and the tables by which it is coded; those it does not need may be missing. */
export interface ScanComponent {
  readonly component: Component;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
}

/** A pass over the picture. */
export interface Scan {
  readonly components: readonly ScanComponent[];
  /** First and last coefficient, in zigzag order. */
  readonly first: number;
  readonly last: number;
  /** The bit of the coefficients that this scan codes at first, or 0, and down to which it codes them. */
  readonly high: number;
  readonly low: number;
  /** MCUs between restart markers; 0: there are none. */
  readonly restartInterval: number;
}

/** Places of the coefficients within a block, in zigzag order. */
export const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21],
  ...[28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61],
  ...[54, 47, 55, 62, 63],
);

/** The second byte of the first of eight restart markers, which come in turn. */
export const RESTART = 0xd0;

/** The other way round: places in zigzag order. */
const ORDER = new Uint8Array(64);
ZIGZAG.forEach((place, k) => (ORDER[place] = k));

/**
 * Where the blocks of a picture end: the place in zigzag order of the last coefficient of each that is not zero, or 0.
 *
 * @param coefficients that begin at a multiple of four bytes
 * @yields 0, every millisecond
 */
export function* endsOf(coefficients: Int16Array): Generator<number, Uint8Array> {
  const { buffer, byteOffset, length } = coefficients;
  // Most are zero, so two are looked at together.
  const pairs = new Int32Array(buffer, byteOffset, length / 2);
  const ends = new Uint8Array(length / 64);
  for (let n = 0; n < ends.length; n++) {
    ends[n] = endOf(pairs, 32 * n);
    if (n % 8192 === 0) yield 0;
  }
  return ends;
}

function endOf(pairs: Int32Array, start: number): number {
  let end = 0;
  for (let i = 0; i < 32; i++) {
    const pair = pairs[start + i];
    if (pair === 0) continue;
    // The first of the block does not count: its place is 0, as is the end of a block without others.
    if (pair << 16 !== 0 && ORDER[2 * i] > end) end = ORDER[2 * i];
    if (pair >>> 16 !== 0 && ORDER[2 * i + 1] > end) end = ORDER[2 * i + 1];
  }
  return end;
}
