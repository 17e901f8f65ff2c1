/**
 * Sparse files, as GNU tar writes them: what is between their holes, one stretch behind the other, and where each belongs. In the old
 * way the map is in the header and in blocks behind it; by pax it is in a record (0.1) or in front of the content (1.0).
 */

import { PithError } from "@pith/core";
import { nameOfBytes } from "@pith/core/bytes";
import { TAR, TAR_BLOCK, tarNumber } from "@pith/core/tar";
import type { ChunkReader } from "./chunk-reader.ts";
import type { Records } from "./fields.ts";

/** Bytes that are there, and where they belong in the file. */
interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** A file with holes. */
export interface Sparse {
  /** Bytes of the file. */
  readonly size: number;
  /** Undefined: they stand in front of the content. */
  readonly stretches: readonly Stretch[] | undefined;
}

/** Header of the old way: the type, where the map is, how many there are, and what says that another block follows. */
const OLD = { type: "S", map: 386, inHeader: 4, extended: 482, size: 483, field: 12 } as const;
const BLOCK = { entries: 21, extended: 504 } as const;
const MOST_STRETCHES = 2 ** 20;
/** Bytes of the largest file that common systems have. */
const MOST_SIZE = 2 ** 43;
/** A line of a map. */
const MOST_DIGITS = 16;
const NEWLINE = 0x0a;
const ZEROS = new Uint8Array(2 ** 20);

/**
 * Whether a file is sparse, and how; of the old way, reads the blocks behind its header.
 *
 * @returns undefined if it is not; "unknown" if it is in a way that is not known, such as that of pax 0.0
 * @throws PithError `invalid-field`
 */
export async function sparseOf(
  header: Uint8Array,
  records: Records,
  reader: ChunkReader,
): Promise<Sparse | "unknown" | undefined> {
  const { offset } = reader;
  if (String.fromCharCode(header[TAR.type.at]) === OLD.type) return await oldSparse(header, reader);
  if (![...records.keys()].some((key) => key.startsWith("GNU.sparse."))) return undefined;
  const text = (key: string): string => nameOfBytes(records.get(`GNU.sparse.${key}`) ?? new Uint8Array(0));
  if (text("major") === "1" && text("minor") === "0") {
    return { size: sizeOf(text("realsize"), offset), stretches: undefined };
  }
  if (text("map") === "") return "unknown";
  const numbers = text("map").split(",");
  if (numbers.length % 2 !== 0) throw invalid("the map of a sparse file is none", offset);
  const stretches: Stretch[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    stretches.push({ offset: sizeOf(numbers[i], offset), length: sizeOf(numbers[i + 1], offset) });
  }
  return { size: sizeOf(text("size"), offset), stretches };
}

/**
 * The content of a sparse file, holes as zeros.
 *
 * @param end of what is stored
 * @throws PithError `invalid-field` if the map does not fit what is stored
 */
export async function* sparseContent(
  reader: ChunkReader,
  end: number,
  { size, stretches: known }: Sparse,
): AsyncGenerator<Uint8Array, void> {
  const { offset } = reader;
  const stretches = known ?? (await mapInFront(reader, end));
  let [at, stored] = [0, 0];
  for (const stretch of stretches) {
    if (stretch.offset < at || stretch.offset + stretch.length > size) {
      throw invalid("the map of a sparse file overlaps, or goes beyond the file", offset, size);
    }
    at = stretch.offset + stretch.length;
    stored += stretch.length;
  }
  if (stored !== end - reader.offset) {
    throw invalid("the map of a sparse file does not fit what is stored", offset, end - reader.offset, stored);
  }
  at = 0;
  for (const stretch of stretches) {
    yield* zeros(stretch.offset - at);
    yield* reader.pieces(stretch.length);
    at = stretch.offset + stretch.length;
  }
  yield* zeros(size - at);
}

async function oldSparse(header: Uint8Array, reader: ChunkReader): Promise<Sparse> {
  const { offset } = reader;
  const size = tarNumber(header, OLD.size, OLD.field);
  if (size === undefined || size < 0 || size > MOST_SIZE) throw invalid("a sparse file has a wrong size", offset);
  const stretches: Stretch[] = [];
  take(header, OLD.map, OLD.inHeader, stretches, offset);
  let isExtended = header[OLD.extended] !== 0;
  while (isExtended) {
    const block = await reader.take(TAR_BLOCK);
    take(block, 0, BLOCK.entries, stretches, offset);
    isExtended = block[BLOCK.extended] !== 0;
    if (stretches.length > MOST_STRETCHES) throw tooMany(offset, stretches.length);
  }
  return { size, stretches };
}

/** Entries of a map; those that are empty end it. */
function take(block: Uint8Array, at: number, count: number, stretches: Stretch[], offset: number): void {
  for (let entry = 0; entry < count; entry++) {
    const place = at + entry * 2 * OLD.field;
    if (block[place] === 0) return;
    const [start, length] = [0, OLD.field].map((more) => tarNumber(block, place + more, OLD.field));
    if (start === undefined || length === undefined || start < 0 || length < 0) {
      throw invalid("the map of a sparse file is none", offset);
    }
    stretches.push({ offset: start, length });
  }
}

/** Numbers, a line each, filled up to whole blocks: how many stretches there are, then place and length of each. */
async function mapInFront(reader: ChunkReader, end: number): Promise<Stretch[]> {
  const { offset } = reader;
  let block = new Uint8Array(0);
  let at = 0;
  const next = async (): Promise<number> => {
    let digits = "";
    while (digits.length <= MOST_DIGITS) {
      if (at === block.length) {
        if (end - reader.offset < TAR_BLOCK) throw invalid("the map of a sparse file does not end", offset);
        block = (await reader.take(TAR_BLOCK)).slice();
        at = 0;
      }
      const byte = block[at++];
      if (byte === NEWLINE) return sizeOf(digits, offset);
      digits += String.fromCharCode(byte);
    }
    throw invalid("the map of a sparse file is none", offset);
  };
  const count = await next();
  if (count > MOST_STRETCHES) throw tooMany(offset, count);
  const stretches: Stretch[] = [];
  for (let i = 0; i < count; i++) stretches.push({ offset: await next(), length: await next() });
  return stretches;
}

function* zeros(length: number): Generator<Uint8Array, void> {
  for (let left = length; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
}

/** @throws PithError for what is no number, or larger than any file */
function sizeOf(text: string, offset: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (value <= MOST_SIZE) return value;
  throw new PithError("invalid-field", "a number of a sparse file is none, or too large", {
    offset,
    expected: `0 to ${MOST_SIZE}`,
    got: text.slice(0, 40),
  });
}

function tooMany(offset: number, got: number): PithError {
  return invalid("a sparse file has too many stretches", offset, `at most ${MOST_STRETCHES}`, got);
}

function invalid(problem: string, offset: number, expected?: string | number, got?: number): PithError {
  return new PithError("invalid-field", problem, { offset, expected, got });
}
