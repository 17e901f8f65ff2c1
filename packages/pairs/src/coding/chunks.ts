/**
 * A chunk of text as codes with escapes among them, and corrections. Chunks are resolved one apart from the other, so that
 * they can be on several threads: the left context of each is the end of the one before, resolved anew.
 *
 * chunk = text-length  codes-length  corrections-length  codes  corrections      (lengths are varints)
 *       | text-length  00  text
 */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { view } from "@pith/core/coding";
import { CONTEXT, DONE, LONG, SHORT, type PairsKernel } from "../generated/pairs-exports.ts";

/** Bytes of text in a chunk at most. */
export const CHUNK_LENGTH = 2 ** 20;
/** Cells of a text: a byte, or 256 + the code of a character. */
export type Cells = Uint16Array<ArrayBuffer>;

/** The left context of a text's first chunk. */
export const NO_CONTEXT: Cells = new Uint16Array(0);

/** A chunk whose text is in codes. */
export interface CodedChunk {
  /** Bytes of text, 1 to {@link CHUNK_LENGTH}. */
  readonly length: number;
  /** The text, framed: of each letter only the code. */
  readonly codes: Uint8Array;
  readonly codesOffset: number;
  readonly corrections: Uint8Array;
  readonly correctionsOffset: number;
}

/** A chunk, as it is written: coded, or the text itself. */
export type Chunk = CodedChunk | { readonly length: number; readonly text: Uint8Array };

/** Appends a chunk in codes. */
export function writeCodedChunk(
  writer: ByteWriter,
  { length, codes, corrections }: Pick<CodedChunk, "length" | "codes" | "corrections">,
): void {
  writer.varint(length);
  writer.varint(codes.length);
  writer.varint(corrections.length);
  writer.bytes(codes);
  writer.bytes(corrections);
}

/** Appends a chunk that has no shorter codes. */
export function writeStoredChunk(writer: ByteWriter, text: Uint8Array): void {
  writer.varint(text.length);
  writer.varint(0);
  writer.bytes(text);
}

/**
 * Reads a chunk, not copied.
 *
 * @param expected bytes of its text, where they are known
 * @throws PithError
 */
export function readChunk(reader: ByteReader, expected?: number): Chunk {
  const offset = reader.offset;
  const length = reader.varint("the length of a chunk's text");
  if (length === 0 || length > CHUNK_LENGTH || length !== (expected ?? length)) {
    throw new PithError("invalid-field", "a chunk's text has another length than it can have", {
      offset,
      expected: expected ?? `1 to ${CHUNK_LENGTH}`,
      got: length,
    });
  }
  const codesLength = reader.varint("the length of a chunk's codes");
  if (codesLength === 0) return { length, text: reader.bytes(length) };
  const correctionsLength = reader.varint("the length of a chunk's corrections");
  const codesOffset = reader.offset;
  const codes = reader.bytes(codesLength);
  const correctionsOffset = reader.offset;
  return { length, codes, codesOffset, corrections: reader.bytes(correctionsLength), correctionsOffset };
}

/** Writes a chunk's text as codes; the kernel then has its cells. @returns a copy of the codes */
export function writeCodes(kernel: PairsKernel, text: Uint8Array): Uint8Array {
  view(kernel, kernel.textAddress(), text.length).set(text);
  const length = kernel.write(text.length);
  return view(kernel, kernel.unitsAddress(), length).slice();
}

/** Reads a chunk's codes; the kernel then has its cells. @throws PithError for codes that no text has */
export function readCodes(kernel: PairsKernel, { length, codes, codesOffset }: CodedChunk): void {
  if (codes.length > kernel.packedRoom()) {
    throw new PithError("invalid-field", "a chunk has more codes than its text can have", {
      offset: codesOffset,
      expected: `at most ${kernel.packedRoom()} bytes`,
      got: codes.length,
    });
  }
  view(kernel, kernel.packedAddress(codes.length), codes.length).set(codes);
  const found = kernel.read(codes.length, length);
  if (found === DONE) return;
  if (found === SHORT) {
    throw new PithError("truncated", "the codes end before their text", { offset: codesOffset + codes.length });
  }
  // The unit that is too much comes next; one that says nothing has been read.
  const unit = found === LONG ? kernel.unitsRead() : kernel.unitsRead() - 1;
  throw new PithError("invalid-field", found === LONG ? "codes go on after their text" : "codes that say nothing", {
    offset: codesOffset + (unit >> 1),
  });
}

/** Puts the left context of the next chunk before its cells, and starts to resolve them. */
export function beginLetters(kernel: PairsKernel, length: number, context: Cells): void {
  new Uint16Array(kernel.memory.buffer, kernel.cellsAddress() - 2 * context.length, context.length).set(context);
  kernel.begin(length, context.length);
}

/** The cells of the chunk that the kernel has, as its memory has them. */
export function cellsOf(kernel: PairsKernel, length: number): Uint16Array {
  return new Uint16Array(kernel.memory.buffer, kernel.cellsAddress(), length);
}

/** The left context of the chunk behind one with these cells, or with these bytes. */
export function contextBehind(cells: Uint16Array | Uint8Array): Cells {
  return Uint16Array.from(cells.subarray(-CONTEXT));
}
