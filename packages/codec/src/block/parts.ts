import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { headerMemory, inputLength, readPartHeader, type BlockHeader } from "../format/block-header.ts";
import type { DecodeMeans } from "../format/decode-means.ts";
import type { Formats } from "../format/formats.ts";
import { isMethod } from "../methods/method.ts";
import { admitBlock } from "./admit.ts";
import type { CodedBlock } from "./coded-block.ts";
import { asDamage } from "./damage.ts";

/** A part of a block, itself a block; one of a block of its own may have parts, but these have none. */
export type Part = CodedBlock & {
  readonly headerBytes: Uint8Array;
  readonly isPart: true;
  /** Bytes that decoding it takes, with the one of its parts that takes most. */
  readonly memory: number;
};

/**
 * The parts of a block whose payload is parts. Their contents, one after the other, are the block's input.
 *
 * @param means what decoding the block has, a part at a time
 * @throws PithError if the payload is no parts, or if they make another length or take more memory
 */
export function readParts(block: CodedBlock | Part, means: DecodeMeans): Part[] {
  try {
    return partsOf(block, means);
  } catch (error) {
    throw asDamage(error, block);
  }
}

function partsOf(block: CodedBlock | Part, means: DecodeMeans): Part[] {
  const { header, payloadOffset, payload } = block;
  const partMeans = { ...means, memoryLimit: means.memoryLimit - headerMemory(header) };
  const reader = new ByteReader(payload, payloadOffset);
  const parts: Part[] = [];
  let length = 0;
  for (let last = false; !last;) {
    const part = readPart(reader, parts.length, partMeans, "isPart" in block);
    parts.push(part);
    length += part.header.contentLength;
    last = part.header.last;
  }
  if (reader.position < payload.length) {
    throw new PithError("trailing-data", "the payload goes on after its last part", { offset: reader.offset });
  }
  const expected = inputLength(header);
  if (length !== expected) {
    const details = { offset: payloadOffset, expected, got: length };
    throw new PithError("invalid-field", "the parts of a block have another length", details);
  }
  return parts;
}

/**
 * Reads the next part of a block, and what it is made of.
 *
 * @param isInner of a part of a part
 * @throws PithError
 */
export function readPart(reader: ByteReader, number: number, means: DecodeMeans, isInner: boolean): Part {
  const { offset, position } = reader;
  const { header } = admitBlock({ header: readPartHeader(reader, number, means.formats, isInner), offset }, means);
  const headerBytes = reader.since(position);
  const { offset: payloadOffset } = reader;
  const payload = reader.bytes(header.payloadLength);
  const part: Part = {
    header,
    headerBytes,
    offset,
    payloadOffset,
    payload,
    isPart: true,
    memory: headerMemory(header),
  };
  if (isMethod(header.method)) return part;
  return { ...part, memory: part.memory + Math.max(...readParts(part, means).map(({ memory }) => memory)) };
}

/** The headers of a block and, where it has parts that can be read, of its parts. */
export function headersOf(block: CodedBlock | Part, formats: Formats): BlockHeader[] {
  if (isMethod(block.header.method)) return [block.header];
  try {
    const parts = readParts(block, { memoryLimit: Infinity, networks: new Map(), formats });
    return [block.header, ...parts.flatMap((part) => headersOf(part, formats))];
  } catch {
    // Decoding says what is wrong with them.
    return [block.header];
  }
}
