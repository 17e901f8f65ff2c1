/**
 * Streams of deflate (RFC 1951), wherever they stand: behind the header of gzip (RFC 1952) or zlib (RFC 1950), which
 * PDF, git, SWF, WOFF, HDF5 and many others have, and in members of ZIP.
 */
import { adler32 } from "../../bytes/adler32.ts";
import { crc32 } from "../../bytes/crc32.ts";
import { PithError } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import type { Found, Hint, Kind, Opened, OpeningTools } from "../kind.ts";

/** The checksum that follows the stream, where it is right. */
const TRAILERS = ["none", "zlib", "gzip", "zip"] as const;
type Trailer = (typeof TRAILERS)[number];

/** What ZIP's lengths begin with, where they follow a member. */
const DESCRIPTOR = 0x08074b50;

interface DeflateFields {
  readonly trailer: Trailer;
}

export const deflate: Kind<DeflateFields, "deflate"> = {
  id: 1,
  name: "deflate",
  toNumbers: ({ trailer }) => [TRAILERS.indexOf(trailer)],
  fromNumbers(next) {
    const number = next();
    if (number < TRAILERS.length) return { trailer: TRAILERS[number] };
    throw new PithError("invalid-field", "a stream of deflate ends in no such way", { got: number });
  },
  close(inside, { trailer }, { deflate: closer }) {
    const stream = closer.close(inside);
    if (trailer === "none") return stream;
    const ending = trailerOf(inside, stream.length, trailer);
    return concatenate([stream, ending]);
  },
};

/** What follows a stream of so many bytes. */
function trailerOf(content: Uint8Array, length: number, trailer: Trailer): Uint8Array {
  if (trailer === "none") return new Uint8Array(0);
  if (trailer === "zlib") {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, adler32(content));
    return bytes;
  }
  const fields = [crc32(content), content.length];
  if (trailer === "zip") fields.splice(0, 1, DESCRIPTOR, fields[0], length);
  const bytes = new Uint8Array(4 * fields.length);
  const view = new DataView(bytes.buffer);
  fields.forEach((field, i) => view.setUint32(4 * i, field, true));
  return bytes;
}

/** What is known of a stream before it is read. */
interface Expected {
  /** Of what may belong to it. */
  readonly end: number;
  readonly trailer: Trailer;
  readonly windowBits?: number;
  readonly hint?: Hint | undefined;
}

/** Opens the stream at a place. @returns undefined if there is none */
export function openDeflate(
  content: Uint8Array,
  at: number,
  { end, trailer, windowBits, hint }: Expected,
  { deflate: opener, room }: OpeningTools,
): Opened<DeflateFields> | undefined {
  const found = opener.read(content, at, end, room, windowBits);
  if (found === undefined) return undefined;
  const { length, content: inside, settings } = found;
  const ending = trailerOf(inside, length, trailer);
  const isRight = ending.every((byte, i) => content[at + length + i] === byte) && at + length + ending.length <= end;
  return {
    kind: deflate,
    fields: { trailer: isRight ? trailer : "none" },
    length: isRight ? length + ending.length : length,
    inside,
    hint,
    // Where the stream goes on, the last of its blocks that are opened may end within the next byte.
    encode: () => opener.encode(content.subarray(at, Math.min(end, at + length + 1)), inside.length, settings),
  };
}

/** Opens a gzip member at a place, from behind its header on. @returns undefined if there is none */
export function openGzip(content: Uint8Array, at: number, tools: OpeningTools): Found | undefined {
  const start = endOfGzipHeader(content, at);
  if (start === undefined) return undefined;
  const opened = openDeflate(content, start, { end: content.length, trailer: "gzip" }, tools);
  return opened && { start, opened };
}

/** Opens a stream with zlib's header at a place. @returns undefined if there is none */
export function openZlib(
  content: Uint8Array,
  at: number,
  tools: OpeningTools,
  known: { readonly end?: number; readonly hint?: Hint | undefined } = {},
): Found | undefined {
  const { end = content.length, hint } = known;
  if (at + 2 > end || !isZlibHeader(content[at], content[at + 1])) return undefined;
  const windowBits = Math.max(9, (content[at] >> 4) + 8);
  const opened = openDeflate(content, at + 2, { end, trailer: "zlib", windowBits, hint }, tools);
  return opened && { start: at + 2, opened };
}

/** The method deflate, a window that exists, no dictionary, and a sum that 31 divides. */
function isZlibHeader(method: number, flags: number): boolean {
  return (method & 15) === 8 && method < 0x80 && (flags & 0x20) === 0 && ((method << 8) | flags) % 31 === 0;
}

const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const HEADER_CHECK = 2;

/** Whether a member of gzip begins at a place. */
export function isGzip(content: Uint8Array, at: number): boolean {
  return content[at] === 0x1f && content[at + 1] === 0x8b && content[at + 2] === 8 && content[at + 3] <= 31;
}

function endOfGzipHeader(content: Uint8Array, at: number): number | undefined {
  const flags = content[at + 3];
  let end = at + 10;
  if (!isGzip(content, at)) return undefined;
  if ((flags & EXTRA) !== 0) end += 2 + (content[end] | (content[end + 1] << 8));
  for (const text of [NAME, COMMENT]) {
    if ((flags & text) === 0) continue;
    const zero = content.indexOf(0, end);
    if (zero < 0) return undefined;
    end = zero + 1;
  }
  if ((flags & HEADER_CHECK) !== 0) end += 2;
  return end < content.length ? end : undefined;
}
