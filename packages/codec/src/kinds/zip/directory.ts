/**
 * The directory of a ZIP archive says of each member again what its header says, and where that is. Inside is what is left
 * where all that follows from the members themselves is taken out.
 */
import { PithError } from "@pith/core";
import { ByteWriter } from "@pith/core/bytes";
import type { Found, Kind, Opened } from "../kind.ts";
import { isDescribed, localHeader } from "./headers.ts";

const SIGNATURE = 0x02014b50;
/** What follows the directory. */
const END_SIGNATURE = 0x06054b50;
/** Bytes of an entry before its name, and the fields in it. */
const ENTRY = 46;
const FLAGS = 8;
const LENGTHS = 16;
const STREAM_LENGTH = 20;
const NAMES = 28;
const PLACE = 42;
/** Of an entry inside: what comes before the lengths, and from there to the place; a stream's length where headers lack it. */
const BEFORE = LENGTHS;
const BETWEEN = PLACE - NAMES;

interface DirectoryFields {
  /** Bytes before the directory at which the first member begins. */
  readonly distance: number;
}

export const zipDirectory: Kind<DirectoryFields, "zip directory"> = {
  id: 5,
  name: "zip directory",
  toNumbers: ({ distance }) => [distance],
  fromNumbers: (next) => ({ distance: next() }),
  close: (inside, { distance }, { before }) => withMembers(inside, distance, before),
};

/** The directory, with all that its members say. */
function withMembers(inside: Uint8Array, distance: number, before: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  const base = before.length - distance;
  let place = base;
  for (let at = 0; at < inside.length;) {
    const isKept = at + BEFORE + BETWEEN <= inside.length && isDescribed({ flags: inside[at + FLAGS] });
    const head = at + BEFORE + (isKept ? 4 : 0);
    if (head + BETWEEN > inside.length) throw broken();
    const kept = isKept ? uint32(inside, at + BEFORE) : undefined;
    const member = memberAt(before, place, kept);
    const names = inside[head] + inside[head + 1] * 256 + inside[head + 2] + inside[head + 3] * 256;
    const end = head + BETWEEN + names + inside[head + 4] + inside[head + 5] * 256;
    if (member === undefined || end > inside.length) throw broken();
    writer.bytes(inside.subarray(at, at + BEFORE));
    for (const field of [member.checksum, member.streamLength, member.contentLength]) writer.uint32(field);
    writer.bytes(inside.subarray(head, head + BETWEEN));
    writer.uint32(place - base);
    writer.bytes(inside.subarray(head + BETWEEN, end));
    place = member.end;
    at = end;
  }
  return writer.finish();
}

function broken(): PithError {
  return new PithError("invalid-field", "the directory of a ZIP archive does not fit its members");
}

/** What a member's header, or what follows the member, says of it. */
function memberAt(
  content: Uint8Array,
  at: number,
  streamLength: number | undefined,
): { checksum: number; streamLength: number; contentLength: number; end: number } | undefined {
  const header = localHeader(content, at);
  if (header === undefined) return undefined;
  const length = streamLength ?? header.streamLength;
  const end = at + header.length + length;
  if (end > content.length) return undefined;
  if (streamLength === undefined) return { ...header, end };
  // With or without a signature: with, here.
  if (end + 16 > content.length) return undefined;
  const [checksum, contentLength] = [uint32(content, end + 4), uint32(content, end + 12)];
  return { checksum, streamLength, contentLength, end: end + 16 };
}

function uint32(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

/** Opens the directory that begins at a place. @returns undefined if there is none, or if it does not fit its members */
export function openZipDirectory(content: Uint8Array, at: number): Found | undefined {
  const inside = new ByteWriter();
  let end = at;
  for (let next = endOfEntry(content, end); next !== undefined; next = endOfEntry(content, end)) {
    inside.bytes(content.subarray(end, end + LENGTHS));
    if (isDescribed({ flags: content[end + FLAGS] }))
      inside.bytes(content.subarray(end + STREAM_LENGTH, end + STREAM_LENGTH + 4));
    inside.bytes(content.subarray(end + NAMES, end + PLACE));
    inside.bytes(content.subarray(end + ENTRY, next));
    end = next;
  }
  // What follows says where the directory begins, counted from the first member.
  const isEnd = end + 20 <= content.length && uint32(content, end) === END_SIGNATURE;
  const distance = isEnd ? uint32(content, end + 16) : at;
  if (end === at || distance > at) return undefined;
  const opened = { kind: zipDirectory, fields: { distance }, length: end - at, inside: inside.finish() };
  return isRight(content, at, opened) ? { start: at, opened } : undefined;
}

/** Where the entry at a place ends; undefined if there is none. */
function endOfEntry(content: Uint8Array, at: number): number | undefined {
  if (at + ENTRY > content.length || uint32(content, at) !== SIGNATURE) return undefined;
  let end = at + ENTRY;
  for (const field of [NAMES, NAMES + 2, NAMES + 4]) end += content[at + field] + content[at + field + 1] * 256;
  return end <= content.length ? end : undefined;
}

function isRight(content: Uint8Array, at: number, { fields, inside, length }: Opened<DirectoryFields>): boolean {
  try {
    const closed = withMembers(inside, fields.distance, content.subarray(0, at));
    return closed.length === length && closed.every((byte, i) => byte === content[at + i]);
  } catch (error) {
    if (error instanceof PithError) return false;
    throw error;
  }
}
