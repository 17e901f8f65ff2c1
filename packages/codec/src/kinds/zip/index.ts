/**
 * ZIP archives, and what is one: JAR, APK, DOCX, XLSX, ODT, EPUB, wheels. Streams of deflate in members are opened; checksums
 * and lengths, which follow from them, are left out of the headers of members, and so are those of the directory, which says
 * all of them again.
 */
import { PithError } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import { crc32 } from "../../bytes/crc32.ts";
import { openDeflate } from "../deflate/index.ts";
import type { Found, Kind, MemberPlace, OpeningTools } from "../kind.ts";
import { HEADER, isDescribed, localHeader, METHODS, streamLengthOf, UNKNOWN } from "./headers.ts";

/** Where in a header checksum and lengths are, and where they end. */
const CHECKSUM = 14;
const NAMES = 26;
const ENCRYPTED = 1;

/** A member from its checksum on, to the end of its stream: inside are its name and its stream. */
export const zipMember: Kind<null, "zip"> = {
  id: 4,
  name: "zip",
  toNumbers: () => [],
  fromNumbers: () => null,
  close(inside, _, { deflate: { latest } }) {
    if (latest !== undefined) return withLengths(inside, latest);
    throw new PithError("invalid-field", "there is no stream in a member of a ZIP archive");
  },
};

interface Stream {
  readonly content: Uint8Array;
  readonly streamLength: number;
}

function withLengths(inside: Uint8Array, { content, streamLength }: Stream): Uint8Array {
  const lengths = new Uint8Array(NAMES - CHECKSUM);
  const view = new DataView(lengths.buffer);
  [crc32(content), streamLength, content.length].forEach((field, i) => view.setUint32(4 * i, field, true));
  return concatenate([lengths, inside]);
}

/**
 * Where the next member begins, if one begins at a place and says how long it is: content may end before that; Infinity if it
 * ends in the header.
 */
export function behindZipMember(content: Uint8Array, at: number): number | undefined {
  if (at + HEADER > content.length) return Infinity;
  const header = localHeader(content, at);
  const length = header && streamLengthOf(content, at, header);
  return header === undefined || length === undefined ? undefined : at + header.length + length;
}

/** The member whose header begins at a place; undefined where there is none that says how long it is. */
export function zipMemberAt(content: Uint8Array, at: number): MemberPlace | undefined {
  const header = localHeader(content, at);
  const length = header && streamLengthOf(content, at, header);
  if (header === undefined || length === undefined) return undefined;
  const dataStart = at + header.length;
  const isStored = header.method === METHODS.stored && (header.flags & ENCRYPTED) === 0;
  return { dataStart, dataEnd: dataStart + length, next: dataStart + length, isStored };
}

/** Opens the member whose header is at a place. @returns undefined if there is none that is deflated */
export function openZipMember(content: Uint8Array, at: number, tools: OpeningTools): Found | undefined {
  const header = localHeader(content, at);
  if (header === undefined || header.method !== METHODS.deflated || (header.flags & ENCRYPTED) !== 0) return undefined;
  const start = at + header.length;
  const isDescriptor = isDescribed(header);
  const isKnown = !isDescriptor && header.streamLength < UNKNOWN;
  const end = isKnown ? Math.min(content.length, start + header.streamLength) : content.length;
  const opened = openDeflate(content, start, { end, trailer: isDescriptor ? "zip" : "none" }, tools);
  if (opened === undefined) return undefined;
  const found = { start, opened };
  const from = at + NAMES;
  const length = start + opened.length - (at + CHECKSUM);
  const closed = withLengths(content.subarray(from, from), { content: opened.inside, streamLength: opened.length });
  if (isDescriptor || closed.some((byte, i) => byte !== content[at + CHECKSUM + i])) return found;
  const inside = content.subarray(from, start + opened.length);
  const hint = { found: { start: start - from, opened } };
  return { start: at + CHECKSUM, opened: { kind: zipMember, fields: null, length, inside, hint } };
}
