/** A text of known length under a model: what a file of a prior holds. */
import { PithError } from "@pith/core";
import type { Model } from "./model.ts";

/** @returns the coded bytes; the model knows the text then */
export function encodeText(model: Model, text: Uint8Array): Uint8Array<ArrayBuffer> {
  const { kernel } = model;
  kernel.startInterval();
  const coded: number[] = [];
  for (const byte of text) {
    kernel.encodeByte(byte);
    coded.push(...model.agreed());
  }
  // Both ends differ in their first byte: that of the lower one, plus one, with zeros behind it lies between them.
  const low = kernel.lowEnd() >>> 0;
  if (low !== 0) coded.push((low >>> 24) + 1);
  return Uint8Array.from(coded);
}

/**
 * @param length bytes of the text
 * @param offset of the coded bytes in their file, for errors
 * @returns the text, which the model knows then
 * @throws PithError `truncated` or `trailing-data` if the coded bytes do not end with the text
 */
export function decodeText(model: Model, coded: Uint8Array, length: number, offset: number): Uint8Array {
  const { kernel } = model;
  model.startDecoding(coded);
  const text = new Uint8Array(length);
  let used = 0;
  for (let i = 0; i < length; i++) {
    text[i] = kernel.decodeByte();
    used += kernel.agreedLength();
    if (used > coded.length) break;
  }
  const expected = used + (kernel.lowEnd() === 0 ? 0 : 1);
  if (expected === coded.length) return text;
  const details = { offset: offset + Math.min(expected, coded.length), expected, got: coded.length };
  if (expected > coded.length) throw new PithError("truncated", "a prior ends before its text does", details);
  throw new PithError("trailing-data", "a prior goes on behind its text", details);
}
