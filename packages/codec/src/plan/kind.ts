import type { DeferredKernel } from "@pith/core";
import { detectDna } from "../methods/dna/detect.ts";
import { mix, mixParameters } from "../methods/mix/index.ts";
import { MODELS, modelFor } from "../methods/mix/models.ts";
import { sampled } from "../bytes/sample.ts";

/** Kinds of content that have models of their own. */
export type ContentKind = "text" | "binary" | "dna";

/** Bytes that are looked at, and that are coded on trial where looking does not decide. */
const LOOKED_AT = 65536;
const TRIED = 32768;
/** Level of the trial. */
const TRIAL_LEVEL = 1;

/** Shares of bytes that no text has: below the first it is text, above the second it is not, unless it has another code. */
const SURELY_TEXT = 0.002;
const SURELY_BINARY = 0.2;

/**
 * Finds out what content is, from a sample of it. The same content gives the same answer everywhere.
 *
 * @yields something, every few milliseconds
 */
export function* detectKind(content: Uint8Array): Generator<number, ContentKind> {
  const kinds = possibleKinds(content);
  if (kinds.length === 1) return kinds[0];
  const trial = sampled(content, TRIED);
  const asText = yield* codedLength(trial, "text");
  return asText <= (yield* codedLength(trial, "binary")) ? "text" : "binary";
}

/** What content can be, by a look at a sample of it: one kind, or text and binary, which coding tells apart. */
export function possibleKinds(content: Uint8Array): readonly ContentKind[] {
  if (detectDna(content)) return ["dna"];
  const sample = sampled(content, LOOKED_AT);
  const share = nonTextShare(sample);
  if (share <= SURELY_TEXT) return ["text"];
  return share >= SURELY_BINARY && !mayBeOtherText(sample) ? ["binary"] : ["text", "binary"];
}

function isControl(byte: number): boolean {
  // Tab, newline, form feed, carriage return and escape are common in text.
  return byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27;
}

/** Share of the bytes that are control characters or not UTF-8. */
export function nonTextShare(bytes: Uint8Array): number {
  let strange = 0;
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i];
    if (byte < 0x80) {
      if (isControl(byte)) strange++;
      i++;
      continue;
    }
    const following = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    let valid = byte >= 0xc2 && byte <= 0xf4;
    // What the sample cuts off is given the benefit of the doubt.
    for (let k = 1; valid && k <= following && i + k < bytes.length; k++) valid = (bytes[i + k] & 0xc0) === 0x80;
    if (!valid) strange++;
    i += valid ? following + 1 : 1;
  }
  return bytes.length === 0 ? 0 : strange / bytes.length;
}

/** Share of control characters that text of one byte a letter has at most. */
const MOST_CONTROLS = 0.005;
/** Share of all letters of two bytes that have the commonest upper byte, in text of one script. */
const ONE_SCRIPT = 0.5;
/** Bytes in which each second byte is looked for at the same places: what a sample is put together from is longer. */
const ALIGNED = 2048;

/**
 * Whether bytes that are not UTF-8 may be text in another code: one byte a letter (of Windows, ISO 8859, KOI8, EBCDIC), or
 * two (UTF-16). Much that is no text looks like it, too.
 */
function mayBeOtherText(bytes: Uint8Array): boolean {
  const controls = bytes.reduce((sum, byte) => sum + (isControl(byte) ? 1 : 0), 0);
  return controls <= MOST_CONTROLS * bytes.length || mayBeUtf16(bytes);
}

/** Whether one half of the bytes is hardly ever anything but one value, and the other half does look like letters. */
function mayBeUtf16(bytes: Uint8Array): boolean {
  let upper = 0;
  let lowerControls = 0;
  for (let start = 0; start < bytes.length; start += ALIGNED) {
    const window = bytes.subarray(start, start + ALIGNED);
    const halves = [0, 1].map((phase) => window.filter((_, at) => at % 2 === phase));
    const [first, second] = halves.map(commonest);
    const lower = halves[first > second ? 1 : 0];
    upper += Math.max(first, second);
    lowerControls += lower.reduce((sum, byte) => sum + (byte === 0 || byte === 0xff ? 1 : 0), 0);
  }
  return upper >= (ONE_SCRIPT * bytes.length) / 2 && lowerControls <= (MOST_CONTROLS * bytes.length) / 2;
}

/** How often the commonest of some bytes is among them. */
function commonest(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte]++;
  return Math.max(...counts);
}

/** Kernels that {@link detectKind} takes for content that may be of several kinds. */
export function trialKernels(): readonly DeferredKernel[] {
  return (["text", "binary"] as const).map((kind) => MODELS[modelFor(kind, TRIAL_LEVEL, TRIED).model].kernel);
}

function* codedLength(bytes: Uint8Array, kind: "text" | "binary"): Generator<number, number> {
  return (yield* mix.encodeBlock(bytes, mixParameters(kind, TRIAL_LEVEL, bytes.length))).length;
}
