/** Messages by the model and by letter pairs: their first bytes differ, so one reader reads both. */

import { decodeMessage as decodePairs, encodeMessage as encodePairs } from "@pith/pairs";
import { decodeMessage, encodeMessage, type MessageOptions } from "@pith/priors";

import type { Codes } from "./settings.ts";

/** Bytes that letter pairs take in one message. */
const MOST_OF_PAIRS = 16_384;
/** The last head of letter pairs; 0 is content as it is, in both. */
const LAST_OF_PAIRS = 31;

/** Writes a message; of `auto`, the shorter one, and the model's where both are as long. */
export async function encode(content: Uint8Array, codes: Codes, options: MessageOptions): Promise<Uint8Array> {
  if (codes === "pairs") return await encodePairs(content);
  const message = await encodeMessage(content, options);
  if (codes === "model" || content.length > MOST_OF_PAIRS) return message;
  const pairs = await encodePairs(content);
  return pairs.length < message.length ? pairs : message;
}

/** Reads what {@link encode} wrote. @throws PithError for what is no such message */
export async function decode(message: Uint8Array, options: MessageOptions): Promise<Uint8Array> {
  const isOfPairs = message.length > 0 && message[0] > 0 && message[0] <= LAST_OF_PAIRS;
  return isOfPairs ? await decodePairs(message) : await decodeMessage(message, options);
}
