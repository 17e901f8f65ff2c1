import { PithError } from "@pith/core";
import { BinaryDecoder } from "@pith/entropy";
import { ByteReader } from "@pith/core/bytes";
import { decoding } from "../../adaptive/bit-coder.ts";
import { InstructionModel, STREAMS, type Instruction } from "./instructions.ts";

/** Bytes of content that are put together between two steps: a few milliseconds. */
const STEP = 2 ** 24;

/** What a decoder's model is given in place of an instruction. */
const UNKNOWN: Instruction = { stream: 0, length: 1 };

/** Bytes that are taken from their start to their end. */
interface Stream {
  readonly bytes: Uint8Array;
  taken: number;
}

/**
 * Puts content together.
 *
 * @param input instructions and streams, as the encoder gave them out
 * @param length bytes of the content
 * @param offset where the input lies, for errors
 * @yields bytes of content so far
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` for what no encoder gives out
 */
export function* restore(input: Uint8Array, length: number, offset: number): Generator<number, Uint8Array> {
  const parts = readParts(input, offset);
  const { streams } = parts;
  const content = new Uint8Array(length);
  let stepEnd = STEP;
  let at = 0;
  for (const instruction of instructionsOf(parts, length, offset)) {
    if (instruction.stream !== undefined) take(streams[instruction.stream], instruction.length, content, at, offset);
    else yield* copy(instruction.distance, instruction.length, content, at, offset);
    at += instruction.length;
    if (at < stepEnd) continue;
    yield at;
    stepEnd = at + STEP;
  }
  for (const { bytes, taken } of streams) {
    if (taken < bytes.length) throw invalid("a stream of literals is left over", offset, bytes.length, taken);
  }
  return content;
}

/** Where the input's instructions are, and how long its streams but the last. */
interface Head {
  readonly instructions: Uint8Array;
  /** Where they lie, for errors. */
  readonly instructionsOffset: number;
  /** Bytes of all but the last of the streams, which begin behind the instructions. */
  readonly lengths: readonly number[];
  /** Bytes of the input up to there. */
  readonly length: number;
}

/** Reads how the input begins. @throws PithError `truncated` if it does not hold the instructions */
export function readHead(input: Uint8Array, offset: number): Head {
  const reader = new ByteReader(input, offset);
  const instructionsLength = reader.varint("the length of the instructions");
  const lengths = Array.from({ length: STREAMS - 1 }, () => reader.varint("the length of a stream"));
  const instructionsOffset = reader.offset;
  const instructions = reader.bytes(instructionsLength);
  return { instructions, instructionsOffset, lengths, length: reader.position };
}

function readParts(input: Uint8Array, offset: number): Head & { readonly streams: readonly Stream[] } {
  const head = readHead(input, offset);
  const reader = new ByteReader(input.subarray(head.length), offset + head.length);
  const streams = head.lengths.map((length) => ({ bytes: reader.bytes(length), taken: 0 }));
  streams.push({ bytes: input.subarray(head.length + reader.position), taken: 0 });
  return { ...head, streams };
}

/**
 * The instructions for all of the content.
 *
 * @param length bytes of the content
 * @throws PithError if they end too early, go on behind it, or are none that an encoder writes
 */
export function* instructionsOf(
  { instructions, instructionsOffset }: Head,
  length: number,
  offset: number,
): Generator<Instruction, void> {
  const decoder = new BinaryDecoder(instructions, instructionsOffset);
  const model = new InstructionModel(decoding(decoder));
  for (let at = 0; at < length;) {
    const instruction = model.code(UNKNOWN);
    // Zeros behind the end would make instructions for ever.
    if (decoder.end > instructions.length) decoder.checkEnd();
    if (instruction.length > length - at) {
      throw invalid(
        "an instruction goes beyond the content",
        offset,
        `at most ${length - at} bytes`,
        instruction.length,
      );
    }
    at += instruction.length;
    yield instruction;
  }
  decoder.checkEnd();
}

function take(stream: Stream, length: number, content: Uint8Array, at: number, offset: number): void {
  const end = stream.taken + length;
  if (end > stream.bytes.length) {
    throw invalid("a stream of literals is too short", offset, `at least ${end} bytes`, stream.bytes.length);
  }
  content.set(stream.bytes.subarray(stream.taken, end), at);
  stream.taken = end;
}

/** A copy that repeats itself so often is worth a look at what it repeats. */
const OFTEN = 16;

function* copy(
  distance: number,
  length: number,
  content: Uint8Array,
  at: number,
  offset: number,
): Generator<number, void> {
  if (distance < 1 || distance > at) {
    throw invalid("a copy comes from outside of what is there", offset, `1 to ${at} bytes back`, distance);
  }
  // The content is zeros until it is written, and memory that nobody touches is never taken.
  if (length >= OFTEN * distance && content.subarray(at - distance, at).every((byte) => byte === 0)) return;
  // A copy that reaches into itself repeats what it has copied so far: twice as much each time.
  for (let done = 0, stepEnd = STEP; done < length;) {
    const phase = done % distance;
    const count = Math.min(length - done, distance + done - phase, STEP);
    content.copyWithin(at + done, at - distance + phase, at - distance + phase + count);
    done += count;
    if (done < stepEnd || done === length) continue;
    yield at + done;
    stepEnd = done + STEP;
  }
}

function invalid(problem: string, offset: number, expected: string | number, got: number): PithError {
  return new PithError("invalid-field", problem, { offset, expected, got });
}
