/** Text as UTF-8 (RFC 3629), with the place of what is none. */
import { PithError } from "@pith/core";

/**
 * A text as UTF-8.
 *
 * @throws PithError `invalid-field` at a lone surrogate; its offset is in UTF-16 units
 */
export function utf8Of(text: string): Uint8Array {
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone === null) return new TextEncoder().encode(text);
  throw new PithError("invalid-field", "a text has half of a surrogate pair", {
    offset: lone.index,
    expected: "Unicode",
    got: `U+${lone[0].charCodeAt(0).toString(16).toUpperCase()}`,
  });
}

/** @throws PithError `invalid-field` or `truncated` at the first byte that cannot be in UTF-8 */
export function checkUtf8(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes[at]);
    if (length === 0) throw notUtf8(bytes, at);
    for (let i = 1; i < length; i++) {
      if (at + i === bytes.length) {
        throw new PithError("truncated", "a text ends within a character", { offset: bytes.length });
      }
      const [least, most] = i === 1 ? secondByte(bytes[at]) : CONTINUATION;
      if (bytes[at + i] < least || bytes[at + i] > most) throw notUtf8(bytes, at + i);
    }
    at += length;
  }
}

const CONTINUATION = [0x80, 0xbf] as const;

/** Bytes of the character that a byte begins; 0 if it begins none. */
function characterLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** Range of the byte after this one: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
function secondByte(first: number): readonly [number, number] {
  const [least, most] = CONTINUATION;
  if (first === 0xe0) return [0xa0, most];
  if (first === 0xed) return [least, 0x9f];
  if (first === 0xf0) return [0x90, most];
  if (first === 0xf4) return [least, 0x8f];
  return CONTINUATION;
}

function notUtf8(bytes: Uint8Array, offset: number): PithError {
  return new PithError("invalid-field", "a text is not UTF-8", {
    offset,
    expected: "UTF-8",
    got: `0x${bytes[offset].toString(16).padStart(2, "0")}`,
  });
}
