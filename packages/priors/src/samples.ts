/** Samples as one text to learn from. */
import { checkBytes } from "@pith/core";
import { concatenate } from "@pith/core/bytes";

const LINE_FEED = 0x0a;

/**
 * Samples one behind the other, a line feed behind each, as messages begin behind one.
 *
 * @param size bytes, at most; of more samples, every so many is taken, so that early and late ones are among them
 */
export function joinSamples(samples: Iterable<string | Uint8Array>, size: number): Uint8Array {
  const all = distinct(samples);
  const total = all.reduce((sum, { length }) => sum + length, 0);
  const text = new Uint8Array(Math.min(total, size));
  const share = Math.min(1, size / total);
  let at = 0;
  let seen = 0;
  for (const sample of all) {
    seen += sample.length;
    if (at + sample.length > Math.min(size, Math.ceil(seen * share))) continue;
    text.set(sample, at);
    at += sample.length;
  }
  // One sample alone that is too long: its end.
  if (at === 0 && total > 0) return all[0].slice(-size);
  return text.subarray(0, at);
}

/** Each sample once, with its line feed; none that is empty. */
function distinct(samples: Iterable<string | Uint8Array>): Uint8Array[] {
  const encoder = new TextEncoder();
  const found = new Map<string, Uint8Array>();
  for (const sample of samples) {
    const bytes = typeof sample === "string" ? encoder.encode(sample) : checkBytes("samples", sample);
    if (bytes.length === 0) continue;
    const key = bytes.reduce((text, byte) => text + String.fromCharCode(byte), "");
    found.set(key, bytes.at(-1) === LINE_FEED ? bytes : concatenate([bytes, Uint8Array.of(LINE_FEED)]));
  }
  return [...found.values()];
}
