/**
 * Binary arithmetic coder: one bit at a time under a probability of 16 bits, 32-bit range, no carries.
 *
 * The interval is `low … high`, both inclusive. A bit splits it at `low + (high - low) * p / 2^16`: a one takes the
 * lower part, a zero the upper. Leading bytes on which both ends agree can change no more, and leave.
 *
 * It has no redundancy: a decoder turns any bytes into some bits. What it can tell is where its stream ends; callers
 * compare that with where the bytes end. The kernel twin, `kernel/binary-coder.ts`, gives the same bytes.
 */
import { checkBytes, checkInteger } from "@pith/core";
import { ByteSink } from "./byte-sink.ts";
import { checkStreamEnd } from "./check.ts";

const MAXIMUM_PROBABILITY = 65535;

function split(low: number, high: number, p16: number): number {
  if (!(p16 >= 1 && p16 <= MAXIMUM_PROBABILITY)) {
    throw new RangeError(`probability: expected an integer from 1 to ${MAXIMUM_PROBABILITY}, got ${p16}`);
  }
  // The product has up to 48 bits, which a double holds; >>> drops the fraction.
  return low + ((((high - low) * p16) / 65536) >>> 0);
}

/**
 * Codes bits.
 *
 * @example
 * const encoder = new BinaryEncoder();
 * encoder.encode(1, 60000); // a one that was expected at 60000 / 65536
 * const bytes = encoder.finish();
 */
export class BinaryEncoder {
  readonly #sink = new ByteSink();
  #low = 0;
  #high = 0xffffffff;

  /**
   * Codes one bit; costs −log2 of its probability.
   *
   * @param bit 0 or 1
   * @param p16 probability of a one: an integer, 1 … 65535 of 65536
   * @throws RangeError for another probability
   */
  encode(bit: number, p16: number): void {
    const middle = split(this.#low, this.#high, p16);
    if (bit) this.#high = middle;
    else this.#low = middle + 1;
    while ((this.#low ^ this.#high) >>> 24 === 0) {
      this.#sink.push(this.#high >>> 24);
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 0xff) >>> 0;
    }
  }

  /** Ends the stream with no byte or one, returns its bytes, and starts afresh. */
  finish(): Uint8Array<ArrayBuffer> {
    // The ends differ in their first byte, so that of `low`, plus one, with zeros after it is not above `high`.
    if (this.#low !== 0) this.#sink.push((this.#low >>> 24) + 1);
    this.#low = 0;
    this.#high = 0xffffffff;
    return this.#sink.take();
  }
}

/**
 * Decodes bits. Past the end of the bytes it reads zeros; `end` tells.
 *
 * @example
 * const decoder = new BinaryDecoder(bytes);
 * const bit = decoder.decode(60000);
 * decoder.checkEnd(); // PithError unless the bytes end where the stream ends
 */
export class BinaryDecoder {
  readonly #bytes: Uint8Array;
  readonly #offset: number;
  #next = 0;
  #low = 0;
  #high = 0xffffffff;
  #code = 0;

  /**
   * @param bytes the whole stream
   * @param offset where the stream lies in its file, for the offsets of errors
   */
  constructor(bytes: Uint8Array, offset = 0) {
    checkBytes("bytes", bytes);
    checkInteger("offset", offset, 0);
    this.#bytes = bytes;
    this.#offset = offset;
    for (let i = 0; i < 4; i++) this.#shift();
  }

  /**
   * Decodes one bit.
   *
   * @param p16 the probability of a one under which it was coded: an integer, 1 … 65535 of 65536
   * @returns 0 or 1
   * @throws RangeError for another probability
   */
  decode(p16: number): 0 | 1 {
    const middle = split(this.#low, this.#high, p16);
    const bit = this.#code <= middle ? 1 : 0;
    if (bit) this.#high = middle;
    else this.#low = middle + 1;
    while ((this.#low ^ this.#high) >>> 24 === 0) {
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 0xff) >>> 0;
      this.#shift();
    }
    return bit;
  }

  /** Bytes read so far, zeros past the end included: four more than the bits so far needed. */
  get position(): number {
    return this.#next;
  }

  /**
   * Where the stream ends if no bit follows, in bytes from its start: exactly where the encoder stopped. More than there
   * are means that bytes are missing.
   */
  get end(): number {
    return this.#next - (this.#low === 0 ? 4 : 3);
  }

  /** The byte that the encoder wrote to end the stream if no bit follows; −1 if it wrote none. */
  get finalByte(): number {
    return this.#low === 0 ? -1 : (this.#low >>> 24) + 1;
  }

  /**
   * Call it after the last bit.
   *
   * @throws PithError `truncated` or `trailing-data` if the bytes do not end where the stream does, `invalid-field` if
   *   they do not end as an encoder ends them
   */
  checkEnd(): void {
    checkStreamEnd(this, this.#bytes, this.#offset);
  }

  #shift(): void {
    const byte = this.#next < this.#bytes.length ? this.#bytes[this.#next] : 0;
    this.#next++;
    this.#code = ((this.#code << 8) | byte) >>> 0;
  }
}
