/** A prior as a file: docs/format.md says what its bytes mean. */
import { fnv1a, PithError } from "@pith/core";
import { decodeText, encodeText } from "./coded-text.ts";
import type { Model } from "./model.ts";

/** What is learnt before a prior: nothing, or the built-in prior. */
export type Base = "none" | "auto";

/** What there is to learn. */
export interface PriorText {
  readonly base: Base;
  readonly text: Uint8Array;
}

/** What the head of a file says. */
export interface PriorHead {
  readonly base: Base;
  /** Bytes of the text. */
  readonly length: number;
  readonly hash: number;
}

const MAGIC = [0x8f, 0x50];
const VERSION = 1;
/** By number, in files. */
const BASES: readonly Base[] = ["none", "auto"];
const HEAD_LENGTH = 12;

/** Names a prior: FNV-1a of its version, its base and its text. */
export function hashOf({ base, text }: PriorText): number {
  return fnv1a(text, fnv1a([VERSION, BASES.indexOf(base)]));
}

/** @param model that knows the prior's base, and learns the prior */
export function writePrior(model: Model, prior: PriorText): Uint8Array<ArrayBuffer> {
  const coded = encodeText(model, prior.text);
  const file = new Uint8Array(HEAD_LENGTH + coded.length);
  const view = new DataView(file.buffer);
  file.set([...MAGIC, VERSION, BASES.indexOf(prior.base)]);
  view.setUint32(4, prior.text.length, true);
  view.setUint32(8, hashOf(prior), true);
  file.set(coded, HEAD_LENGTH);
  return file;
}

/**
 * @param most bytes of text that are taken
 * @throws PithError if it is no prior, of another version, or has fields that no prior has
 */
export function readHead(file: Uint8Array, most: number): PriorHead {
  check(file, "not-pith", "this is no prior", 0, MAGIC[0], (byte) => byte === MAGIC[0]);
  check(file, "not-pith", "this is no prior", 1, MAGIC[1], (byte) => byte === MAGIC[1]);
  check(file, "unsupported-version", "a prior of another version", 2, VERSION, (byte) => byte === VERSION);
  check(file, "invalid-field", "a prior stands on no such prior", 3, "0 or 1", (byte) => byte < BASES.length);
  if (file.length <= HEAD_LENGTH) {
    throw new PithError("truncated", "a prior ends in its head", {
      offset: file.length,
      expected: `more than ${HEAD_LENGTH} bytes`,
      got: file.length,
    });
  }
  const view = new DataView(file.buffer, file.byteOffset);
  const length = view.getUint32(4, true);
  if (length === 0 || length > most) {
    throw new PithError("length-limit", "a prior has no text of this length", {
      offset: 4,
      expected: `1 to ${most} bytes`,
      got: length,
    });
  }
  return { base: BASES[file[3]], length, hash: view.getUint32(8, true) };
}

function check(
  file: Uint8Array,
  code: "not-pith" | "unsupported-version" | "invalid-field",
  problem: string,
  offset: number,
  expected: number | string,
  isRight: (byte: number) => boolean,
): void {
  if (offset < file.length && isRight(file[offset])) return;
  const got = offset < file.length ? file[offset] : "the end";
  throw new PithError(offset < file.length ? code : "truncated", problem, { offset, expected, got });
}

/**
 * @param model that knows the prior's base, and learns the prior
 * @throws PithError if the file is damaged
 */
export function readText(model: Model, file: Uint8Array, { base, length, hash }: PriorHead): PriorText {
  const coded = file.subarray(HEAD_LENGTH);
  const room = model.kernel.numberRoom();
  if (coded.length > room) {
    throw new PithError("trailing-data", "a prior goes on behind its text", {
      offset: HEAD_LENGTH + room,
      expected: `at most ${room} coded bytes`,
      got: coded.length,
    });
  }
  const text = decodeText(model, coded, length, HEAD_LENGTH);
  const got = hashOf({ base, text });
  if (got === hash) return { base, text };
  throw new PithError("checksum-mismatch", "a prior's text is not the one that was written", {
    offset: 8,
    expected: hash.toString(16).padStart(8, "0"),
    got: got.toString(16).padStart(8, "0"),
  });
}
