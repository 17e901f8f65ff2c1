/**
 * The method `dna`: nucleotide sequences. Bases go through a model of their own, two binary decisions each; whatever
 * else a file has (line lengths, case, other letters, headers) is kept apart and coded small. Any bytes come back
 * exactly.
 *
 * Payload: a byte of flags. If it says so, two streams follow, each behind its length: that of the numbers, and that
 * of the headers, a payload of the method `mix`. Then the coded bases, to the end.
 */
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { shifted } from "@pith/core/steps";
import { KERNELS } from "../../generated/kernels.ts";
import type { Method, TableOptions } from "../method.ts";
import { mix, type MixParameters } from "../mix/index.ts";
import { MODELS } from "../mix/models.ts";
import { decodeBases, encodeBases } from "./bases.ts";
import { countLines, isLetter, joinDna, joinedLength } from "./join.ts";
import { kernelMemory, LEAST_TABLE_BITS, MOST_TABLE_BITS, tableBitsFor } from "./levels.ts";
import { LF, type DnaParts } from "./parts.ts";
import { decodeSide, encodeSide } from "./side.ts";
import { splitDna } from "./split.ts";

/** What a block of this method says of its model. */
export interface DnaParameters {
  /** Log2 of the contexts of a table: 10 to 24. */
  readonly tableBits: number;
}

// Flags.
const CRLF = 1;
const TERMINATED = 2;
const LOWER_FIRST = 4;
/** The two streams are there; without them, the block is one line of bases of one case. */
const STREAMS = 8;
/** The block is hardly DNA: all of it is a payload of the method `mix`. */
const TEXT = 16;
const ALL_FLAGS = 31;

/** Bytes of the host's memory for each byte of a block: input, bases, residues, numbers and output. */
const HOST_MEMORY_PER_BYTE = 4;

/** The text model for headers, and for blocks that are hardly DNA. It and its parameters are part of the format. */
const TEXT_MODEL = 1;

function textParameters(length: number): MixParameters {
  const filled = 32 - Math.clz32(length) + 5;
  return { model: TEXT_MODEL, tableBits: Math.max(10, Math.min(16, filled)), words: false, x64: false };
}

function memory({ tableBits }: DnaParameters, length: number): number {
  return kernelMemory(length, tableBits) + mix.memory(textParameters(length), 0) + HOST_MEMORY_PER_BYTE * length;
}

/** Nucleotide sequences in FASTA or bare, by a model of bases. */
export const dna: Method<DnaParameters, "dna"> = {
  id: 2,
  name: "dna",
  kind: () => "dna",
  kernels: () => [KERNELS.dna, MODELS[TEXT_MODEL].kernel],
  choose: ({ length }, level, options?: TableOptions) => ({ tableBits: tableBitsFor(length, level, options) }),
  memoryAt: (length, level, options?: TableOptions) =>
    memory({ tableBits: tableBitsFor(length, level, options) }, length),
  writeParameters({ tableBits }, writer) {
    writer.byte(tableBits);
  },
  readParameters(reader) {
    const { offset } = reader;
    const tableBits = reader.byte();
    if (tableBits < LEAST_TABLE_BITS || tableBits > MOST_TABLE_BITS) {
      throw new PithError("invalid-field", "the tables of a block's model have no such size", {
        offset,
        expected: `${LEAST_TABLE_BITS} to ${MOST_TABLE_BITS}`,
        got: tableBits,
      });
    }
    return { tableBits };
  },
  memory,
  encodeBlock: encodeDna,
  decodeBlock: decodeDna,
};

function* encodeDna(input: Uint8Array, { tableBits }: DnaParameters): Generator<number, Uint8Array> {
  const writer = new ByteWriter();
  const parts = splitDna(input);
  if (parts === undefined) {
    writer.byte(TEXT);
    writer.bytes(yield* mix.encodeBlock(input, textParameters(input.length)));
    return writer.finish();
  }
  const { bases, headers } = parts;
  const bare = isBare(parts);
  writer.byte(
    (parts.crlf ? CRLF : 0) |
      (parts.terminated ? TERMINATED : 0) |
      (parts.lowerFirst ? LOWER_FIRST : 0) |
      (bare ? 0 : STREAMS),
  );
  if (!bare) {
    const side = encodeSide(parts);
    writer.varint(side.length);
    writer.bytes(side);
    writer.varint(headers.length);
    if (headers.length > 0) {
      const coded = yield* mix.encodeBlock(headers, textParameters(headers.length));
      writer.varint(coded.length);
      writer.bytes(coded);
    }
  }
  const memory = kernelMemory(bases.length, tableBits);
  writer.bytes(yield* shifted(headers.length, encodeBases(bases, tableBits, memory)));
  return writer.finish();
}

