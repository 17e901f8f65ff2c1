/**
 * Ranks under an adaptive model of order 0. How soon it should forget depends on what is ranked (in a genome, the network
 * is better in one place than in another), so several limits are tried; a byte says which is the best.
 */
import { PithError } from "@pith/core";
import { decodeSymbols, encodeSymbols, type Symbols } from "@pith/entropy";

const INCREMENT = 32;
/** Log2 of the model's limits that are tried. */
const LIMITS = [12, 14, 16, 18, 20, 22] as const;

/** Limits that a model of so many symbols may have. */
function limitsFor(alphabetSize: number): readonly number[] {
  return LIMITS.filter((bits) => 2 ** bits >= 2 * (alphabetSize + INCREMENT));
}

function encodeWithin(ranks: Symbols, alphabetSize: number, bits: number): Uint8Array {
  return encodeSymbols(ranks, alphabetSize, { increment: INCREMENT, limit: 2 ** bits });
}

/** Codes ranks: log2 of the limit, then what `encodeSymbols` makes with it. */
export function encodeAdaptiveRanks(ranks: Symbols, alphabetSize: number): Uint8Array {
  let best: { readonly bits: number; readonly coded: Uint8Array } | undefined;
  for (const bits of limitsFor(alphabetSize)) {
    const coded = encodeWithin(ranks, alphabetSize, bits);
    if (best === undefined || coded.length < best.coded.length) best = { bits, coded };
  }
  // The largest limit suits every alphabet that a network may have.
  const { bits, coded } = best as NonNullable<typeof best>;
  const whole = new Uint8Array(1 + coded.length);
  whole[0] = bits;
  whole.set(coded, 1);
  return whole;
}

/**
 * Undoes {@link encodeAdaptiveRanks}.
 *
 * @param count number of ranks
 * @param offset of the coded bytes in the file
 * @throws PithError for bytes that no encoder wrote
 */
export function decodeAdaptiveRanks(coded: Uint8Array, count: number, alphabetSize: number, offset: number): Symbols {
  if (coded.length === 0) throw new PithError("truncated", "the ranks are missing", { offset });
  const bits = coded[0];
  const limits = limitsFor(alphabetSize);
  if (!limits.includes(bits)) {
    throw new PithError("invalid-field", "the model of the ranks has no such limit", {
      offset,
      expected: `log2 ${limits.join(", ")}`,
      got: bits,
    });
  }
  const ranks = decodeSymbols(coded.subarray(1), count, alphabetSize, {
    increment: INCREMENT,
    limit: 2 ** bits,
    offset: offset + 1,
  });
  checkLimit(ranks, alphabetSize, coded, offset);
  return ranks;
}

/** Of limits that make the same bytes, the lowest is the one that is written: where few ranks come, most do. */
function checkLimit(ranks: Symbols, alphabetSize: number, coded: Uint8Array, offset: number): void {
  for (const bits of limitsFor(alphabetSize)) {
    if (bits >= coded[0]) return;
    const same = encodeWithin(ranks, alphabetSize, bits);
    if (same.length === coded.length - 1 && same.every((byte, i) => byte === coded[i + 1])) {
      throw new PithError("invalid-field", "the model of the ranks has another limit than an encoder gives it", {
        offset,
        expected: bits,
        got: coded[0],
      });
    }
  }
}
