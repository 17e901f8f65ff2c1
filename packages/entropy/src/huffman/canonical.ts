/**
 * Canonical prefix codes: codes of equal length are consecutive numbers in the order of their symbols, and shorter codes
 * come first; so the lengths say everything.
 */
import { checkInteger } from "@pith/core";
import { LONGEST_CODE, packageMerge } from "./package-merge.ts";

/** The longest code unless the caller says otherwise, or the alphabet needs more. */
const DEFAULT_MAXIMUM_LENGTH = 15;

/**
 * Lengths of the codes that code the given counts in the fewest bits.
 *
 * @param counts how often each symbol comes; symbols of count 0 get no code
 * @param maximumLength longest code allowed, ceil(log2(symbols in use)) … 24; default 15, or what that many symbols need
 * @returns a length for each symbol, 0 for those that do not come; a symbol that is alone gets 1, though it needs none
 * @throws RangeError for a count or a maximum out of its range
 */
export function huffmanLengths(counts: ArrayLike<number>, maximumLength?: number): Uint8Array<ArrayBuffer> {
  const used: number[] = [];
  for (let symbol = 0; symbol < counts.length; symbol++) {
    checkInteger(`counts[${symbol}]`, counts[symbol], 0, 2 ** 32 - 1);
    if (counts[symbol] > 0) used.push(symbol);
  }
  const needed = used.length < 2 ? 1 : 32 - Math.clz32(used.length - 1);
  const limit = maximumLength ?? Math.max(DEFAULT_MAXIMUM_LENGTH, needed);
  checkInteger("maximumLength", limit, needed, LONGEST_CODE);

  const lengths = new Uint8Array(counts.length);
  if (used.length === 1) lengths[used[0]] = 1;
  if (used.length < 2) return lengths;
  used.sort((a, b) => counts[a] - counts[b] || a - b);
  const weights = used.map((symbol) => counts[symbol]);
  const sorted = packageMerge(weights, limit);
  used.forEach((symbol, rank) => {
    lengths[symbol] = sorted[rank];
  });
  return lengths;
}

/**
 * The canonical codes of given lengths, as numbers of that many bits, the first bit highest.
 *
 * @param lengths 0 … 24, of a code that is complete, or of one symbol
 */
export function canonicalCodes(lengths: Uint8Array): Uint32Array {
  const next = firstCodes(countLengths(lengths));
  const codes = new Uint32Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    if (lengths[symbol] > 0) codes[symbol] = next[lengths[symbol]]++;
  }
  return codes;
}

/** How many codes have each length 0 … 24. */
export function countLengths(lengths: Uint8Array): Uint32Array {
  const counts = new Uint32Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length]++;
  return counts;
}

/** The first code of each length. */
export function firstCodes(lengthCounts: Uint32Array): Uint32Array {
  const first = new Uint32Array(LONGEST_CODE + 2);
  for (let length = 1; length <= LONGEST_CODE; length++) {
    first[length + 1] = (first[length] + lengthCounts[length]) << 1;
  }
  return first;
}