function* decodeDna(
  payload: Uint8Array,
  length: number,
  { tableBits }: DnaParameters,
  offset: number,
): Generator<number, Uint8Array> {
  const reader = new ByteReader(payload, offset);
  const flags = reader.byte();
  if (flags > ALL_FLAGS || ((flags & TEXT) !== 0 && flags !== TEXT)) {
    throw new PithError("invalid-field", "no encoder writes these flags", { offset, got: flags });
  }
  if (flags === TEXT) {
    return yield* mix.decodeBlock(payload.subarray(1), length, textParameters(length), offset + 1);
  }
  const parts = yield* readParts(reader, flags, length);
  const made = joinedLength(parts);
  if (made !== length) {
    throw new PithError("invalid-field", "the parts do not make the block", { offset, expected: length, got: made });
  }
  checkFlags(parts, offset);
  const exceptions = parts.exceptions.reduce((sum, run) => sum + run.length, 0);
  const count = parts.records.reduce((sum, { residues }) => sum + residues, 0) - exceptions;
  const coded = payload.subarray(reader.position);
  const bases = yield* shifted(
    parts.headers.length,
    decodeBases(coded, count, tableBits, kernelMemory(count, tableBits), reader.offset),
  );
  return joinDna({ ...parts, bases });
}

/** Flags that would change nothing are not set: each sequence has one form. */
function checkFlags(parts: Omit<DnaParts, "bases">, offset: number): void {
  const lineEnds = countLines(parts) - (parts.terminated ? 0 : 1);
  if (parts.crlf && lineEnds < 1) {
    throw new PithError("invalid-field", "flags say how lines end where none does", { offset });
  }
  if (parts.lowerFirst && !hasLetter(parts)) {
    throw new PithError("invalid-field", "flags say which case letters have where there are none", { offset });
  }
}

/** Bases are letters. */
function hasLetter({ records, exceptions }: Omit<DnaParts, "bases">): boolean {
  let bases = records.reduce((sum, { residues }) => sum + residues, 0);
  for (const { length } of exceptions) bases -= length;
  return bases > 0 || exceptions.some(({ byte, length }) => length > 0 && isLetter(byte));
}

/** One line of bases of one case, with or without a line end; or nothing. */
function isBare({ records, width, caseRuns, exceptions }: DnaParts): boolean {
  if (records.length === 0) return true;
  const [{ header, residues, lines }] = records;
  return (
    records.length === 1 &&
    !header &&
    residues > 0 &&
    lines === undefined &&
    width === 0 &&
    caseRuns.length === 0 &&
    exceptions.length === 0
  );
}

function* readParts(reader: ByteReader, flags: number, length: number): Generator<number, Omit<DnaParts, "bases">> {
  const line = {
    crlf: (flags & CRLF) !== 0,
    terminated: (flags & TERMINATED) !== 0,
    lowerFirst: (flags & LOWER_FIRST) !== 0,
  };
  if ((flags & STREAMS) === 0) {
    const residues = Math.max(0, length - (line.terminated ? (line.crlf ? 2 : 1) : 0));
    const records = residues > 0 ? [{ header: false, residues }] : [];
    return { ...line, records, width: 0, headers: new Uint8Array(0), caseRuns: [], exceptions: [] };
  }
  const sideLength = reader.varint("the length of the numbers");
  const sideOffset = reader.offset;
  const side = decodeSide(reader.bytes(sideLength), length, sideOffset);
  const headers = yield* readHeaders(reader, length);
  const expected = side.records.filter(({ header }) => header).length;
  const got = headers.reduce((sum, byte) => sum + (byte === LF ? 1 : 0), 0);
  if (got !== expected || (got > 0 && headers.at(-1) !== LF)) {
    throw new PithError("invalid-field", "the headers do not fit the records", { offset: sideOffset, expected, got });
  }
  return { ...line, ...side, headers };
}

function* readHeaders(reader: ByteReader, length: number): Generator<number, Uint8Array> {
  const { offset } = reader;
  const headerLength = reader.varint("the length of the headers");
  if (headerLength === 0) return new Uint8Array(0);
  if (headerLength > length) {
    throw new PithError("invalid-field", "the headers are longer than the block", {
      offset,
      expected: `at most ${length}`,
      got: headerLength,
    });
  }
  const codedLength = reader.varint("the length of the coded headers");
  const codedOffset = reader.offset;
  return yield* mix.decodeBlock(reader.bytes(codedLength), headerLength, textParameters(headerLength), codedOffset);
}
