import { PithError } from "@pith/core";
import { ByteWriter } from "@pith/core/bytes";
import { type Job, type ProgressMeter, runInOrder } from "@pith/core/steps";
import type { Executor } from "@pith/core/workers";
import type { CodeTable } from "@pith/framing";
import {
  type Cells,
  CHUNK_LENGTH,
  contextBehind,
  NO_CONTEXT,
  writeCodedChunk,
  writeStoredChunk,
} from "../coding/chunks.ts";
import type { LettersTask } from "../workers/letters-task.ts";
import { endsLinesWithCrlf } from "../text/line-ends.ts";
import { checkUtf8 } from "../text/utf8.ts";
import { openDecoder, type PairsDecoder } from "./decoders.ts";
import { type Framer, openFramer } from "./framers.ts";
import { type PairsFraming, writeStreamHeader } from "./header.ts";
import { encodeCells, guessCells, lettersMemory, type Resolving, smallLetters } from "./letters.ts";
import { LossCounter, type Losses } from "./losses.ts";

/** What is written. */
export interface Encoding {
  readonly framing: PairsFraming;
  readonly decoder: PairsDecoder;
  /** Undefined: that of the decoder, or the thesis's. */
  readonly table: CodeTable | undefined;
  readonly lossy: boolean;
  readonly strict: boolean;
}

/** How the work is done. */
export interface Running {
  readonly executor: Executor<LettersTask>;
  readonly meter: ProgressMeter;
  readonly threads: number;
  readonly memoryLimit: number;
}

/** A chunk that is framed. */
interface FramedChunk {
  readonly text: Uint8Array;
  readonly codes: Uint8Array;
  readonly cells: Cells;
  /** To the left of them. */
  readonly context: Cells;
}

/** What becomes of a chunk. */
type Written =
  /** Its text is shorter than its codes. */
  | { readonly text: Uint8Array }
  | { readonly chunk: FramedChunk; readonly corrections: Uint8Array }
  /** Its letters as the decoder has them, right or wrong. */
  | { readonly chunk: FramedChunk; readonly guess: Uint8Array };

const NOTHING = new Uint8Array(0);

/**
 * Writes a stream of letter pairs.
 *
 * @throws PithError if it is to be strict and the content is not UTF-8; RangeError for a table that does not fit
 */
export async function encodeStream(
  content: Uint8Array,
  encoding: Encoding,
  running: Running,
): Promise<{ stream: Uint8Array<ArrayBuffer>; losses: Losses | undefined }> {
  const { framing, lossy, strict } = encoding;
  if (strict) checkUtf8(content);
  const { formatCodeTable, THESIS_TABLE } = await import("@pith/framing");
  const decoder = await openDecoder(encoding.decoder, (encoding.table ?? THESIS_TABLE).groups);
  const table: CodeTable = { bits: 4, groups: decoder.groups };
  const written = formatCodeTable(table);
  const given = encoding.table === undefined ? written : formatCodeTable(encoding.table);
  if (given !== written) throw new RangeError(`table: expected that of the decoder, "${written}", got "${given}"`);
  const crlf = framing === "in-stream" && endsLinesWithCrlf(content);
  const framer = await openFramer(framing, table, crlf);

  function* jobs(): Generator<Job<Written>> {
    let context = NO_CONTEXT;
    for (const text of chunksOf(content, framing === "thesis")) {
      const framed = frame(framer, text);
      const chunk = framed && { text, ...framed, context };
      context = contextBehind(framed?.cells ?? text);
      yield {
        memory: lettersMemory(decoder, text.length),
        start: async () => {
          const resolving = { decoder, executor: running.executor, onDone: running.meter.block(text.length) };
          const written = chunk === undefined ? { text } : await resolve(chunk, lossy, resolving);
          resolving.onDone(text.length);
          return written;
        },
      };
    }
  }

  const writer = new ByteWriter();
  const named = decoder.kind === "table" ? written : undefined;
  writeStreamHeader(writer, { framing, corrected: !lossy, crlf, hash: decoder.hash, table: named });
  const losses = new LossCounter();
  for await (const part of runInOrder(jobs(), running)) {
    if ("text" in part) {
      writeStoredChunk(writer, part.text);
      losses.skip(part.text.length);
    } else {
      const { text, codes, cells } = part.chunk;
      const corrections = "guess" in part ? NOTHING : part.corrections;
      writeCodedChunk(writer, { length: text.length, codes, corrections });
      if ("guess" in part) losses.add(cells, smallLetters(text), part.guess);
    }
  }
  writer.byte(0);
  framer.close();
  running.meter.end();
  return { stream: writer.finish(), losses: lossy ? losses : undefined };
}

async function resolve(chunk: FramedChunk, lossy: boolean, resolving: Resolving): Promise<Written> {
  if (lossy) return { chunk, guess: await guessCells(chunk, resolving) };
  return { chunk, corrections: await encodeCells(chunk, smallLetters(chunk.text), resolving) };
}

/** A chunk in codes; undefined if they are no shorter, or its text is none that the framing can hold. */
function frame(framer: Framer, text: Uint8Array): ReturnType<Framer["frame"]> | undefined {
  try {
    const framed = framer.frame(text);
    return framed.codes.length < text.length ? framed : undefined;
  } catch (error) {
    if (error instanceof PithError) return undefined;
    throw error;
  }
}

/** A content in chunks; with `whole`, none ends within a character of UTF-8. */
function* chunksOf(content: Uint8Array, whole: boolean): Generator<Uint8Array> {
  for (let at = 0; at < content.length;) {
    let end = Math.min(content.length, at + CHUNK_LENGTH);
    // A character has four bytes at most.
    for (let back = 0; whole && back < 3 && end < content.length && (content[end] & 0xc0) === 0x80; back++) end--;
    yield content.subarray(at, end);
    at = end;
  }
}
