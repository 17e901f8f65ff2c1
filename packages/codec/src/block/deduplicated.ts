import { writeBlockHeader } from "../format/block-header.ts";
import { MAX_PARTS } from "../format/constants.ts";
import type { Checksum } from "../bytes/checksum-digits.ts";
import { split } from "../methods/split/index.ts";
import { concatenate } from "@pith/core/bytes";
import { dedupe } from "../transforms/dedupe/index.ts";
import { encodeBlock, type Block } from "./encode.ts";
import { scaled, shifted } from "@pith/core/steps";
import type { BlockSettings } from "../plan/settings.ts";

/** A block of content that went through the transform `dedupe`, and how to go on with it. */
export interface DeduplicatedBlock {
  /** In its frame, from 0. */
  readonly number: number;
  /** The last of its frame. */
  readonly last: boolean;
  readonly contentLength: number;
  /** Of the content. */
  readonly checksum: Checksum;
  /** What came out of the transform. */
  readonly input: Uint8Array;
  readonly parts: readonly PartPlan[];
  /** Bytes of memory that coding one of them takes, at most. */
  readonly partMemory: number;
}

/** A part of a block, to be coded as a block of its own. */
export interface PartPlan {
  readonly block: Block;
  readonly settings: BlockSettings;
}

/**
 * Cuts what came out of the transform into parts.
 *
 * @param ends where its instructions and its streams end
 * @param blockSize most bytes of a part, unless there would be too many
 */
export function planParts(
  input: Uint8Array,
  ends: readonly number[],
  settings: BlockSettings,
  blockSize: number,
): PartPlan[] {
  // One more for each end, as the last part of each is shorter.
  const most = Math.max(blockSize, Math.ceil(input.length / (MAX_PARTS - ends.length)));
  const cuts: number[] = [0];
  for (const end of ends) {
    const start = cuts[cuts.length - 1];
    const count = Math.ceil((end - start) / most);
    for (let i = 1; i <= count; i++) cuts.push(start + Math.floor(((end - start) * i) / count));
  }
  return cuts.slice(1).map((end, number) => ({
    block: { content: input.subarray(cuts[number], end), number, last: number + 2 === cuts.length },
    // The instructions are coded already.
    settings: number === 0 ? { ...settings, method: "stored" } : settings,
  }));
}

/**
 * Codes a block, whole or in parts, one after the other.
 *
 * @yields bytes of content done so far
 * @returns the block's header and payload
 */
export function* encodeUnit(unit: Block | DeduplicatedBlock, settings: BlockSettings): Generator<number, Uint8Array> {
  if ("content" in unit) return yield* encodeBlock(unit, settings);
  return yield* scaled(encodeParts(unit), unit.contentLength / unit.input.length);
}

function* encodeParts(block: DeduplicatedBlock): Generator<number, Uint8Array> {
  const coded: Uint8Array[] = [];
  let done = 0;
  for (const { block: part, settings } of block.parts) {
    coded.push(yield* shifted(done, encodeBlock(part, settings)));
    done += part.content.length;
  }
  return joinParts(block, coded);
}

/** The block, header and payload, of its coded parts. */
export function joinParts(block: DeduplicatedBlock, coded: readonly Uint8Array[]): Uint8Array {
  const { number, last, contentLength, checksum, input } = block;
  const payloadLength = coded.reduce((sum, { length }) => sum + length, 0);
  const header = writeBlockHeader({
    number,
    last,
    contentLength,
    checksum,
    stages: [{ transform: dedupe, length: input.length }],
    method: split,
    parameters: null,
    payloadLength,
  });
  return concatenate([header, ...coded]);
}
