/**
 * Static canonical Huffman code of a whole array: the code's lengths, then a code a symbol.
 *
 * Layout: the length of the header in bytes (7 bits a byte, lowest first, the eighth bit set where more follow), the
 * header (see `header.ts`), the codes, first bit highest, padded with zeros to a byte. No symbols take no bytes; where
 * only one symbol comes, its codes take none.
 *
 * Against the adaptive model it is several times as fast and loses what whole bits a symbol lose. There is no kernel: this
 * runs several times as fast as the kernel of the adaptive coder.
 */
import { checkBytes, PithError } from "@pith/core";
import { ByteSink } from "../byte-sink.ts";
import {
  checkAlphabet,
  checkCount,
  checkEnd,
  checkSymbols,
  symbolArray,
  type DecodedSymbols,
  truncatedStream,
  type DecodeOptions,
  type Symbols,
} from "../check.ts";
import { canonicalCodes, countLengths, huffmanLengths } from "./canonical.ts";
import { DecodingTable } from "./decoding-table.ts";
import { decodeLengths, encodeLengths } from "./header.ts";
import { LONGEST_CODE } from "./package-merge.ts";

/** Options of {@link encodeHuffman}. */
export interface HuffmanOptions {
  /** The longest code in bits, ceil(log2(symbols in use)) … 24; default 15, or what that many symbols need. */
  readonly maximumLength?: number | undefined;
}

/**
 * Codes an array of symbols, with the code. The number of symbols is not part of the bytes.
 *
 * @param symbols each 0 … alphabetSize − 1
 * @param alphabetSize 2 … 65,536
 * @throws RangeError for a symbol, an alphabet or options out of their range; TypeError for another kind of array
 *
 * @example
 * const bytes = encodeHuffman(symbols, 256);
 * decodeHuffman(bytes, symbols.length, 256); // the symbols
 */
export function encodeHuffman(
  symbols: Symbols,
  alphabetSize: number,
  options: HuffmanOptions = {},
): Uint8Array<ArrayBuffer> {
  checkAlphabet(alphabetSize);
  checkSymbols(symbols, alphabetSize);
  const counts = new Uint32Array(alphabetSize);
  for (const symbol of symbols) counts[symbol]++;
  const lengths = huffmanLengths(counts, options.maximumLength);
  if (symbols.length === 0) return new Uint8Array(0);

  const sink = new ByteSink();
  const header = encodeLengths(lengths);
  pushVarint(sink, header.length);
  sink.append(header);
  if (counts[symbols[0]] !== symbols.length) sink.append(encodeCodes(symbols, counts, lengths));
  return sink.take();
}

function encodeCodes(symbols: Symbols, counts: Uint32Array, lengths: Uint8Array): Uint8Array<ArrayBuffer> {
  // Code and length in one number, as the table of the decoder has symbol and length: one look a symbol.
  const entries = canonicalCodes(lengths).map((code, symbol) => code * 32 + lengths[symbol]);
  let bits = 0;
  for (let symbol = 0; symbol < counts.length; symbol++) bits += counts[symbol] * lengths[symbol];
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  let next = 0;
  let pending = 0; // the lowest `filled` bits are still to be written; below 8 between symbols, so 32 hold one more code
  let filled = 0;
  for (const symbol of symbols) {
    const entry = entries[symbol];
    pending = (pending << (entry & 31)) | (entry >>> 5);
    filled += entry & 31;
    while (filled >= 8) {
      filled -= 8;
      bytes[next++] = pending >>> filled;
    }
  }
  if (filled > 0) bytes[next] = pending << (8 - filled);
  return bytes;
}

/**
 * The reverse of {@link encodeHuffman}.
 *
 * The format has no checksum: damaged bytes may give other symbols instead of an error. Where only one symbol comes, a
 * few bytes stand for any count; give `maximumCount` where the count comes from the data.
 *
 * @param bytes what the encoder returned, no more and no less
 * @param count number of symbols
 * @param alphabetSize that of the encoder
 * @returns a Uint8Array for alphabets of up to 256, a Uint16Array for larger ones
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` for bytes that no encoder wrote for this count,
 *   `memory-limit` for a count above `maximumCount`
 */
