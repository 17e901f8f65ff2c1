/** The header of a member of a tar archive (POSIX ustar and pax, GNU): where its fields are, and how numbers stand in it. */

/** Bytes of a header; what follows is filled up to a multiple of it. */
export const TAR_BLOCK = 512;

/** Places and lengths of fields, in bytes. */
export const TAR = {
  name: { at: 0, length: 100 },
  mode: { at: 100, length: 8 },
  uid: { at: 108, length: 8 },
  gid: { at: 116, length: 8 },
  size: { at: 124, length: 12 },
  mtime: { at: 136, length: 12 },
  checksum: { at: 148, length: 8 },
  type: { at: 156, length: 1 },
  link: { at: 157, length: 100 },
  magic: { at: 257, length: 6 },
  version: { at: 263, length: 2 },
  majorDevice: { at: 329, length: 8 },
  minorDevice: { at: 337, length: 8 },
  prefix: { at: 345, length: 155 },
} as const;

const MAGIC = Uint8Array.of(0x75, 0x73, 0x74, 0x61, 0x72);
const SPACE = 0x20;

/** Whether the header at a place says of itself that it is one of POSIX or GNU. */
export function hasTarMagic(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, i) => bytes[at + TAR.magic.at + i] === byte);
}

/** Whether the block at a place has the checksum that its bytes come to. */
export function hasTarChecksum(bytes: Uint8Array, at: number): boolean {
  return tarNumber(bytes, at + TAR.checksum.at, TAR.checksum.length) === tarChecksum(bytes, at);
}

/** What the bytes of the block at a place add up to, with spaces for the checksum. */
export function tarChecksum(bytes: Uint8Array, at: number): number {
  let sum = TAR.checksum.length * SPACE;
  for (let i = 0; i < TAR_BLOCK; i++) {
    if (i < TAR.checksum.at || i >= TAR.checksum.at + TAR.checksum.length) sum += bytes[at + i];
  }
  return sum;
}

/**
 * A number: in octal digits, with spaces before and a space or zero behind it; or, where the first bit is set, in binary, the
 * most significant byte first, as GNU has it for what is too large or negative.
 *
 * @returns undefined if it is none, or beyond 2^53
 */
export function tarNumber(bytes: Uint8Array, at: number, length: number): number | undefined {
  if (bytes[at] >= 0x80) return binary(bytes, at, length);
  let end = at;
  while (end < at + length && bytes[end] !== 0) end++;
  const text = String.fromCharCode(...bytes.subarray(at, end)).trim();
  return /^[0-7]{1,11}$/.test(text) ? parseInt(text, 8) : undefined;
}

/** In two's complement, of which the first bit is only a mark. */
function binary(bytes: Uint8Array, at: number, length: number): number | undefined {
  const isNegative = (bytes[at] & 0x40) !== 0;
  let value = isNegative ? bytes[at] - 256 : bytes[at] & 0x7f;
  for (let i = 1; i < length; i++) {
    value = value * 256 + bytes[at + i];
    if (!Number.isSafeInteger(value)) return undefined;
  }
  return value;
}
