/** The head of a store of records: which prior they were coded with. docs/format.md says what its bytes mean. */
import { fnv1a, PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";

export interface StoreHead {
  readonly prior: PriorKind;
  /** Of the prior; 0 without one. */
  readonly hash: number;
  /** Each record is a line, whose line feed is left out. */
  readonly lines: boolean;
  /** A prior's file. Empty, unless the prior is "kept". */
  readonly file: Uint8Array;
}

/** Nothing; the built-in prior; one that whoever reads has to have; one that the store keeps. */
type PriorKind = "none" | "auto" | "given" | "kept";

const MAGIC = [0x8f, 0x72];
const VERSION = 1;
const KINDS: readonly PriorKind[] = ["none", "auto", "given", "kept"];
/** Of the flags: the kind, and that records are lines. */
const KIND = 3;
const LINES = 4;
/** Bytes without the prior's file, and without that file's length. */
const LEAST_HEAD = 12;
/** Bytes that say how long the head is. */
export const HEAD_BEGINNING = 12;
const CHECKSUM = 4;
/** Bytes of a prior's file, at most. */
const MOST_FILE = 2 ** 20 + 12;

export function writeHead({ prior, hash, lines, file }: StoreHead): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  for (const byte of MAGIC) writer.byte(byte);
  writer.byte(VERSION);
  writer.byte(KINDS.indexOf(prior) | (lines ? LINES : 0));
  writer.uint32(hash);
  if (prior === "kept") {
    writer.uint32(file.length);
    writer.bytes(file);
  }
  writer.uint32(fnv1a(writer.finish()));
  return writer.finish();
}

/**
 * @param beginning the first HEAD_BEGINNING bytes of a file, or all of it if it is shorter
 * @returns bytes of the head
 * @throws PithError if it is no store, or one of another version
 */
export function headLength(beginning: Uint8Array): number {
  const reader = new ByteReader(beginning, 0);
  for (const [offset, expected] of MAGIC.entries()) {
    const got = offset < beginning.length ? reader.byte() : "the end";
    if (got !== expected) {
      const code = got === "the end" ? "truncated" : "not-pith";
      throw new PithError(code, "this is no store of records", { offset, expected, got });
    }
  }
  const version = reader.byte();
  if (version !== VERSION) {
    throw new PithError("unsupported-version", "a store of records of another version", {
      offset: 2,
      expected: VERSION,
      got: version,
    });
  }
  const flags = reader.byte();
  if (flags > (KIND | LINES)) {
    throw new PithError("invalid-field", "a store of records with flags that are not known", {
      offset: 3,
      expected: `at most ${KIND | LINES}`,
      got: flags,
    });
  }
  reader.uint32();
  if (KINDS[flags & KIND] !== "kept") return LEAST_HEAD;
  const length = reader.uint32();
  if (length === 0 || length > MOST_FILE) {
    throw new PithError("length-limit", "a store of records keeps no prior of this length", {
      offset: 8,
      expected: `1 to ${MOST_FILE} bytes`,
      got: length,
    });
  }
  return HEAD_BEGINNING + length + CHECKSUM;
}

/** @param bytes of the head, as many as {@link headLength} says @throws PithError if it is damaged */
export function readHead(bytes: Uint8Array): StoreHead {
  const checked = bytes.length - CHECKSUM;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [expected, got] = [view.getUint32(checked, true), fnv1a(bytes.subarray(0, checked))];
  if (expected !== got) {
    throw new PithError("checksum-mismatch", "the head of a store of records is not the one that was written", {
      offset: checked,
      expected: expected.toString(16).padStart(8, "0"),
      got: got.toString(16).padStart(8, "0"),
    });
  }
  const flags = bytes[3];
  const prior = KINDS[flags & KIND];
  return {
    prior,
    hash: view.getUint32(4, true),
    lines: (flags & LINES) !== 0,
    file: prior === "kept" ? bytes.subarray(HEAD_BEGINNING, checked) : bytes.subarray(0, 0),
  };
}
