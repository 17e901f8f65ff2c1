/** Tar archives (POSIX ustar, pax, GNU): where members begin and end. Their bytes stay; what is in them is looked at apart. */
import type { Member } from "../kind.ts";

const BLOCK = 512;
const SIZE = { at: 124, length: 12 };
const CHECKSUM = { at: 148, length: 8 };
const MAGIC = Uint8Array.of(0x75, 0x73, 0x74, 0x61, 0x72);
const MAGIC_AT = 257;
const SPACE = 0x20;

/** The members of an archive from the start of content on, as far as they are whole; none if there is no archive. */
export function tarMembers(content: Uint8Array): Member[] {
  const members: Member[] = [];
  for (let at = 0; at + BLOCK <= content.length;) {
    if (!isHeader(content, at)) {
      // The end is two blocks of zeros; what follows is none of its business.
      break;
    }
    const dataStart = at + BLOCK;
    const size = octal(content, at + SIZE.at, SIZE.length);
    if (size === undefined || dataStart + size > content.length) break;
    members.push({ dataStart, dataEnd: dataStart + size });
    at = dataStart + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members;
}

/** Where the next member begins, if one begins at a place: content may end before that; Infinity if it ends in the header. */
export function behindTarMember(content: Uint8Array, at: number): number | undefined {
  if (at + BLOCK > content.length) return Infinity;
  if (!isHeader(content, at)) return undefined;
  const size = octal(content, at + SIZE.at, SIZE.length);
  return size === undefined ? undefined : at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
}

/** Bytes of the member whose header some bytes end with; undefined if they end with none. */
export function memberBehind(bytes: Uint8Array): number | undefined {
  const at = bytes.length - BLOCK;
  return at >= 0 && isHeader(bytes, at) ? octal(bytes, at + SIZE.at, SIZE.length) : undefined;
}

/** Bytes from the end of a member of so many bytes to the end of the header behind it. */
export function headerBehind(size: number): number {
  return (-size & (BLOCK - 1)) + BLOCK;
}

function isHeader(content: Uint8Array, at: number): boolean {
  if (MAGIC.some((byte, i) => content[at + MAGIC_AT + i] !== byte)) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) {
    const isChecksum = i >= CHECKSUM.at && i < CHECKSUM.at + CHECKSUM.length;
    sum += isChecksum ? SPACE : content[at + i];
  }
  return octal(content, at + CHECKSUM.at, CHECKSUM.length) === sum;
}

/** A number in octal digits, with spaces before and a space or zero behind it; undefined if it is none. */
function octal(content: Uint8Array, at: number, length: number): number | undefined {
  const text = String.fromCharCode(...content.subarray(at, at + length))
    .replace(/\0.*$/s, "")
    .trim();
  return /^[0-7]{1,11}$/.test(text) ? parseInt(text, 8) : undefined;
}
