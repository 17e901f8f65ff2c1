import { PithError } from "@pith/core";
import { isMethod, type PayloadFormat } from "../methods/method.ts";
import type { Transform } from "../transforms/transform.ts";
import { type ByteReader, ByteWriter } from "@pith/core/bytes";
import { checksum as checksumOf } from "../bytes/checksum.ts";
import { checksumFromBytes, checksumToBytes, type Checksum } from "../bytes/checksum-digits.ts";
import {
  CHECKSUM_LENGTH,
  FIRST_VERSION,
  MAX_LENGTH,
  MAX_PARAMETERS,
  MAX_PARTS,
  MAX_TRANSFORMS,
  STORED,
  VERSION,
} from "./constants.ts";
import { formatById, transformById, type Formats } from "./formats.ts";

/** One transform of a block. */
export interface Stage {
  readonly transform: Transform;
  /** Bytes that come out of it. */
  readonly length: number;
}

/** What the header of a block says. */
export interface BlockHeader {
  /** Of the format. */
  readonly version: number;
  /** In its frame, from 0; not written: it follows from the block's place. */
  readonly number: number;
  /** The last block of its frame. */
  readonly last: boolean;
  readonly contentLength: number;
  /** In the order in which the encoder applied them. */
  readonly stages: readonly Stage[];
  readonly method: PayloadFormat;
  readonly parameters: unknown;
  readonly payloadLength: number;
  /** Of the content, with the block's number as the seed. */
  readonly checksum: Checksum;
}

const LAST = 0x20;
const TRANSFORMS = 0x10;
const METHOD = 0x0f;
const MORE = 0x80;

/** Bytes of content after all transforms: what the method codes. */
export function inputLength({ stages, contentLength }: BlockHeader): number {
  return stages.at(-1)?.length ?? contentLength;
}

/** Bytes of memory that coding the block takes, both ways: the method's, a buffer for each stage, and what undoing it takes. */
export function headerMemory(header: BlockHeader): number {
  const { method, parameters, contentLength, payloadLength, stages } = header;
  let memory = contentLength + payloadLength;
  let before = contentLength;
  for (const { transform, length } of stages) {
    memory += length + (transform.memory?.(length, before) ?? 0);
    before = length;
  }
  return memory + method.memory(parameters, inputLength(header));
}

/** The header as bytes, in the latest version. */
export function writeBlockHeader(header: Omit<BlockHeader, "version">): Uint8Array {
  const { last, contentLength, stages, method, parameters, payloadLength, checksum } = header;
  const writer = new ByteWriter();
  writer.byte((VERSION << 6) | (last ? LAST : 0) | (stages.length > 0 ? TRANSFORMS : 0) | method.id);
  writer.varint(contentLength);
  stages.forEach(({ transform, length }, i) => {
    writer.byte(transform.id | (i + 1 < stages.length ? MORE : 0));
    writer.varint(length);
  });
  method.writeParameters(parameters, writer);
  if (method.id !== STORED) writer.varint(payloadLength);
  writer.bytes(covered(checksumToBytes(checksum), writer.finish()));
  return writer.finish();
}

/**
 * A checksum of content that is also one of the header before it, and back: what the header says may change nothing in
 * the content (sizes of tables that are never full), and yet is damage where it is changed.
 */
function covered(checksum: Uint8Array, header: Uint8Array): Uint8Array {
  const cover = checksumToBytes(checksumOf(header, 0));
  return checksum.map((byte, i) => byte ^ cover[i]);
}

/**
 * Reads and checks a header; docs/format.md has the rules.
 *
 * @param number of the block in its frame
 * @throws PithError
 */
