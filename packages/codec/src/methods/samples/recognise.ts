/** Recognises pictures and sound that stand uncompressed behind a header: BMP, PGM and PPM, TIFF, DICOM, WAV, AIFF. */
import { isShape, type SampleShape } from "../../bytes/sample-shape.ts";

/** Samples among other bytes. */
export interface FoundSamples {
  /** Where the first one stands. */
  readonly start: number;
  /** In bytes, whole rows or moments, as far as the content has them. */
  readonly length: number;
  /** Bytes that the header says. */
  readonly said: number;
  readonly shape: SampleShape;
}

type Recogniser = (view: DataView) => SaidSamples | undefined;

/** As the header has it. */
type SaidSamples = Omit<FoundSamples, "said">;

/** Fewer bytes do not teach a model enough. */
const LEAST_LENGTH = 2048;

/** What begins with certain bytes, at once or a little later. */
const RECOGNISERS: readonly (readonly [first: string, recognise: Recogniser, later?: number])[] = [
  ["BM", bitmap],
  ["P5", anymap],
  ["P6", anymap],
  ["RIFF", wave],
  ["FORM", aiff],
  ["II*\0", (view) => tiff(view, true)],
  ["MM\0*", (view) => tiff(view, false)],
  ["DICM", dicom, 128],
];

/** @returns undefined where content begins with no such header, or one of another kind */
export function recogniseSamples(bytes: Uint8Array): FoundSamples | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const [first, recognise, later = 0] of RECOGNISERS) {
    if (!isAt(view, later, first)) continue;
    const found = recognise(view);
    if (found !== undefined) return checked(found, bytes.length);
  }
  return undefined;
}

function isAt(view: DataView, at: number, text: string): boolean {
  if (at + text.length > view.byteLength) return false;
  for (let i = 0; i < text.length; i++) if (view.getUint8(at + i) !== text.charCodeAt(i)) return false;
  return true;
}

/** What there is of it, if that can be coded and is worth it. */
function checked({ start, length, shape }: SaidSamples, contentLength: number): FoundSamples | undefined {
  const there = Math.min(length, contentLength - start);
  const unit = shape.bytes * (shape.row > 0 ? shape.row : shape.channels);
  const whole = there - (there % unit);
  return isShape(shape) && there >= LEAST_LENGTH && whole > 0
    ? { start, length: whole, said: length, shape }
    : undefined;
}

const EIGHT_BITS = { bytes: 1, big: false, signed: false };

/** Windows bitmaps of 8, 24 and 32 bits, not compressed. Rows are filled up to four bytes. */
function bitmap(view: DataView): SaidSamples | undefined {
  if (34 > view.byteLength) return undefined;
  const width = view.getInt32(18, true);
  const height = Math.abs(view.getInt32(22, true));
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const isPlain = compression === 0 || (compression === 3 && bits === 32);
  if (!isPlain || ![8, 24, 32].includes(bits) || width <= 0 || height === 0) return undefined;
  const row = ((width * bits + 31) >> 5) << 2;
  return {
    start: view.getUint32(10, true),
    length: row * height,
    shape: { ...EIGHT_BITS, channels: bits >> 3, row },
  };
}

/** PGM and PPM of 8 and 16 bits. */
function anymap(view: DataView): SaidSamples | undefined {
  const head = new TextDecoder("latin1").decode(
    new Uint8Array(view.buffer, view.byteOffset, Math.min(256, view.byteLength)),
  );
  const match = /^P([56])(?:\s+|#[^\n]*\n)+(\d{1,7})(?:\s+|#[^\n]*\n)+(\d{1,7})(?:\s+|#[^\n]*\n)+(\d{1,5})\s/.exec(
    head,
  );
  if (match === null) return undefined;
  const [header, type, width, height, most] = match;
  const channels = type === "6" ? 3 : 1;
  const bytes = Number(most) > 255 ? 2 : 1;
  const row = Number(width) * channels;
  return {
    start: header.length,
    length: row * bytes * Number(height),
    shape: { bytes, big: bytes > 1, signed: false, channels, row },
  };
}

/** Sound of 8, 16 and 24 bits in WAV. */
function wave(view: DataView): SaidSamples | undefined {
  if (!isAt(view, 8, "WAVE")) return undefined;
  let shape: SampleShape | undefined;
  for (let chunk = 12; chunk + 8 <= view.byteLength;) {
    const length = view.getUint32(chunk + 4, true);
    if (isAt(view, chunk, "fmt ") && chunk + 24 <= view.byteLength) {
      const [format, channels, bits] = [8, 10, 22].map((place) => view.getUint16(chunk + place, true));
      const bytes = bits >> 3;
      const isPlain = (format === 1 || format === 0xfffe) && bits === 8 * bytes;
      if (isPlain) shape = { bytes, big: false, signed: bytes > 1, channels, row: 0 };
    }
    if (isAt(view, chunk, "data")) return shape && { start: chunk + 8, length, shape };
    chunk += 8 + length + (length & 1);
  }
  return undefined;
}

