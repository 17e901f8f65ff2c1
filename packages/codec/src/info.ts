import { headerMemory, inputLength, type BlockHeader } from "./format/block-header.ts";
import type { Checksum } from "./bytes/checksum-digits.ts";
import type { PlacedBlock } from "./format/frame-walker.ts";
import { HEAD_LENGTH, isMethod } from "./methods/method.ts";
import { openSource, type FileSource, type RandomAccessSource } from "./random-access/source.ts";
import { ByteReader } from "@pith/core/bytes";
import { kindById } from "./kinds/registry.ts";
import { stored } from "./methods/stored/index.ts";
import { located } from "./transforms/open/located.ts";
import { open } from "./transforms/open/index.ts";
import { MOST_SUMMARY, readSummary } from "./transforms/open/summary.ts";
import { walkParts, walkSource, type PlacedPart } from "./random-access/walk.ts";

/** What a file is made of. Lengths, offsets and memory are in bytes. */
export interface FileInfo {
  /** Of the format: the latest of those of its blocks. */
  readonly version: number;
  readonly fileLength: number;
  readonly contentLength: number;
  /** To decode one block at a time: that of the block that takes most. */
  readonly memory: number;
  /** What was taken apart in all blocks, by kind. */
  readonly opened: readonly OpenedKind[];
  readonly frames: readonly FrameInfo[];
}

/** A frame: what one run of a compressor wrote. */
export interface FrameInfo {
  /** In the file. */
  readonly offset: number;
  readonly length: number;
  readonly contentLength: number;
  readonly blocks: readonly BlockInfo[];
}

/** A part of a block. */
export interface PartInfo extends Pick<BlockInfo, "method" | "kind" | "transforms" | "payloadLength"> {
  /** Bytes of what the block's transforms gave out. */
  readonly contentLength: number;
  /** Of a part of a deduplicated block: of what it is put together itself; these have none. */
  readonly parts: readonly PartInfo[];
}

/** What of a kind was taken apart. Lengths are in bytes. */
export interface OpenedKind {
  /** deflate: streams of it, in gzip, ZIP, PDF and others; zip: members of ZIP, of which the streams are in deflate; zip
   * directory; png: image data in chunks; rows: filtered rows of pixels; base64 and hex: bytes that text writes so; characters:
   * text in UTF-16, or with letters of two bytes. JPEGs are parts of the method jpeg. */
  readonly kind: string;
  readonly count: number;
  /** As it stands in the content, and of what was inside; what lies in something that was opened itself counts too. */
  readonly length: number;
  readonly insideLength: number;
}

/** A block of a frame. */
export interface BlockInfo {
  /** Of its header, in the file. */
  readonly offset: number;
  /** Of header and payload. */
  readonly length: number;
  /** In the content of the file. */
  readonly contentOffset: number;
  readonly contentLength: number;
  readonly payloadLength: number;
  /** Of the payload, what the encoder learnt before it coded the content, and stored: a vocabulary, a network. */
  readonly learntLength: number;
  /** Name of the method; "split" where the payload is parts, each with a method of its own. */
  readonly method: string;
  /** What the encoder took the content for; undefined where the method does not say. */
  readonly kind: string | undefined;
  /** Of the method, plain data; null where it has none. */
  readonly parameters: unknown;
  /** Names, in the order in which the encoder applied them. */
  readonly transforms: readonly string[];
  /** What was taken apart before the block was coded, by kind. */
  readonly opened: readonly OpenedKind[];
  /** Of what it is put together, where its payload is parts: each is coded as a block is. */
  readonly parts: readonly PartInfo[];
  /** XXH64 of the content, the block's number in its frame as the seed: 16 hexadecimal digits. */
  readonly checksum: Checksum;
  /** To decode this block; without its network, where that does not come with this package. */
  readonly memory: number;
}

/**
 * What a file is made of, without decoding it. Reads and checks headers and indexes; the contents may be damaged all
 * the same, which `verify` finds.
 *
 * @throws PithError
 * @example
 * const { contentLength, frames } = await info(blob);
 */