export function readBlockHeader(reader: ByteReader, number: number, formats: Formats): BlockHeader {
  const start = reader.offset;
  const { position } = reader;
  const head = reader.byte();
  const version = head >>> 6;
  checkVersion(version, number, start);
  const last = (head & LAST) !== 0;
  const method = formatById(formats, head & METHOD, start);
  const contentLength = readLength(reader, "the content's length");
  const stages = (head & TRANSFORMS) === 0 ? [] : readStages(reader, formats);
  if (method.id === STORED && stages.length > 0) {
    throw new PithError("invalid-field", "a stored block has transforms", { offset: start });
  }
  if (contentLength === 0 && (method.id !== STORED || number > 0 || !last)) {
    throw new PithError("invalid-field", "a block is empty that is not the only one, stored", { offset: start });
  }
  const parameters = readParameters(reader, method);
  const payloadLength = method.id === STORED ? contentLength : readPayloadLength(reader, contentLength);
  const fields = reader.since(position);
  const stored = reader.bytes(CHECKSUM_LENGTH);
  const checksum = checksumFromBytes(version === FIRST_VERSION ? stored : covered(stored, fields));
  return { version, number, last, contentLength, stages, method, parameters, payloadLength, checksum };
}

/**
 * Reads and checks the header of a part of a block.
 *
 * @param number of the part in its block
 * @param isInner of a part of a part, which has none itself
 * @throws PithError
 */
export function readPartHeader(reader: ByteReader, number: number, formats: Formats, isInner: boolean): BlockHeader {
  const { offset } = reader;
  if (number === MAX_PARTS) {
    throw new PithError("invalid-field", "a block has too many parts", { offset, expected: `at most ${MAX_PARTS}` });
  }
  const header = readBlockHeader(reader, number, formats);
  if (isInner && !isMethod(header.method)) {
    throw new PithError("invalid-field", "a part of a part has parts itself", { offset });
  }
  return header;
}

function checkVersion(version: number, number: number, offset: number): void {
  if (version === VERSION || version === FIRST_VERSION) return;
  const details = { offset, expected: `${FIRST_VERSION} or ${VERSION}`, got: version === 3 ? "3 or later" : version };
  if (version > VERSION && number === 0) {
    throw new PithError("unsupported-version", "the file has a version that this program does not know", details);
  }
  throw new PithError("invalid-field", "a block has a version that cannot be", details);
}

function readLength(reader: ByteReader, name: string): number {
  const offset = reader.offset;
  const length = reader.varint(name);
  if (length <= MAX_LENGTH) return length;
  throw new PithError("invalid-field", `${name} is too large`, {
    offset,
    expected: `at most ${MAX_LENGTH}`,
    got: length,
  });
}

function readStages(reader: ByteReader, formats: Formats): Stage[] {
  const stages: Stage[] = [];
  for (let more = true; more;) {
    const offset = reader.offset;
    if (stages.length === MAX_TRANSFORMS) {
      throw new PithError("invalid-field", "too many transforms", { offset, expected: `at most ${MAX_TRANSFORMS}` });
    }
    const byte = reader.byte();
    more = (byte & MORE) !== 0;
    const transform = transformById(formats, byte & ~MORE, offset);
    const length = readLength(reader, "a transform's length");
    if (length === 0) throw new PithError("invalid-field", "a transform's output is empty", { offset });
    stages.push({ transform, length });
  }
  return stages;
}

function readParameters(reader: ByteReader, method: PayloadFormat): unknown {
  const start = reader.position;
  const offset = reader.offset;
  const parameters = method.readParameters(reader);
  const length = reader.position - start;
  if (length <= MAX_PARAMETERS) return parameters;
  throw new PithError("invalid-field", "the parameters are too long", {
    offset,
    expected: `at most ${MAX_PARAMETERS} bytes`,
    got: length,
  });
}

function readPayloadLength(reader: ByteReader, contentLength: number): number {
  const offset = reader.offset;
  const length = reader.varint("the payload's length");
  if (length < contentLength) return length;
  throw new PithError("invalid-field", "a payload is not shorter than its content", {
    offset,
    expected: `less than ${contentLength}`,
    got: length,
  });
}
