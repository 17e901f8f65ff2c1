import { PithError } from "@pith/core";
import { checkFinalByte } from "@pith/core/bytes";
import type { DeflateKernel } from "../../generated/deflate-exports.ts";
import { giveInstance, takeInstance } from "./instance.ts";

/** A stream is hardly ever longer than its content; and never by more than this, or the choices are not an encoder's. */
const MOST_GROWTH = 1.25;
const MOST_MORE = 65_536;

/** Closes streams of RFC 1951 that a `DeflateOpener` opened, in the order in which it coded them. */
export class DeflateCloser {
  #instance: DeflateKernel | undefined;
  readonly #choices: Uint8Array;
  readonly #offset: number;
  readonly #most: number;

  /**
   * @param choices all that the opener coded
   * @param offset where they lie, for errors
   * @param most bytes of a stream
   */
  constructor(choices: Uint8Array, offset: number, most: number) {
    this.#most = most;
    this.#choices = choices;
    this.#offset = offset;
  }

  get #kernel(): DeflateKernel {
    if (this.#instance === undefined) {
      const choices = this.#choices;
      const kernel = takeInstance();
      kernel.reserve(choices.length, 0, 0);
      new Uint8Array(kernel.memory.buffer, kernel.codedAddress(), choices.length).set(choices);
      kernel.start(1, choices.length);
      this.#instance = kernel;
    }
    return this.#instance;
  }

  /** The content of the latest stream, and the bytes of that stream. */
  latest: { readonly content: Uint8Array; readonly streamLength: number } | undefined;

  /**
   * The next stream.
   *
   * @throws PithError `invalid-field` if the choices are none that an encoder makes
   */
  close(content: Uint8Array): Uint8Array {
    const kernel = this.#kernel;
    const room = Math.min(this.#most, Math.ceil(content.length * MOST_GROWTH) + MOST_MORE);
    kernel.reserve(this.#choices.length, content.length, room);
    new Uint8Array(kernel.memory.buffer, kernel.contentAddress(), content.length).set(content);
    const length = kernel.decode(content.length);
    if (length >= 0) {
      this.latest = { content, streamLength: length };
      return new Uint8Array(kernel.memory.buffer, kernel.streamAddress(), length).slice();
    }
    throw new PithError("invalid-field", "a deflate stream is closed by choices that no encoder makes", {
      offset: this.#offset,
    });
  }

  /** Checks that all choices were read, and gives the kernel back. @throws PithError `truncated`, `trailing-data` or `invalid-field` */
  end(): void {
    // Where no stream was closed, there are none.
    if (this.#choices.length === 0 && this.#instance === undefined) return;
    const kernel = this.#kernel;
    const read = kernel.codedLength();
    const offset = this.#offset;
    if (read > this.#choices.length) {
      throw new PithError("truncated", "the choices of encoders end too early", {
        offset: offset + this.#choices.length,
      });
    }
    if (read < this.#choices.length) {
      throw new PithError("trailing-data", "the choices of encoders go on after their end", { offset: offset + read });
    }
    checkFinalByte(this.#choices, kernel.codedFinalByte(), offset);
    giveInstance(kernel);
    this.#instance = undefined;
  }
}
