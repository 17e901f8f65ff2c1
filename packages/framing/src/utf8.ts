/** What is said of text that is not well-formed. */
import { PithError } from "@pith/core";
import type { EncoderKernel } from "./generated/encoder-exports.ts";

/** Where a kernel's check of UTF-8 stands. */
type Utf8State = Pick<EncoderKernel, "missingBytes" | "leastByte" | "mostByte">;

/** The error for a byte that may not come where it does. */
export function notUtf8(state: Utf8State, offset: number, byte: number): PithError {
  const expected =
    state.missingBytes() === 0
      ? "the first byte of a character, 0x00 to 0x7f or 0xc2 to 0xf4"
      : `${hex(state.leastByte())} to ${hex(state.mostByte())} within a character`;
  return new PithError("invalid-field", "not UTF-8", { offset, expected, got: hex(byte) });
}

/** @throws PithError `truncated` if the text ends within a character */
export function checkWhole(state: Utf8State, length: number): void {
  const missing = state.missingBytes();
  if (missing > 0) {
    const expected = missing === 1 ? "one more byte" : `${missing} more bytes`;
    throw new PithError("truncated", "the text ends within a character", { offset: length, expected, got: "the end" });
  }
}

/**
 * The UTF-8 of a text.
 *
 * @throws PithError `invalid-field` for a surrogate without its other half; the offset is in bytes of UTF-8
 */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone !== null) {
    const offset = new TextEncoder().encode(text.slice(0, lone.index)).length;
    throw new PithError("invalid-field", `lone surrogate, place ${lone.index} of the text,`, {
      offset,
      expected: "a character",
      got: `U+${lone[0].charCodeAt(0).toString(16).toUpperCase()}`,
    });
  }
  return new TextEncoder().encode(text);
}

export function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