export async function info(
  source: FileSource,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FileInfo> {
  const file = openSource(source);
  const frames: { offset: number; blocks: BlockInfo[] }[] = [];
  let contentOffset = 0;
  let version = 0;
  for await (const placed of walkSource(file)) {
    signal?.throwIfAborted();
    version = Math.max(version, placed.header.version);
    if (placed.header.number === 0) frames.push({ offset: placed.frameOffset, blocks: [] });
    const block = blockInfo(placed, contentOffset, {
      parts: await partsOf(file, placed),
      learntLength: await learntLength(file, placed),
      opened: await openedKinds(file, placed),
    });
    frames.at(-1)?.blocks.push(block);
    contentOffset += block.contentLength;
  }
  return {
    version,
    fileLength: file.size,
    contentLength: contentOffset,
    memory: frames.reduce((most, { blocks }) => blocks.reduce((max, { memory }) => Math.max(max, memory), most), 0),
    opened: summed(frames.flatMap(({ blocks }) => blocks.flatMap(({ opened }) => opened))),
    frames: frames.map(({ offset, blocks }, i) => ({
      offset,
      length: (frames[i + 1]?.offset ?? file.size) - offset,
      contentLength: blocks.reduce((sum, { contentLength }) => sum + contentLength, 0),
      blocks,
    })),
  };
}

/** What was taken apart here and there, by kind. */
function summed(all: readonly OpenedKind[]): readonly OpenedKind[] {
  const kinds = new Map<string, OpenedKind>();
  for (const { kind, count, length, insideLength } of all) {
    const known = kinds.get(kind) ?? { count: 0, length: 0, insideLength: 0 };
    kinds.set(kind, {
      kind,
      count: known.count + count,
      length: known.length + length,
      insideLength: known.insideLength + insideLength,
    });
  }
  return [...kinds.values()];
}

/** The headers of a block's parts. */
async function partsOf(file: RandomAccessSource, placed: PlacedBlock | PlacedPart): Promise<readonly Looked[]> {
  const found: Looked[] = [];
  if (isMethod(placed.header.method)) return found;
  for await (const part of walkParts(file, placed))
    found.push({ header: part.header, parts: await partsOf(file, part) });
  return found;
}

/** Bytes of memory that decoding takes: of its parts, one at a time. */
function memoryOf({ header, parts }: Looked): number {
  return headerMemory(header) + Math.max(0, ...parts.map(memoryOf));
}

function partInfo({ header, parts }: Looked): PartInfo {
  const { method, parameters, stages, contentLength, payloadLength } = header;
  return {
    parts: parts.map(partInfo),
    method: method.name,
    kind: method.kind?.(parameters),
    transforms: stages.map(({ transform }) => transform.name),
    contentLength,
    payloadLength,
  };
}

/** Bytes of a block's payload that were learnt. */
async function learntLength(file: RandomAccessSource, { header, payloadOffset }: PlacedBlock): Promise<number> {
  const { method, parameters, payloadLength } = header;
  if (method.learntLength === undefined) return 0;
  const head = await file.read(payloadOffset, Math.min(HEAD_LENGTH, payloadLength));
  return method.learntLength(head, inputLength(header), parameters, payloadOffset);
}

/** What of a block, and of its parts, was taken apart. */
async function openedKinds(file: RandomAccessSource, placed: PlacedBlock | PlacedPart): Promise<readonly OpenedKind[]> {
  if (isMethod(placed.header.method)) return [];
  if (placed.header.stages.some(({ transform }) => transform === open)) return await summaryOf(file, placed);
  const found: OpenedKind[] = [];
  for await (const part of walkParts(file, placed)) found.push(...(await openedKinds(file, part)));
  return summed(found);
}

/** It comes first in the first part, which is stored. */
async function summaryOf(file: RandomAccessSource, placed: PlacedBlock | PlacedPart): Promise<readonly OpenedKind[]> {
  for await (const { header, payloadOffset } of walkParts(file, placed)) {
    if (header.method !== stored) break;
    const head = await file.read(payloadOffset, Math.min(MOST_SUMMARY, header.payloadLength));
    return readSummary(new ByteReader(head, payloadOffset)).map(({ kind, ...found }) => ({
      kind: located(() => kindById(kind), payloadOffset).name,
      ...found,
    }));
  }
  return [];
}

/** A block or a part, and what it is put together of. */
interface Looked {
  readonly header: BlockHeader;
  readonly parts: readonly Looked[];
}

/** What is read of a block beside its header. */
interface Beside {
  readonly parts: readonly Looked[];
  readonly learntLength: number;
  readonly opened: readonly OpenedKind[];
}

function blockInfo(
  { header, offset, payloadOffset }: PlacedBlock,
  contentOffset: number,
  { parts, learntLength, opened }: Beside,
): BlockInfo {
  const { contentLength, payloadLength, method, parameters, stages, checksum } = header;
  return {
    offset,
    length: payloadOffset + payloadLength - offset,
    contentOffset,
    contentLength,
    payloadLength,
    learntLength,
    method: method.name,
    kind: method.kind?.(parameters),
    parameters,
    transforms: stages.map(({ transform }) => transform.name),
    opened,
    parts: parts.map(partInfo),
    checksum,
    memory: memoryOf({ header, parts }),
  };
}
