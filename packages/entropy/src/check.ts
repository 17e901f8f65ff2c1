/** Checks of arguments: misuse is a `RangeError` or a `TypeError` that shows both sides. */
import { PithError, checkInteger, nameOfType } from "@pith/core";

/** Symbols that were decoded: a byte each where the alphabet allows it. */
export type DecodedSymbols = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The largest alphabet that the coders take. */
const MAXIMUM_ALPHABET = 65536;

/** Symbols of an alphabet of up to 256 or up to 65,536. */
export type Symbols = Uint8Array | Uint16Array;

export function checkAlphabet(alphabetSize: number): void {
  checkInteger("alphabetSize", alphabetSize, 2, MAXIMUM_ALPHABET);
}

/** Checks the type of the array and each symbol's range. */
export function checkSymbols(symbols: Symbols, alphabetSize: number): void {
  if (!(symbols instanceof Uint8Array) && !(symbols instanceof Uint16Array)) {
    throw new TypeError(`symbols: expected a Uint8Array or a Uint16Array, got ${nameOfType(symbols)}`);
  }
  if (alphabetSize > (symbols instanceof Uint8Array ? 255 : 65535)) return;
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i];
    if (symbol >= alphabetSize) {
      throw new RangeError(`symbols[${i}]: expected an integer from 0 to ${alphabetSize - 1}, got ${symbol}`);
    }
  }
}

/** Options that every decoder of a whole array takes. */
export interface DecodeOptions {
  /** Where the bytes lie in their file, for the offsets of errors; default 0. */
  readonly offset?: number | undefined;
  /** The most symbols that may be decoded: a larger count is a `PithError` before anything is allocated; default 2^32 − 1. */
  readonly maximumCount?: number | undefined;
}

/**
 * Checks a count that comes from the data against the caller's limit.
 *
 * @throws PithError `memory-limit`
 */
export function checkCount(count: number, { offset = 0, maximumCount = 2 ** 32 - 1 }: DecodeOptions): void {
  checkInteger("count", count, 0);
  checkInteger("maximumCount", maximumCount, 0, 2 ** 32 - 1);
  checkInteger("offset", offset, 0);
  if (count > maximumCount) {
    throw new PithError("memory-limit", "too many symbols are declared for the coded data", {
      offset,
      expected: `at most ${maximumCount}`,
      got: count,
    });
  }
}

/** An array for `count` symbols: a byte each where the alphabet allows it. */
export function symbolArray(count: number, alphabetSize: number): DecodedSymbols {
  return alphabetSize <= 256 ? new Uint8Array(count) : new Uint16Array(count);
}

/** The error of coded data whose decoder needs more bytes than there are. */
export function truncatedStream(needed: number, length: number, offset: number): PithError {
  return new PithError("truncated", "the coded data ends too soon", {
    offset: offset + length,
    expected: `${needed} bytes or more`,
    got: length,
  });
}

/** Where and how a decoder says that its coded data ends. */
export interface StreamEnd {
  /** In bytes from the start. */
  readonly end: number;
  /**
   * The last byte, where it is one that ends the stream: several would decode to the same, and encoders write this one.
   * −1 where no byte was written to end it.
   */
  readonly finalByte: number;
}

/**
 * Checks that coded data ends where and as its decoder says that it ends.
 *
 * @throws PithError `truncated`, `trailing-data`, or `invalid-field` for another last byte than an encoder writes
 */
export function checkStreamEnd({ end, finalByte }: StreamEnd, bytes: Uint8Array, offset: number): void {
  checkEnd(end, bytes.length, offset);
  if (finalByte < 0 || bytes[end - 1] === finalByte) return;
  throw new PithError("invalid-field", "the coded data ends in another byte than an encoder ends it with", {
    offset: offset + end - 1,
    expected: finalByte,
    got: bytes[end - 1],
  });
}

/**
 * Checks that coded data ends where its decoder says that it ends.
 *
 * @param end where it ends, in bytes from its start
 * @param length how long it is
 * @throws PithError `truncated` or `trailing-data`
 */
export function checkEnd(end: number, length: number, offset: number): void {
  if (end > length) throw truncatedStream(end, length, offset);
  if (end < length) {
    throw new PithError("trailing-data", "the coded data goes on after its last symbol", {
      offset: offset + end,
      expected: `${end} bytes`,
      got: length,
    });
  }
}
