/** Reads text in which letters are codes, as the thesis frames them (section 5), up to the choice of letters. */
import { checkBytes, instantiateKernel, PithError } from "@pith/core";
import { kernel as decoderKernel } from "#kernels/decoder";
import { SLICE, type DecoderKernel } from "./generated/decoder-exports.ts";
import { join } from "./join.ts";
import { checkWhole, hex, notUtf8 } from "./utf8.ts";

/**
 * Decodes framed text that comes in parts of any size, in constant memory.
 *
 * @example
 * const decoder = new FramingDecoder();
 * const cells = decoder.push(bytes);
 * decoder.finish();
 */
export class FramingDecoder {
  readonly #kernel = instantiateKernel(decoderKernel);
  #length = 0;

  constructor() {
    this.#kernel.start();
  }

  /**
   * Takes the next bytes, which may be cut anywhere.
   *
   * @returns the next cells: a byte's own value, or 256 + c for a character of which only the code c is known
   * @throws PithError `invalid-field` where no encoder would have written that byte; after it the decoder is of no more use
   */
  push(bytes: Uint8Array): Uint16Array {
    const cells = push(this.#kernel, bytes, this.#length);
    this.#length += bytes.length;
    return join(cells, Uint16Array);
  }

  /**
   * Ends the text. The decoder then is ready for another.
   *
   * @throws PithError `truncated` if the text ends among codes or within a character
   */
  finish(): void {
    checkEnd(this.#kernel, this.#length);
    this.#kernel.start();
    this.#length = 0;
  }
}

// One is enough for a thread: a text is decoded in one call.
let shared: DecoderKernel | undefined;

/**
 * Decodes framed text.
 *
 * @returns a cell for each byte of the original text: its value, or 256 + c for a character of which only the code c is
 *   known
 * @throws PithError `invalid-field` or `truncated`, with the offset, for what no encoder writes
 * @example
 * decodeFraming(encodeFraming("it was a dark and stormy night")); // 0x69, 0x74, 0x20, 0x77, 256 + 5 (a or z), …
 */
export function decodeFraming(bytes: Uint8Array): Uint16Array {
  const kernel = (shared ??= instantiateKernel(decoderKernel));
  kernel.start();
  const cells = push(kernel, bytes, 0);
  checkEnd(kernel, bytes.length);
  return join(cells, Uint16Array);
}

function push(kernel: DecoderKernel, bytes: Uint8Array, offset: number): Uint16Array[] {
  checkBytes("bytes", bytes);
  const cells: Uint16Array[] = [];
  for (let at = 0; at < bytes.length; at += SLICE) {
    const part = bytes.subarray(at, at + SLICE);
    new Uint8Array(kernel.memory.buffer, kernel.inputAddress(), SLICE).set(part);
    const count = kernel.decode(part.length);
    const fault = kernel.faultPosition();
    if (fault >= 0) throw wrongByte(kernel, offset + at + fault, part[fault]);
    cells.push(new Uint16Array(kernel.memory.buffer, kernel.cellsAddress(), count).slice());
  }
  return cells;
}

function wrongByte(kernel: DecoderKernel, offset: number, byte: number): PithError {
  if (kernel.coding() === 0) return notUtf8(kernel, offset, byte);
  const empty = byte === 255;
  return new PithError("invalid-field", empty ? "a run without codes" : "a single break before a code", {
    offset,
    expected: empty ? "a code" : "a code, or 0xff to end the run",
    got: hex(byte),
  });
}

function checkEnd(kernel: DecoderKernel, length: number): void {
  if (kernel.coding() !== 0) {
    throw new PithError("truncated", "the text ends among codes", {
      offset: length,
      expected: "a break",
      got: "the end",
    });
  }
  checkWhole(kernel, length);
}
