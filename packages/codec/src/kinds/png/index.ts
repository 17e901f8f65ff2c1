/**
 * The image data of PNG: a stream of zlib in chunks. Inside are the rows of pixels. Chunks of any length, before and
 * behind them whatever there is; CRCs that are wrong leave the image as it is.
 */
import { PithError } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import { crc32 } from "../../bytes/crc32.ts";
import { openZlib } from "../deflate/index.ts";
import type { Found, Hint, Kind, Opened } from "../kind.ts";
import { openRows } from "../rows/index.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const IDAT = Uint8Array.of(0x49, 0x44, 0x41, 0x54);
/** Bytes of a chunk beside its data: length, type, CRC. */
const AROUND = 12;
const HEADER_CHUNK = 13;

interface ChunkFields {
  /** Bytes of data of all chunks but the last. */
  readonly usual: number;
  /** Of the last. */
  readonly last: number;
  /** Those that have another length, by their number. */
  readonly others: readonly (readonly [number: number, length: number])[];
}

export const png: Kind<ChunkFields, "png"> = {
  id: 2,
  name: "png",
  toNumbers: ({ usual, last, others }) => [usual, last, others.length, ...others.flat()],
  fromNumbers(next) {
    const [usual, last, count] = [next(), next(), next()];
    const others: [number, number][] = [];
    for (let i = 0; i < count; i++) others.push([next(), next()]);
    return { usual, last, others };
  },
  close(inside, { usual, last, others }) {
    const pieces: Uint8Array[] = [];
    const lengths = new Map(others);
    for (let at = 0, number = 0; at < inside.length; number++) {
      const left = inside.length - at;
      const length = left === last && lengths.get(number) === undefined ? last : (lengths.get(number) ?? usual);
      if (length > left || length < 1) {
        throw new PithError("invalid-field", "chunks of an image have other lengths than its data", {
          expected: left,
          got: length,
        });
      }
      pieces.push(chunk(inside.subarray(at, at + length)));
      at += length;
    }
    return concatenate(pieces);
  },
};

function chunk(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + AROUND);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(IDAT, 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Opens the data of an image that begins at a place. @returns undefined if there is none */
export function openPng(content: Uint8Array, at: number): Found | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  if (SIGNATURE.some((byte, i) => content[at + i] !== byte)) return undefined;
  let place = at + SIGNATURE.length;
  const header = place + 8;
  if (header + HEADER_CHUNK > content.length) return undefined;
  while (place + AROUND <= content.length && !isData(content, place)) place += view.getUint32(place) + AROUND;
  const start = place;
  const data: Uint8Array[] = [];
  while (place + AROUND <= content.length && isData(content, place)) {
    const length = view.getUint32(place);
    const end = place + 8 + length;
    if (end + 4 > content.length || length === 0 || crc32(content.subarray(place + 4, end)) !== view.getUint32(end))
      break;
    data.push(content.subarray(place + 8, end));
    place = end + 4;
  }
  if (data.length === 0) return undefined;
  const opened: Opened<ChunkFields> = {
    kind: png,
    fields: fieldsOf(data.map(({ length }) => length)),
    length: place - start,
    inside: concatenate(data),
    hint: { opens: openerOfRows(content.subarray(header, header + HEADER_CHUNK)) },
  };
  return { start, opened };
}

function isData(content: Uint8Array, at: number): boolean {
  return IDAT.every((byte, i) => content[at + 4 + i] === byte);
}

function fieldsOf(lengths: readonly number[]): ChunkFields {
  const [usual] = lengths;
  const last = lengths[lengths.length - 1];
  const others = lengths
    .map((length, number) => [number, length] as const)
    .filter(([number, length]) => length !== usual && number < lengths.length - 1);
  return { usual, last, others };
}

/** Samples of a pixel, by colour type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** How what is in the chunks is opened: as a stream with rows of pixels in it. */
function openerOfRows(header: Uint8Array): Hint["opens"] {
  const width = new DataView(header.buffer, header.byteOffset).getUint32(0);
  const [depth, colour, , , interlaced] = header.subarray(8);
  const bits = (SAMPLES[colour] ?? 0) * depth;
  const rows = bits > 0 && interlaced === 0 && width > 0 && width < 2 ** 24;
  const shape = { rowLength: Math.ceil((width * bits) / 8), pixelLength: Math.max(1, bits >> 3) };
  const bytes = depth === 16 ? 2 : 1;
  const channels = depth < 8 ? 1 : (SAMPLES[colour] ?? 1);
  const samples = { bytes, big: bytes > 1, signed: false, channels, row: shape.rowLength / bytes };
  const hint = rows ? { opens: (pixels: Uint8Array) => openRows(pixels, shape, samples) } : undefined;
  return (content, tools) => openZlib(content, 0, tools, { hint });
}
