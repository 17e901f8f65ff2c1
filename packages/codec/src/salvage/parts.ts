/** What is left of a deduplicated block of which some parts are damaged: all content that whole parts make up. */

import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { inTurns } from "@pith/core/steps";
import { readPart, type Part } from "../block/parts.ts";
import { headerMemory, inputLength } from "../format/block-header.ts";
import type { DecompressSettings } from "../plan/options.ts";
import { newInput, type Running } from "../run/decode-job.ts";
import { readHead, restore } from "../transforms/dedupe/decode.ts";
import type { DecodeTask } from "../workers/tasks.ts";

/** What stands for a byte that is known. */
export const KNOWN = 1;

/** Content, and for each byte of it {@link KNOWN} or 0. */
export interface PartlyKnown {
  readonly content: Uint8Array;
  readonly known: Uint8Array;
}

/**
 * @param block one that is deduplicated, and does not decode as a whole
 * @returns undefined if the instructions that put it together are lost
 */
export async function decodeWholeParts(
  block: DecodeTask["block"],
  { executor }: Running,
  settings: DecompressSettings,
): Promise<PartlyKnown | undefined> {
  const { header, payloadOffset } = block;
  const { contentLength } = header;
  const bounds = { ...settings, memoryLimit: settings.memoryLimit - headerMemory(header) };
  const input = newInput(inputLength(header), payloadOffset);
  const known = newInput(input.length, payloadOffset);
  try {
    let at = 0;
    for (const part of readableParts(block, bounds)) {
      const content = await executor
        .run({ type: "decode", block: part }, () => undefined)
        .catch((error: unknown) => undefinedIfDamaged(error));
      const end = at + part.header.contentLength;
      if (end > input.length) return undefined;
      if (content !== undefined) {
        input.set(content, at);
        known.fill(KNOWN, at, end);
      }
      at = end;
    }
    // Where the head is not known, neither are the instructions.
    const head = readHead(input, payloadOffset);
    if (known.subarray(0, head.length).includes(0)) return undefined;
    const content = await inTurns(restore(input, contentLength, payloadOffset));
    // What is known goes the way of the content: instructions put together bytes, whatever they are.
    known.set(input.subarray(0, head.length));
    return { content, known: await inTurns(restore(known, contentLength, payloadOffset)) };
  } catch (error) {
    undefinedIfDamaged(error);
    return undefined;
  }
}

/** Parts up to the first whose header cannot be read. */
function* readableParts(
  { payload, payloadOffset }: DecodeTask["block"],
  settings: DecompressSettings,
): Generator<Part> {
  const reader = new ByteReader(payload, payloadOffset);
  for (let number = 0, last = false; !last; number++) {
    let part: Part;
    try {
      part = readPart(reader, number, settings, false);
    } catch (error) {
      undefinedIfDamaged(error);
      return;
    }
    yield part;
    last = part.header.last;
  }
}

function undefinedIfDamaged(error: unknown): undefined {
  if (!(error instanceof PithError)) throw error;
  return undefined;
}