/** Sound of 8, 16 and 24 bits in AIFF. */
function aiff(view: DataView): SaidSamples | undefined {
  if (!isAt(view, 8, "AIFF")) return undefined;
  let shape: SampleShape | undefined;
  for (let chunk = 12; chunk + 8 <= view.byteLength;) {
    const length = view.getUint32(chunk + 4);
    if (isAt(view, chunk, "COMM") && chunk + 16 <= view.byteLength) {
      const bytes = (view.getUint16(chunk + 14) + 7) >> 3;
      shape = { bytes, big: bytes > 1, signed: true, channels: view.getUint16(chunk + 8), row: 0 };
    }
    if (isAt(view, chunk, "SSND") && chunk + 16 <= view.byteLength) {
      const skipped = view.getUint32(chunk + 8);
      return shape && { start: chunk + 16 + skipped, length: length - 8 - skipped, shape };
    }
    chunk += 8 + length + (length & 1);
  }
  return undefined;
}

// Tags of TIFF.
const WIDTH = 256;
const HEIGHT = 257;
const BITS = 258;
const COMPRESSION = 259;
const OFFSETS = 273;
const SAMPLES = 277;
const LENGTHS = 279;
const PLANAR = 284;
/** Bytes of the types of numbers that are read: SHORT, LONG. */
const SHORT = 3;
const LONG = 4;

/** TIFF of 8 and 16 bits, not compressed, whose strips follow each other. */
function tiff(view: DataView, little: boolean): SaidSamples | undefined {
  if (8 > view.byteLength) return undefined;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return undefined;
  const tags = new Map<number, readonly number[]>();
  const count = view.getUint16(directory, little);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.byteLength) return undefined;
    const values = numbersOf(view, entry, little);
    if (values !== undefined) tags.set(view.getUint16(entry, little), values);
  }
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const [channels, bits, offsets = [], lengths = []] = [
    one(SAMPLES, 1),
    one(BITS, 1),
    tags.get(OFFSETS),
    tags.get(LENGTHS),
  ];
  const bytes = bits >> 3;
  const isPlain = one(COMPRESSION, 1) === 1 && one(PLANAR, 1) === 1 && (bits === 8 || bits === 16);
  const follow = offsets.every((offset, i) => i === 0 || offset === offsets[i - 1] + lengths[i - 1]);
  if (!isPlain || !follow || offsets.length === 0 || lengths.length !== offsets.length) return undefined;
  const row = one(WIDTH, 0) * channels;
  return {
    start: offsets[0],
    length: Math.min(
      row * bytes * one(HEIGHT, 0),
      offsets[offsets.length - 1] + lengths[lengths.length - 1] - offsets[0],
    ),
    shape: { bytes, big: bytes > 1 && !little, signed: false, channels, row },
  };
}

/** Strips that are read at most. */
const MOST_NUMBERS = 65_536;

function numbersOf(view: DataView, entry: number, little: boolean): readonly number[] | undefined {
  const type = view.getUint16(entry + 2, little);
  const count = view.getUint32(entry + 4, little);
  const size = type === SHORT ? 2 : type === LONG ? 4 : 0;
  if (size === 0 || count === 0 || count > MOST_NUMBERS) return undefined;
  const place = size * count <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
  if (place + size * count > view.byteLength) return undefined;
  return Array.from({ length: count }, (_, i) =>
    size === 2 ? view.getUint16(place + 2 * i, little) : view.getUint32(place + 4 * i, little),
  );
}

// Elements of DICOM, by group and number.
const CHANNELS = 0x00280002;
const ROWS = 0x00280010;
const COLUMNS = 0x00280011;
const ALLOCATED = 0x00280100;
const REPRESENTATION = 0x00280103;
const PIXELS = 0x7fe00010;
const ITEM = 0xfffe;
/** Types of values whose length has four bytes, two bytes later. */
const LONG_TYPES = new Set(["OB", "OW", "OF", "OD", "SQ", "UT", "UN"]);
const UNKNOWN_LENGTH = 0xffffffff;

/** Pictures of DICOM that are not compressed, lower bytes first. Elements of items are read as if they were none. */
function dicom(view: DataView): SaidSamples | undefined {
  const numbers = new Map<number, number>();
  for (let at = 132; at + 12 <= view.byteLength;) {
    const group = view.getUint16(at, true);
    const tag = group * 65_536 + view.getUint16(at + 2, true);
    const type = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
    const isTyped = group !== ITEM && /^[A-Z]{2}$/.test(type);
    const isLong = isTyped && LONG_TYPES.has(type);
    const length = isLong
      ? view.getUint32(at + 8, true)
      : isTyped
        ? view.getUint16(at + 6, true)
        : view.getUint32(at + 4, true);
    at += isLong ? 12 : 8;
    if (tag === PIXELS) return length === UNKNOWN_LENGTH ? undefined : picture(numbers, at, length);
    // What is in sequences and items is read as it comes.
    if (group === ITEM || type === "SQ" || length === UNKNOWN_LENGTH) continue;
    if (length === 2 && at + 2 <= view.byteLength) numbers.set(tag, view.getUint16(at, true));
    at += length;
  }
  return undefined;
}

function picture(numbers: ReadonlyMap<number, number>, start: number, length: number): SaidSamples | undefined {
  const number = (tag: number, otherwise = 0): number => numbers.get(tag) ?? otherwise;
  const bytes = number(ALLOCATED) >> 3;
  const channels = number(CHANNELS, 1);
  if ((bytes !== 1 && bytes !== 2) || number(ROWS) === 0) return undefined;
  const shape = { bytes, big: false, signed: number(REPRESENTATION) === 1, channels, row: number(COLUMNS) * channels };
  return { start, length, shape };
}
