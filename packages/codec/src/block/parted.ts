import { writeBlockHeader } from "../format/block-header.ts";
import { MAX_PARTS } from "../format/constants.ts";
import type { Checksum } from "../bytes/checksum-digits.ts";
import { split } from "../methods/split/index.ts";
import { concatenate } from "@pith/core/bytes";
import type { Piece, Transform } from "../transforms/transform.ts";
import type { Block } from "./encode.ts";
import { scaled, shifted } from "@pith/core/steps";
import type { BlockSettings } from "../plan/settings.ts";

/** A block of content that went through a transform whose output is coded in parts. */
export interface PartedBlock {
  /** In its frame, from 0. */
  readonly number: number;
  /** The last of its frame. */
  readonly last: boolean;
  readonly contentLength: number;
  /** Of the content. */
  readonly checksum: Checksum;
  readonly transform: Transform;
  /** What came out of the transform. */
  readonly input: Uint8Array;
  readonly parts: readonly PartPlan[];
  /** The content, where it may be smaller with what is packed in it opened. */
  readonly closed?: Block | undefined;
}

/** A part of a block, to be coded as a block of its own. */
export interface PartPlan {
  readonly block: Block;
  readonly settings: BlockSettings;
}

/**
 * Cuts what came out of the transform into parts.
 *
 * @param pieces what it consists of: a part has bytes of one alone
 * @param blockSize most bytes of a part, unless there would be too many
 */
export function planParts(
  input: Uint8Array,
  pieces: readonly Piece[],
  settings: BlockSettings,
  blockSize: number,
): PartPlan[] {
  // One more for each piece, as the last part of each is shorter.
  const most = Math.max(blockSize, Math.ceil(input.length / (MAX_PARTS - pieces.length)));
  const coded: BlockSettings = { ...settings, isPart: true };
  const stored: BlockSettings = { ...coded, method: "stored" };
  const parts: PartPlan[] = [];
  let start = 0;
  for (const { end, incompressible, method, shape, values } of pieces) {
    const length = end - start;
    const count = Math.ceil(length / most);
    for (let i = 0; i < count; i++) {
      const [from, to] = [i, i + 1].map((n) => start + Math.floor((length * n) / count));
      const block = { content: input.subarray(from, to), number: parts.length, last: to === input.length };
      const forced = method === undefined ? coded : { ...coded, method, shape, values };
      parts.push({ block, settings: incompressible ? stored : forced });
    }
    start = end;
  }
  return parts;
}

/** Codes a part. @yields bytes of content done so far */
type PartEncoder = (block: Block, settings: BlockSettings) => Generator<number, Uint8Array>;

/** Codes a block in parts, one after the other. @yields bytes of content done so far */
export function* encodeParted(block: PartedBlock, encode: PartEncoder): Generator<number, Uint8Array> {
  return yield* scaled(encodeParts(block, encode), block.contentLength / block.input.length);
}

function* encodeParts(block: PartedBlock, encode: PartEncoder): Generator<number, Uint8Array> {
  const coded: Uint8Array[] = [];
  let done = 0;
  for (const { block: part, settings } of block.parts) {
    coded.push(yield* shifted(done, encode(part, settings)));
    done += part.content.length;
  }
  return joinParts(block, coded);
}

/** The block, header and payload, of its coded parts. */
export function joinParts(block: PartedBlock, coded: readonly Uint8Array[]): Uint8Array {
  const { number, last, contentLength, checksum, transform, input } = block;
  const payloadLength = coded.reduce((sum, { length }) => sum + length, 0);
  const header = writeBlockHeader({
    number,
    last,
    contentLength,
    checksum,
    stages: [{ transform, length: input.length }],
    method: split,
    parameters: null,
    payloadLength,
  });
  return concatenate([header, ...coded]);
}
