/** Short texts as messages, beside brotli. */
import { brotliCompressSync, constants } from "node:zlib";
import { decodeMessage, encodeMessage } from "@pith/pairs";
import { firstDifference } from "../measure/bytes.ts";
import { randomNumbers } from "../measure/pseudo-text.ts";
import { mean } from "../measure/statistics.ts";
import type { FormResult, MessagesResult } from "./results.ts";

/** Bytes of what counts as a short message. */
const SHORTEST = 100;
const LONGEST = 300;
const LINE_FEED = 0x0a;

const WAYS = ([4, 3] as const).flatMap((bits) =>
  (["plain", "modelled", "shortest"] as const).map((form) => ({ bits, form })),
);

/** The lines of a text that are as long as a short message. */
export function shortLines(content: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found < 0 ? content.length : found;
    if (end - start >= SHORTEST && end - start <= LONGEST) lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** Pieces of a text from all over it, as long as short messages; the same each time. */
export function cutsOf(text: Uint8Array, count: number): Uint8Array[] {
  const next = randomNumbers(1);
  const step = text.length / count;
  return Array.from({ length: count }, (_, i) => {
    const length = SHORTEST + (next() % (LONGEST - SHORTEST + 1));
    const start = Math.floor(i * step);
    return text.subarray(start, start + length);
  }).filter(({ length }) => length >= SHORTEST);
}

/** @throws Error for a text that does not come back */
export async function measureMessages(name: string, texts: readonly Uint8Array[]): Promise<MessagesResult> {
  const brotli = texts.map(brotliLength);
  const forms: FormResult[] = [];
  for (const { bits, form } of WAYS) {
    const lengths: number[] = [];
    for (const text of texts) {
      const message = await encodeMessage(text, { bits, form: form === "shortest" ? undefined : form });
      const difference = firstDifference(text, await decodeMessage(message));
      if (difference !== undefined) throw new Error(`${name}: a message differs at byte ${difference}`);
      lengths.push(message.length);
    }
    const notBelowBrotli = lengths.filter((length, i) => length >= brotli[i]).length;
    forms.push({ bits, form, mean: meanShare(lengths, texts), notBelowBrotli });
  }
  return { name, count: texts.length, brotli: meanShare(brotli, texts), forms };
}

function meanShare(lengths: readonly number[], texts: readonly Uint8Array[]): number {
  return mean(lengths.map((length, i) => length / texts[i].length));
}

function brotliLength(text: Uint8Array): number {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  return brotliCompressSync(text, { params }).length;
}
