/**
 * Range coder: a symbol at a time, as a part of an interval of up to 2^48, without carries.
 *
 * The interval is `low … low + range - 1`; its numbers are integers that a double holds exactly. A symbol of frequency f
 * out of a total takes f / total of it; what the division leaves over goes to the last symbol. Leading bytes on which
 * both ends agree leave. Should the ends straddle a byte's boundary while the range falls below 2^24 (about once in
 * 65536 bytes), the part beyond the boundary is given up, which costs a bit or two, so that no carry ever runs back
 * through what was written (after Subbotin's carryless coder).
 *
 * The kernel twin, `kernel/range-coder.ts`, gives the same bytes.
 */
import { checkBytes, checkInteger, PithError, PROBABILITY_TOTAL } from "@pith/core";
import type { AdaptiveModel } from "./adaptive-model.ts";
import { ByteSink } from "./byte-sink.ts";
import { checkStreamEnd, truncatedStream } from "./check.ts";
import { MAXIMUM_TOTAL } from "./total.ts";

const FULL = 2 ** 48;
const TOP = 2 ** 40;
const BOTTOM = 2 ** 24;

function topByte(value: number): number {
  return Math.floor(value / TOP);
}

function checkInterval(cumulative: number, frequency: number, total: number): void {
  if (!(total >= 1 && total <= MAXIMUM_TOTAL && cumulative >= 0 && frequency >= 1 && cumulative + frequency <= total)) {
    throw new RangeError(
      `interval: expected 0 ≤ cumulative < cumulative + frequency ≤ total ≤ ${MAXIMUM_TOTAL}, got ${cumulative}, ${frequency}, ${total}`,
    );
  }
}

/**
 * The number of symbols that probabilities are of: where their sum is complete.
 *
 * @throws RangeError if they are no integers ≥ 1 that sum to 2^22
 */
function alphabetOf(probabilities: Uint32Array): number {
  let sum = 0;
  for (let symbol = 0; symbol < probabilities.length && sum <= PROBABILITY_TOTAL; symbol++) {
    if (sum === PROBABILITY_TOTAL) return symbol;
    if (probabilities[symbol] === 0) {
      throw new RangeError(`probabilities[${symbol}]: expected at least 1, got 0`);
    }
    sum += probabilities[symbol];
  }
  if (sum === PROBABILITY_TOTAL) return probabilities.length;
  throw new RangeError(`probabilities: expected a sum of ${PROBABILITY_TOTAL}, got ${sum}`);
}

/**
 * Codes symbols.
 *
 * @example
 * const encoder = new RangeEncoder();
 * const model = new AdaptiveModel(1000);
 * for (const symbol of symbols) encoder.encodeAdaptive(model, symbol);
 * const bytes = encoder.finish();
 */
export class RangeEncoder {
  readonly #sink = new ByteSink();
  #low = 0;
  #range = FULL;

