import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "../../bytes/bytes.ts";
import type { Method } from "../method.ts";
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
import { giveKernel } from "../idle-kernel.ts";
import { kernelMemory, startKernel, view, type PairsKernel } from "./kernel.ts";
import { decodeLetters, encodeLetters } from "./letters.ts";
import { modelToDecode, modelToEncode } from "../../models/models.ts";
import {
  hashOfModel,
  nameOfModel,
  pairsModelOfHash,
  tableBitsOf,
  type PairsContent,
  type PairsModel,
} from "./models.ts";
import { endsLinesWithCrlf } from "../../text/line-ends.ts";

/** What a block of this method says of its text. */
export interface PairsParameters {
  readonly model: PairsModel;
  /** Lines end with CR LF. */
  readonly crlf: boolean;
}

const CRLF = 1;

function modelFor(level: number): PairsModel {
  if (level < 4) return "small";
  return level < 7 ? "medium" : "large";
}

function start(resolver: PairsContent, crlf: boolean, length: number): PairsKernel {
  const { kernel, groups } = resolver;
  return startKernel({ kernel, groups, resolver, crlf, capacity: Math.min(length, CHUNK_LENGTH) });
}

/** Letters two to a code of four bits, told apart by what is around them; stored is only where that goes wrong. */
export const pairs: Method<PairsParameters> = {
  id: 3,
  name: "pairs",
  choose: (input, level) => ({ model: modelFor(level), crlf: endsLinesWithCrlf(input) }),
  model: ({ model }) => nameOfModel(model),
  writeParameters({ model, crlf }, writer) {
    writer.byte(crlf ? CRLF : 0);
    writer.uint32(hashOfModel(model));
  },
  readParameters(reader) {
    const offset = reader.offset;
    const flags = reader.byte();
    if (flags > CRLF) {
      throw new PithError("invalid-field", "a block has unknown flags", { offset, expected: "0 or 1", got: flags });
    }
    const hashOffset = reader.offset;
    return { model: pairsModelOfHash(reader.uint32(), hashOffset), crlf: flags === CRLF };
  },
  memory: ({ model }, length) => kernelMemory(tableBitsOf(model), Math.min(length, CHUNK_LENGTH)) + 2 * length,
  *encodeBlock(input, { model, crlf }) {
    const resolver = modelToEncode(nameOfModel(model));
    const kernel = start(resolver, crlf, input.length);
    const writer = new ByteWriter();
    let context = NO_CONTEXT;
    for (let at = 0; at < input.length; at += CHUNK_LENGTH) {
      const text = input.subarray(at, at + CHUNK_LENGTH);
      const { length } = text;
      const codes = writeCodes(kernel, text);
      if (codes.length < length) {
        beginLetters(kernel, length, context);
        const corrections = yield* after(at, encodeLetters(kernel, length));
        writeCodedChunk(writer, { length, codes, corrections });
        context = contextBehind(cellsOf(kernel, length));
      } else {
        writeStoredChunk(writer, text);
        context = contextBehind(text);
      }
      yield at + length;
    }
    giveKernel(resolver.kernel, kernel);
    return writer.finish();
  },
  *decodeBlock(payload, length, { model, crlf }, offset) {
    const resolver = modelToDecode(nameOfModel(model), offset);
    const kernel = start(resolver, crlf, length);
    const reader = new ByteReader(payload, offset);
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
        yield* after(at, decodeLetters(kernel, chunk.length, chunk.corrections, chunk.correctionsOffset));
        content.set(view(kernel, kernel.textAddress(), chunk.length), at);
        context = contextBehind(cellsOf(kernel, chunk.length));
      }
      at += chunk.length;
      yield at;
    }
    if (reader.position < payload.length) {
      throw new PithError("trailing-data", "the payload goes on after its end", { offset: reader.offset });
    }
    giveKernel(resolver.kernel, kernel);
    return content;
  },
};

/** Progress of a chunk as progress of its block. */
function* after<Result>(done: number, steps: Generator<number, Result>): Generator<number, Result> {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    yield done + next.value;
  }
}