export function decodeHuffman(
  bytes: Uint8Array,
  count: number,
  alphabetSize: number,
  options: DecodeOptions = {},
): DecodedSymbols {
  checkAlphabet(alphabetSize);
  checkBytes("bytes", bytes);
  checkCount(count, options);
  const { offset = 0 } = options;
  if (count === 0) {
    checkEnd(0, bytes.length, offset);
    return symbolArray(0, alphabetSize);
  }
  const { start, end } = readHeaderBounds(bytes, offset);
  const lengths = decodeLengths(bytes.subarray(start, end), alphabetSize, offset + start);
  const used = checkCode(lengths, offset + start);
  if (used === 1) {
    checkEnd(end, bytes.length, offset);
    return symbolArray(count, alphabetSize).fill(lengths.indexOf(1));
  }
  // A symbol has one bit at least: before anything is allocated, the bytes must be enough for that.
  const least = end + Math.ceil(count / 8);
  if (bytes.length < least) throw truncatedStream(least, bytes.length, offset);
  return decodeCodes(bytes, end, symbolArray(count, alphabetSize), new DecodingTable(lengths), offset);
}

function decodeCodes(
  bytes: Uint8Array,
  start: number,
  symbols: DecodedSymbols,
  table: DecodingTable,
  offset: number,
): DecodedSymbols {
  const { bits, entries } = table;
  const shift = 32 - bits;
  let next = start;
  let window = 0; // the next bits, aligned to the left; `filled` of its 32 come from the stream or from beyond its end
  let filled = 0;
  for (let i = 0; i < symbols.length; i++) {
    while (filled <= 24) {
      window |= (next < bytes.length ? bytes[next] : 0) << (24 - filled);
      next++;
      filled += 8;
    }
    const entry = entries[window >>> shift] || table.findLong(window >>> (32 - LONGEST_CODE));
    symbols[i] = entry >>> 5;
    // A shift of 24 bits at most, so never of 32, which JavaScript would take for 0.
    window <<= entry & 31;
    filled -= entry & 31;
  }
  const end = next - Math.floor(filled / 8);
  checkEnd(end, bytes.length, offset);
  const padding = filled % 8 === 0 ? 0 : window >>> (32 - (filled % 8));
  if (padding !== 0) {
    throw new PithError("invalid-field", "the last byte is not padded with zeros", {
      offset: offset + end - 1,
      expected: 0,
      got: padding,
    });
  }
  return symbols;
}

/** @returns how many symbols have a code: 1, or any number whose code is complete */
function checkCode(lengths: Uint8Array, offset: number): number {
  const counts = countLengths(lengths);
  const used = lengths.length - counts[0];
  if (used === 1 && counts[1] === 1) return 1;
  let filled = 0; // in units of 2^-24, so 65,536 codes of one bit do not overflow a double
  for (let length = 1; length <= LONGEST_CODE; length++) filled += counts[length] * 2 ** (LONGEST_CODE - length);
  if (filled !== 2 ** LONGEST_CODE) {
    throw new PithError("invalid-field", "the code lengths are not those of a complete code", {
      offset,
      expected: "a Kraft sum of 1",
      got: filled / 2 ** LONGEST_CODE,
    });
  }
  return used;
}

function pushVarint(sink: ByteSink, value: number): void {
  for (; value >= 128; value >>>= 7) sink.push((value & 127) | 128);
  sink.push(value);
}

/** Reads the header's length; four bytes are enough for any. */
function readHeaderBounds(bytes: Uint8Array, offset: number): { start: number; end: number } {
  let length = 0;
  for (let at = 0; at < 4; at++) {
    if (at >= bytes.length) throw truncatedStream(at + 1, bytes.length, offset);
    const byte = bytes[at];
    length |= (byte & 127) << (7 * at);
    if (byte >= 128) continue;
    if (byte === 0 && at > 0) break; // the same number in fewer bytes is what an encoder writes
    const end = at + 1 + length;
    if (end > bytes.length) throw truncatedStream(end, bytes.length, offset);
    return { start: at + 1, end };
  }
  throw new PithError("invalid-field", "the length of the code's description is none that an encoder writes", {
    offset,
    expected: "1 to 4 bytes, the last below 128 and not an idle 0",
    got: [...bytes.subarray(0, 4)].join(" "),
  });
}
