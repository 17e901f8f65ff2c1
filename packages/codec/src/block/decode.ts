import { PithError } from "@pith/core";
import { headerMemory, inputLength, type Stage } from "../format/block-header.ts";
import { checksum } from "../format/checksum.ts";
import type { ReceivedBlock } from "../format/frame-parser.ts";
import type { PlacedBlock } from "../format/frame-walker.ts";
import { scaled } from "./encode.ts";

/** What decoding needs of a block. */
export type CodedBlock = Pick<ReceivedBlock, "header" | "offset" | "payloadOffset" | "payload">;

/**
 * Undoes {@link encodeBlock}.
 *
 * @yields bytes of content done so far
 * @returns the content
 * @throws PithError
 */
export function* decodeBlock(block: CodedBlock): Generator<number, Uint8Array> {
  const { header, offset, payloadOffset } = block;
  const content = yield* decodeContent(block);
  if (content.length !== header.contentLength) {
    throw new PithError("invalid-field", "a block's content has another length", {
      offset,
      expected: header.contentLength,
      got: content.length,
    });
  }
  const got = checksum(content, header.number);
  if (got !== header.checksum) {
    throw new PithError("checksum-mismatch", `the content of block ${header.number} is damaged; its payload begins`, {
      offset: payloadOffset,
      expected: header.checksum,
      got,
    });
  }
  return content;
}

function* decodeContent({ header, payloadOffset, payload }: CodedBlock): Generator<number, Uint8Array> {
  const { method, parameters, contentLength, stages } = header;
  const length = inputLength(header);
  try {
    const steps = method.decodeBlock(payload, length, parameters, payloadOffset);
    let content = yield* scaled(steps, contentLength / Math.max(length, 1));
    for (let i = stages.length - 1; i >= 0; i--) {
      content = undo(stages[i], content, stages[i - 1]?.length ?? contentLength, payloadOffset);
    }
    return content;
  } catch (error) {
    throw asPithError(error, payloadOffset);
  }
}

/** Places that a transform names are in its input, which is not in the file: its errors are moved to the payload. */
function undo({ transform }: Stage, input: Uint8Array, length: number, payloadOffset: number): Uint8Array {
  try {
    return transform.inverse(input, length, payloadOffset);
  } catch (error) {
    if (!(error instanceof PithError) || error.offset === undefined) throw error;
    const { code, message, offset, expected, got } = error;
    const moved = message.replace(` at byte ${offset}`, ` at byte ${payloadOffset}`);
    // The message has its numbers already, so they are not given to the constructor, which would add them.
    throw Object.assign(new PithError(code, moved, { cause: error }), { offset: payloadOffset, expected, got });
  }
}

/** What a kernel throws at data that no encoder writes, and what the engine throws where memory is short. */
function asPithError(error: unknown, offset: number): unknown {
  if (error instanceof WebAssembly.RuntimeError) {
    return new PithError("invalid-field", "the payload does not decode", { offset, cause: error });
  }
  if (error instanceof RangeError) {
    return new PithError("memory-limit", "there is not enough memory for the block", { offset, cause: error });
  }
  return error;
}

/** @throws PithError `memory-limit` if decoding the block takes more than `memoryLimit` bytes */
export function checkMemory({ header, offset }: Pick<PlacedBlock, "header" | "offset">, memoryLimit: number): void {
  const memory = headerMemory(header);
  if (memory <= memoryLimit) return;
  throw new PithError("memory-limit", "decoding the block takes more memory than is allowed", {
    offset,
    expected: `at most ${memoryLimit} bytes`,
    got: memory,
  });
}
