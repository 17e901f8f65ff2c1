import { PithError } from "@pith/core";
import { inputLength, type Stage } from "../format/block-header.ts";
import { checksumSteps } from "../bytes/checksum.ts";
import { isMethod } from "../methods/method.ts";
import type { DecodeMeans } from "../format/decode-means.ts";
import { scaled, shifted } from "@pith/core/steps";
import type { CodedBlock } from "./coded-block.ts";
import { asDamage, type Placed } from "./damage.ts";
import { readParts } from "./parts.ts";

/**
 * Undoes {@link encodeBlock}.
 *
 * @param means of decoding: for parts, whose headers are in the payload; the block is admitted already
 * @yields bytes of content done so far
 * @returns the content
 * @throws PithError
 */
export function* decodeBlock(block: CodedBlock, means: DecodeMeans): Generator<number, Uint8Array> {
  const { contentLength } = block.header;
  const length = inputLength(block.header);
  const input = yield* scaled(decodeInput(block, length, means), contentLength / Math.max(length, 1));
  return yield* restoreContent(block, input);
}

/** What the method coded. @yields bytes of it so far */
function* decodeInput(block: CodedBlock, length: number, means: DecodeMeans): Generator<number, Uint8Array> {
  const { header, payloadOffset, payload } = block;
  const { method, parameters } = header;
  try {
    if (isMethod(method)) return yield* method.decodeBlock(payload, length, parameters, payloadOffset);
    const input = new Uint8Array(length);
    let done = 0;
    for (const part of readParts(block, means)) {
      const content = yield* shifted(done, decodeBlock(part, means));
      input.set(content, done);
      done += content.length;
    }
    return input;
  } catch (error) {
    throw asDamage(asPithError(error, payloadOffset), block);
  }
}

/**
 * The second half of {@link decodeBlock}: undoes the transforms, and checks what comes out.
 *
 * @param input what the method coded
 * @yields bytes of content done so far; the checksum counts for nothing
 */
export function* restoreContent(block: Placed, input: Uint8Array): Generator<number, Uint8Array> {
  const { header, payloadOffset } = block;
  const { contentLength, number, stages } = header;
  let content = input;
  try {
    for (let i = stages.length - 1; i >= 0; i--) {
      content = yield* undo(stages[i], content, stages[i - 1]?.length ?? contentLength, payloadOffset);
    }
  } catch (error) {
    throw asDamage(asPithError(error, payloadOffset), block);
  }
  if (content.length !== contentLength) {
    const details = { offset: payloadOffset, expected: contentLength, got: content.length };
    throw asDamage(new PithError("invalid-field", "its content has another length", details), block);
  }
  const got = yield* checksumSteps(content, number);
  if (got !== header.checksum) {
    const details = { offset: payloadOffset, expected: header.checksum, got };
    throw asDamage(new PithError("checksum-mismatch", "its content is another", details), block);
  }
  return content;
}

/** Places that a transform names are in its input, which is not in the file: its errors are moved to the payload. */
function* undo(
  { transform }: Stage,
  input: Uint8Array,
  length: number,
  payloadOffset: number,
): Generator<number, Uint8Array> {
  try {
    const output = transform.inverse(input, length, payloadOffset);
    return "next" in output ? yield* output : output;
  } catch (error) {
    if (!(error instanceof PithError) || error.offset === undefined) throw error;
    throw error.at(payloadOffset);
  }
}

/** What a kernel throws at data that no encoder writes, and what the engine throws where memory is short. */
export function asPithError(error: unknown, offset: number): unknown {
  if (error instanceof WebAssembly.RuntimeError) {
    return new PithError("invalid-field", "the payload does not decode", { offset, cause: error });
  }
  if (error instanceof RangeError) {
    return new PithError("memory-limit", "there is not enough memory for the block", { offset, cause: error });
  }
  return error;
}
