/** A text in chunks, resolved one after the other on one thread. */
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { view, withKernel } from "@pith/core/coding";
import { shifted } from "@pith/core/steps";
import {
  beginLetters,
  cellsOf,
  CHUNK_LENGTH,
  contextBehind,
  NO_CONTEXT,
  readChunk,
  readCodes,
  writeCodedChunk,
  writeCodes,
  writeStoredChunk,
} from "./chunks.ts";
import { kernelMemory, startKernel } from "./kernel.ts";
import type { PairsKernel } from "../generated/pairs-exports.ts";
import { decodeLetters, encodeLetters } from "./letters.ts";
import { type PairsContent, type PairsModel, tableBitsOf } from "./resolvers.ts";

/** What a text is coded with. */
export interface TextCoding {
  /** The model that tells letters apart, and its kernel. */
  readonly resolver: PairsContent;
  /** Lines end with CR LF. */
  readonly crlf: boolean;
}

/** Bytes of memory that coding a text of `length` bytes takes, both ways. */
export function textMemory(model: PairsModel, length: number): number {
  return kernelMemory(tableBitsOf(model), Math.min(length, CHUNK_LENGTH)) + 2 * length;
}

/** Steps of work with a kernel that has been started for a text of so many bytes. */
function withText<Result>(
  { resolver, crlf }: TextCoding,
  length: number,
  work: (kernel: PairsKernel) => Generator<number, Result>,
): Generator<number, Result> {
  const { kernel: embedded, groups } = resolver;
  const capacity = Math.min(length, CHUNK_LENGTH);
  return withKernel(embedded, kernelMemory(resolver.tableBits, capacity), (kernel) => {
    startKernel(kernel, { groups, resolver, crlf, capacity });
    return work(kernel);
  });
}

/**
 * Codes a text.
 *
 * @param input any bytes; what is no shorter in codes is kept as it is
 * @yields bytes done so far
 */
export function encodeText(input: Uint8Array, coding: TextCoding): Generator<number, Uint8Array<ArrayBuffer>> {
  return withText(coding, input.length, (kernel) => encodeChunks(kernel, input));
}

function* encodeChunks(kernel: PairsKernel, input: Uint8Array): Generator<number, Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter();
  let context = NO_CONTEXT;
  for (let at = 0; at < input.length; at += CHUNK_LENGTH) {
    const text = input.subarray(at, at + CHUNK_LENGTH);
    const { length } = text;
    const codes = writeCodes(kernel, text);
    if (codes.length < length) {
      beginLetters(kernel, length, context);
      const corrections = yield* shifted(at, encodeLetters(kernel, length));
      writeCodedChunk(writer, { length, codes, corrections });
      context = contextBehind(cellsOf(kernel, length));
    } else {
      writeStoredChunk(writer, text);
      context = contextBehind(text);
    }
    yield at + length;
  }
  return writer.finish();
}

/**
 * Undoes {@link encodeText}.
 *
 * @param length bytes of the text
 * @param offset where the coded text lies in the file, for errors
 * @yields bytes done so far
 * @throws PithError for what no encoder writes
 */
export function decodeText(
  coded: Uint8Array,
  length: number,
  coding: TextCoding,
  offset: number,
): Generator<number, Uint8Array<ArrayBuffer>> {
  return withText(coding, length, (kernel) => decodeChunks(kernel, coded, length, offset));
}

function* decodeChunks(
  kernel: PairsKernel,
  coded: Uint8Array,
  length: number,
  offset: number,
): Generator<number, Uint8Array<ArrayBuffer>> {
  const reader = new ByteReader(coded, offset);
  const content = new Uint8Array(length);
  let context = NO_CONTEXT;
  for (let at = 0; at < length;) {
    const chunk = readChunk(reader, Math.min(CHUNK_LENGTH, length - at));
    if ("text" in chunk) {
      content.set(chunk.text, at);
      context = contextBehind(chunk.text);
    } else {
      readCodes(kernel, chunk);
      beginLetters(kernel, chunk.length, context);
      yield* shifted(at, decodeLetters(kernel, chunk.length, chunk.corrections, chunk.correctionsOffset));
      content.set(view(kernel, kernel.textAddress(), chunk.length), at);
      context = contextBehind(cellsOf(kernel, chunk.length));
    }
    at += chunk.length;
    yield at;
  }
  if (reader.position < coded.length) {
    throw new PithError("trailing-data", "the payload goes on after its end", { offset: reader.offset });
  }
  return content;
}
