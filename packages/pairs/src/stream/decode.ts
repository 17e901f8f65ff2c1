import { PithError } from "@pith/core";
import { ByteReader, concatenate } from "@pith/core/bytes";
import { hexadecimal } from "@pith/core/models";
import { type Job, runInOrder } from "@pith/core/steps";
import { type Cells, type CodedChunk, contextBehind, NO_CONTEXT, readChunk } from "../coding/chunks.ts";
import { decoderOfHash, openDecoder, type OpenDecoder, type PairsDecoder } from "./decoders.ts";
import type { Running } from "./encode.ts";
import { type Framed, openFramer } from "./framers.ts";
import { readStreamHeader, type StreamHeader } from "./header.ts";
import { decodeCells, guessCells, lettersMemory } from "./letters.ts";

/** Where the hash of the decoder is. */
const HASH_OFFSET = 2;
/** Where the code table is, if there is one. */
const TABLE_OFFSET = 6;

/**
 * Reads a stream of letter pairs.
 *
 * @param asked a decoder other than the one that the stream names; or one that only the caller has
 * @throws PithError
 */
export async function decodeStream(
  stream: Uint8Array,
  asked: PairsDecoder | undefined,
  running: Running,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new ByteReader(stream, 0);
  const header = readStreamHeader(reader);
  const decoder = await decoderFor(header, asked);
  const framer = await openFramer(header.framing, { bits: 4, groups: decoder.groups }, header.crlf).catch(
    (cause: unknown) => {
      throw cause instanceof RangeError ? badTable(cause) : cause;
    },
  );

  function* jobs(): Generator<Job<Uint8Array>> {
    let context = NO_CONTEXT;
    while (stream[reader.position] !== 0) {
      const chunk = readChunk(reader);
      if ("text" in chunk) {
        context = contextBehind(chunk.text);
        yield { memory: chunk.length, start: () => Promise.resolve(chunk.text) };
        continue;
      }
      const framed = framer.unframe(chunk);
      const before = context;
      context = contextBehind(framed.cells);
      const start = (): Promise<Uint8Array> =>
        textOf(chunk, framed, before, { corrected: header.corrected, decoder, running });
      yield { memory: lettersMemory(decoder, chunk.length), start };
    }
  }

  const parts: Uint8Array[] = [];
  for await (const part of runInOrder(jobs(), running)) parts.push(part);
  reader.byte();
  if (reader.position < stream.length) {
    throw new PithError("trailing-data", "a stream of letter pairs goes on after its end", { offset: reader.offset });
  }
  framer.close();
  running.meter.end();
  return concatenate(parts);
}

/** The text of a chunk. */
async function textOf(
  { length, corrections, correctionsOffset }: CodedChunk,
  { cells, marks }: Framed,
  context: Cells,
  { corrected, decoder, running }: { corrected: boolean; decoder: OpenDecoder; running: Running },
): Promise<Uint8Array> {
  const resolving = { decoder, executor: running.executor, onDone: running.meter.block(length) };
  const placed = { cells, context };
  const text = corrected
    ? await decodeCells(placed, { corrections, offset: correctionsOffset }, resolving)
    : await guessCells(placed, resolving);
  if (marks !== undefined) for (let i = 0; i < length; i++) text[i] -= marks[i];
  resolving.onDone(length);
  return text;
}

/** groups[c] of a stream holds the characters that its code c stands for. @throws PithError for a decoder that is not there */
export async function groupsOfStream({ hash, table }: StreamHeader): Promise<readonly string[]> {
  if (table !== undefined) return await groupsOf(table);
  return (await openDecoder(await decoderOfHash(hash, HASH_OFFSET), [])).groups;
}

/** What decodes a stream: what it names, or what is asked for instead, which must have the same codes. */
async function decoderFor(header: StreamHeader, asked: PairsDecoder | undefined): Promise<OpenDecoder> {
  const { hash, table, corrected } = header;
  const groups = table === undefined ? undefined : await groupsOf(table);
  if (asked === undefined) return await open(await decoderOfHash(hash, HASH_OFFSET), groups ?? []);
  const codes = await groupsOfStream(header);
  const decoder = await open(asked, codes);
  if (decoder.hash !== hash && corrected) {
    throw new PithError("unknown-method", "the corrections of a stream are for another decoder", {
      offset: HASH_OFFSET,
      expected: hexadecimal(decoder.hash),
      got: hexadecimal(hash),
    });
  }
  if (decoder.groups.join("\n") === codes.join("\n")) return decoder;
  throw new PithError("unknown-method", "a stream has other codes than the decoder", {
    offset: HASH_OFFSET,
    expected: decoder.groups.join(" "),
    got: codes.join(" "),
  });
}

/** @throws PithError where the stream has no code table that could be */
async function groupsOf(table: string): Promise<readonly string[]> {
  const { parseCodeTable } = await import("@pith/framing");
  try {
    return parseCodeTable(table).groups;
  } catch (cause) {
    throw badTable(cause);
  }
}

/** @throws PithError where the decoder has no use for the stream's code table */
async function open(decoder: PairsDecoder, groups: readonly string[]): Promise<OpenDecoder> {
  try {
    return await openDecoder(decoder, groups);
  } catch (cause) {
    throw cause instanceof RangeError ? badTable(cause) : cause;
  }
}

function badTable(cause: unknown): PithError {
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new PithError("invalid-field", `a stream has no usable code table: ${problem}`, {
    offset: TABLE_OFFSET,
    cause,
  });
}