  /**
   * Codes a symbol by its place among the frequencies; costs −log2(frequency / total) bits.
   *
   * @param cumulative sum of the frequencies of the symbols before it; all are integers
   * @param frequency its own, at least 1
   * @param total sum of all frequencies, at most {@link MAXIMUM_TOTAL}
   * @throws RangeError where these do not fit together
   */
  encode(cumulative: number, frequency: number, total: number): void {
    checkInterval(cumulative, frequency, total);
    const unit = Math.floor(this.#range / total);
    const skipped = unit * cumulative;
    this.#low += skipped;
    this.#range = cumulative + frequency < total ? unit * frequency : this.#range - skipped;
    this.#settle();
  }

  /**
   * Codes a symbol under a model that counts, and has the model learn it.
   *
   * @param symbol 0 … model.alphabetSize − 1
   */
  encodeAdaptive(model: AdaptiveModel, symbol: number): void {
    checkInteger("symbol", symbol, 0, model.alphabetSize - 1);
    this.encode(model.cumulative(symbol), model.frequency(symbol), model.total);
    model.update(symbol);
  }

  /**
   * Codes a symbol under the probabilities that a predictor wrote.
   *
   * @param probabilities integers ≥ 1 that sum to 2^22 over the alphabet; entries beyond it are not looked at
   * @param symbol 0 … alphabetSize − 1
   * @throws RangeError where the probabilities are not such, or have no such symbol
   */
  encodeWith(probabilities: Uint32Array, symbol: number): void {
    checkInteger("symbol", symbol, 0, alphabetOf(probabilities) - 1);
    let cumulative = 0;
    for (let s = 0; s < symbol; s++) cumulative += probabilities[s];
    this.encode(cumulative, probabilities[symbol], PROBABILITY_TOTAL);
  }

  /** Ends the stream with no byte or one, returns its bytes, and starts afresh. */
  finish(): Uint8Array<ArrayBuffer> {
    // The ends differ in their first byte, so that of `low`, plus one, with zeros after it lies inside.
    if (this.#low !== 0) this.#sink.push(topByte(this.#low) + 1);
    this.#low = 0;
    this.#range = FULL;
    return this.#sink.take();
  }

  #settle(): void {
    for (;;) {
      const top = topByte(this.#low);
      if (topByte(this.#low + this.#range - 1) !== top) {
        if (this.#range >= BOTTOM) return;
        this.#range = BOTTOM - (this.#low % BOTTOM);
      }
      this.#sink.push(top);
      this.#low = (this.#low - top * TOP) * 256;
      this.#range *= 256;
    }
  }
}

/**
 * Decodes symbols. Past the end of the bytes it reads zeros; `end` tells.
 *
 * @example
 * const decoder = new RangeDecoder(bytes);
 * const model = new AdaptiveModel(1000);
 * for (let i = 0; i < count; i++) symbols[i] = decoder.decodeAdaptive(model);
 * decoder.checkEnd(); // PithError unless the bytes end where the stream ends
 */
export class RangeDecoder {
  readonly #bytes: Uint8Array;
  readonly #offset: number;
  #next = 0;
  #low = 0;
  #range = FULL;
  #code = 0;
  #unit = 0;

  /**
   * @param bytes the whole stream
   * @param offset where the stream lies in its file, for the offsets of errors
   */
  constructor(bytes: Uint8Array, offset = 0) {
    checkBytes("bytes", bytes);
    checkInteger("offset", offset, 0);
    this.#bytes = bytes;
    this.#offset = offset;
    for (let i = 0; i < 6; i++) this.#shift();
  }

  /**
   * First step of decoding: a number below `total`, which lies between the cumulative frequency of the symbol and that
   * of the next one. The second step is {@link consume}.
   *
   * @param total sum of all frequencies, 1 … {@link MAXIMUM_TOTAL}
   */
  target(total: number): number {
    checkInteger("total", total, 1, MAXIMUM_TOTAL);
    this.#unit = Math.floor(this.#range / total);
    return Math.min(Math.floor((this.#code - this.#low) / this.#unit), total - 1);
  }

  /**
   * Second step: takes the symbol away, with the numbers that the encoder had.
   *
   * @throws PithError `invalid-field`, or `truncated` past the end, where no encoder's stream leads
   */
  consume(cumulative: number, frequency: number, total: number): void {
    checkInterval(cumulative, frequency, total);
    const skipped = this.#unit * cumulative;
    this.#low += skipped;
    this.#range = cumulative + frequency < total ? this.#unit * frequency : this.#range - skipped;
    this.#settle();
  }

  /** Decodes a symbol under a model that counts, and has the model learn it. */
  decodeAdaptive(model: AdaptiveModel): number {
    const symbol = model.find(this.target(model.total));
    this.consume(model.cumulative(symbol), model.frequency(symbol), model.total);
    model.update(symbol);
    return symbol;
  }

  /**
   * Decodes a symbol under the probabilities that a predictor wrote.
   *
   * @param probabilities as they were when the symbol was coded
   * @throws RangeError if they are no integers ≥ 1 that sum to 2^22
   */
  decodeWith(probabilities: Uint32Array): number {
    alphabetOf(probabilities);
    const target = this.target(PROBABILITY_TOTAL);
    let symbol = 0;
    let cumulative = 0;
    for (; cumulative + probabilities[symbol] <= target; symbol++) cumulative += probabilities[symbol];
    this.consume(cumulative, probabilities[symbol], PROBABILITY_TOTAL);
    return symbol;
  }

  /** Bytes read so far, zeros past the end included: six more than the symbols so far needed. */
  get position(): number {
    return this.#next;
  }

  /**
   * Where the stream ends if no symbol follows, in bytes from its start: exactly where the encoder stopped. More than
   * there are means that bytes are missing.
   */
  get end(): number {
    return this.#next - (this.#low === 0 ? 6 : 5);
  }

  /** The byte that the encoder wrote to end the stream if no symbol follows; −1 if it wrote none. */
  get finalByte(): number {
    return this.#low === 0 ? -1 : topByte(this.#low) + 1;
  }

  /**
   * Call it after the last symbol.
   *
   * @throws PithError `truncated` or `trailing-data` if the bytes do not end where the stream does, `invalid-field` if
   *   they do not end as an encoder ends them
   */
  checkEnd(): void {
    checkStreamEnd(this, this.#bytes, this.#offset);
  }

  #settle(): void {
    for (;;) {
      const top = topByte(this.#low);
      if (topByte(this.#low + this.#range - 1) !== top) {
        if (this.#range >= BOTTOM) return;
        this.#range = BOTTOM - (this.#low % BOTTOM);
        if (this.#code >= this.#low + this.#range) {
          this.#code = this.#low; // whoever goes on gets symbols, if the wrong ones
          throw corruptStream(this.#offset, this.#next, this.#bytes.length);
        }
      }
      this.#low = (this.#low - top * TOP) * 256;
      this.#range *= 256;
      this.#code -= topByte(this.#code) * TOP;
      this.#shift();
    }
  }

  #shift(): void {
    const byte = this.#next < this.#bytes.length ? this.#bytes[this.#next] : 0;
    this.#next++;
    this.#code = this.#code * 256 + byte;
  }
}

/**
 * The error of a stream that leads where no encoder's does. Zeros after the end of a stream that was cut lead there
 * sooner or later: where they were read, that is the likely cause.
 *
 * @param position bytes read, with those past the end
 */
export function corruptStream(offset: number, position: number, length: number): PithError {
  if (position > length) return truncatedStream(Math.max(position - 5, length + 1), length, offset);
  return new PithError("invalid-field", "the coded data is damaged", {
    offset: offset + position - 6,
    expected: "a number inside the coder's interval",
    got: "one that every encoder gives up",
  });
}
