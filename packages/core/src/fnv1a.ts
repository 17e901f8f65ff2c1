/** The hash of nothing. */
const START = 0x811c9dc5;
const FACTOR = 0x01000193;

/**
 * FNV-1a of 32 bits (RFC 9923): notices damage, and data that is not the same; no protection against intent.
 *
 * @param hash of the bytes before these; default: there are none
 * @returns 0 … 2^32 − 1
 * @example
 * fnv1a(new TextEncoder().encode("a")).toString(16); // e40c292c
 */
export function fnv1a(bytes: ArrayLike<number>, hash = START): number {
  let state = hash;
  for (let i = 0; i < bytes.length; i++) state = Math.imul(state ^ bytes[i], FACTOR);
  return state >>> 0;
}
