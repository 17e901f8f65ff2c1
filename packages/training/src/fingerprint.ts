import { fnv1a } from "@pith/core";

/**
 * Tells whether a training is gone on with as it was begun: a hash of the symbols, the seed and the number of pieces.
 *
 * @param seed an integer from 0 to 2^32 − 1
 */
export function fingerprintOf(symbols: Uint8Array | Uint16Array, seed: number, pieces: number): number {
  return fnv1a(bytesOf([seed, pieces], 4), fnv1a(bytesOf(symbols, symbols.BYTES_PER_ELEMENT)));
}

/** Numbers of so many bytes each, the least significant first. */
function bytesOf(numbers: ArrayLike<number>, size: number): Uint8Array {
  const bytes = new Uint8Array(size * numbers.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = numbers[Math.floor(i / size)] >>> (8 * (i % size));
  return bytes;
}
