/** Writes letters as codes inside UTF-8, as the thesis does (section 4). */
import { checkBytes, instantiateKernel } from "@pith/core";
import { UNCODED } from "./code-table.ts";
import { kernel as encoderKernel } from "#kernels/encoder";
import { SLICE, type EncoderKernel } from "./generated/encoder-exports.ts";
import { checkFraming, type Framing, type FramingOptions } from "./options.ts";
import { join } from "./join.ts";
import { checkWhole, notUtf8, toUtf8 } from "./utf8.ts";

/**
 * Encodes a text that comes in parts of any size, in constant memory.
 *
 * @example
 * const encoder = new FramingEncoder();
 * const parts = [encoder.push(bytes), encoder.push(moreBytes), encoder.finish()];
 */
export class FramingEncoder {
  readonly #kernel = instantiateKernel(encoderKernel);
  readonly #framing: Framing;
  #length = 0;

  /** @throws RangeError for options out of range */
  constructor(options: FramingOptions = {}) {
    this.#framing = checkFraming(options);
    start(this.#kernel, this.#framing);
  }

  /**
   * Takes the next bytes of the text, UTF-8 that may be cut anywhere.
   *
   * @returns the next bytes of the encoded text, maybe none
   * @throws PithError `invalid-field` where the text is not UTF-8; after it the encoder is of no more use
   */
  push(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const coded = push(this.#kernel, bytes, this.#length);
    this.#length += bytes.length;
    return join(coded, Uint8Array);
  }

  /**
   * Ends the text. The encoder then is ready for another.
   *
   * @returns the last bytes of the encoded text
   * @throws PithError `truncated` if the text ends within a character
   */
  finish(): Uint8Array<ArrayBuffer> {
    const coded = finish(this.#kernel, this.#length);
    start(this.#kernel, this.#framing);
    this.#length = 0;
    return coded;
  }
}

// One is enough for a thread: a text is encoded in one call.
let shared: EncoderKernel | undefined;

/**
 * Encodes a text: in each run of at least `threshold` encodable characters, all but the first `left` and the last
 * `right` become codes of half a byte. What is lost is which of the letters of a code was meant.
 *
 * @param text as bytes, UTF-8
 * @returns at most 1 byte longer for each run, and shorter by about half of what is coded
 * @throws RangeError for options out of range
 * @throws PithError `invalid-field` or `truncated`, with the offset, if the text is not UTF-8 or has a lone surrogate
 * @example
 * encodeFraming("it was a dark and stormy night").length; // 20
 */
export function encodeFraming(text: Uint8Array | string, options: FramingOptions = {}): Uint8Array<ArrayBuffer> {
  const framing = checkFraming(options);
  const bytes = typeof text === "string" ? toUtf8(text) : text;
  const kernel = (shared ??= instantiateKernel(encoderKernel));
  start(kernel, framing);
  const coded = push(kernel, bytes, 0);
  coded.push(finish(kernel, bytes.length));
  return join(coded, Uint8Array);
}

function start(kernel: EncoderKernel, { codes, threshold, left, right }: Framing): void {
  const marks = new Uint8Array(kernel.memory.buffer, kernel.marksAddress(), 128);
  for (let i = 0; i < marks.length; i++) marks[i] = codes[i] === UNCODED ? 0 : codes[i] + 1;
  kernel.start(threshold, left, right);
}

function push(kernel: EncoderKernel, bytes: Uint8Array, offset: number): Uint8Array<ArrayBuffer>[] {
  checkBytes("text", bytes);
  const coded: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length; at += SLICE) {
    const part = bytes.subarray(at, at + SLICE);
    new Uint8Array(kernel.memory.buffer, kernel.inputAddress(), SLICE).set(part);
    const good = kernel.check(part.length);
    if (good < part.length) throw notUtf8(kernel, offset + at + good, part[good]);
    coded.push(take(kernel, kernel.encode(part.length)));
  }
  return coded;
}

function finish(kernel: EncoderKernel, length: number): Uint8Array<ArrayBuffer> {
  checkWhole(kernel, length);
  return take(kernel, kernel.finish());
}

function take(kernel: EncoderKernel, count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(kernel.memory.buffer, kernel.outputAddress(), count).slice();
}
