import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";

/** Bytes of the longest number, of 53 bits. */
const MOST_BYTES = 8;

/** Seven bits a byte, least significant first. @param value 0 to 2^53 − 1 */
export function putNumber(writer: ByteWriter, value: number): void {
  for (; value >= 0x80; value = Math.floor(value / 0x80)) writer.byte((value % 0x80) | 0x80);
  writer.byte(value);
}

/** @throws PithError `invalid-field` above 53 bits, `truncated` where the bytes end too early */
export function takeNumber(reader: ByteReader, name: string): number {
  const { offset } = reader;
  let value = 0;
  let scale = 1;
  for (let count = 0; count < MOST_BYTES; count++) {
    const byte = reader.byte();
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte < 0x80 && Number.isSafeInteger(value)) return value;
  }
  throw new PithError("invalid-field", `${name} is too large`, { offset, expected: "at most 2^53 − 1" });
}

/** 0, −1, 1, −2, … as 0, 1, 2, 3, … */
export function putSigned(writer: ByteWriter, value: number): void {
  putNumber(writer, value < 0 ? -2 * value - 1 : 2 * value);
}

/** @throws PithError */
export function takeSigned(reader: ByteReader, name: string): number {
  const value = takeNumber(reader, name);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
