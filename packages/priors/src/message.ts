/** Messages: short texts and records, one byte longer than what the model makes of them. */
import { checkBytes, PithError } from "@pith/core";
import { modelWith } from "./knowledge.ts";
import { MOST_CONTENT } from "./model.ts";
import { costsOf, decodeNumber, encodeNumber } from "./number.ts";
import { Prior, textOf } from "./prior.ts";
import type { Base, PriorText } from "./prior-file.ts";

/** Options of {@link encodeMessage} and {@link decodeMessage}. */
export interface MessageOptions {
  /**
   * What the model knows before the message: the built-in prior ("auto", the default), nothing ("none"), or a prior of
   * your own. To decode, it matters only whether you give your own one: a message says which of the others it needs.
   */
  readonly prior?: Base | Prior | undefined;
}

/** The first byte of a message, which is all that it costs beside what it says. */
const STORED = 0;
/** Up to here, those of letter pairs, which are other messages. */
const LAST_OF_PAIRS = 31;
const BASES: Readonly<Record<Base, number>> = { none: 32, auto: 33 };
/** With this bit, the others are the last seven of the hash of the user's own prior. */
const OWN = 0x80;

/**
 * Codes a message: as few bytes as the model needs, and one. What does not get shorter is stored.
 *
 * @param content text, which is coded in UTF-8, or bytes of any kind; 65,536 at most
 * @throws RangeError if it is longer
 * @example
 * const message = await encodeMessage("See you at the station at nine."); // 9 bytes
 */
export async function encodeMessage(
  content: string | Uint8Array,
  { prior = "auto" }: MessageOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = bytesOf(content);
  const model = await modelWith(learntOf(prior));
  const number = encodeNumber(model, bytes);
  return number.length < bytes.length ? withHead(headOf(prior), number) : withHead(STORED, bytes);
}

/**
 * What each byte of a content costs in a message, in bits; the message has a byte more, and ends with a whole one.
 *
 * @param content as of {@link encodeMessage}
 * @throws RangeError if it is longer
 */
export async function measureMessage(
  content: string | Uint8Array,
  { prior = "auto" }: MessageOptions = {},
): Promise<Float64Array<ArrayBuffer>> {
  return costsOf(await modelWith(learntOf(prior)), bytesOf(content));
}

/**
 * Undoes {@link encodeMessage}.
 *
 * @returns the content's bytes
 * @throws PithError `unknown-method` if it was made with another prior, `unsupported-version` if its head is not known, else
 *   if it is no message
 */
export async function decodeMessage(
  message: Uint8Array,
  { prior = "auto" }: MessageOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = checkBytes("message", message);
  if (bytes.length === 0) {
    throw new PithError("truncated", "a message has a byte at least", {
      offset: 0,
      expected: "a byte",
      got: "the end",
    });
  }
  const number = bytes.subarray(1);
  if (number.length > MOST_CONTENT) {
    throw new PithError("length-limit", "a message is longer than messages are", {
      offset: 1 + MOST_CONTENT,
      expected: `at most ${1 + MOST_CONTENT} bytes`,
      got: bytes.length,
    });
  }
  if (bytes[0] === STORED) return number.slice();
  return decodeNumber(await modelWith(learntBy(bytes[0], prior)), number, 1);
}

/** @throws RangeError if it is too long */
function bytesOf(content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : checkBytes("content", content);
  if (bytes.length <= MOST_CONTENT) return bytes;
  throw new RangeError(`content: expected at most ${MOST_CONTENT} bytes, got ${bytes.length}; compress takes more`);
}

function withHead(head: number, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(1 + rest.length);
  message[0] = head;
  message.set(rest, 1);
  return message;
}

function learntOf(prior: Base | Prior): Base | PriorText {
  if (prior === "auto" || prior === "none") return prior;
  return textOf(prior);
}

function headOf(prior: Base | Prior): number {
  const known = learntOf(prior);
  if (typeof known === "string" || !(prior instanceof Prior)) return BASES[known as Base];
  return OWN | (Number.parseInt(prior.hash.slice(-2), 16) & (OWN - 1));
}

/** @throws PithError if the head names another prior than the one that was given */
function learntBy(head: number, prior: Base | Prior): Base | PriorText {
  if (head === BASES.none) return "none";
  if (head === BASES.auto) return "auto";
  if (head <= LAST_OF_PAIRS) {
    throw new PithError("unsupported-version", "a message of letter pairs, which @pith/pairs reads", {
      offset: 0,
      expected: "0, 32, 33 or 128 to 255",
      got: head,
    });
  }
  if (head < OWN) {
    throw new PithError("unsupported-version", "a message of a kind that is not known", {
      offset: 0,
      expected: "0, 32, 33 or 128 to 255",
      got: head,
    });
  }
  if (prior instanceof Prior && headOf(prior) === head) return textOf(prior);
  const last = (byte: number): string => (byte & (OWN - 1)).toString(16).padStart(2, "0");
  throw new PithError(
    "unknown-method",
    "a message was made with a prior of its writer's own, which is not the one given",
    {
      offset: 0,
      expected: `a prior whose hash ends, in its last seven bits, in ${last(head)}`,
      got: prior instanceof Prior ? `${last(headOf(prior))}, of ${prior.hash}` : "none",
    },
  );
}
