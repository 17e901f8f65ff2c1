/** Framed text, byte by byte: docs/letter-pairs.md, "Thesis framing". */

/** A byte of framed text, and what it says. `place` is where in the original text what it says begins. */
export type StreamPart =
  | { readonly type: "text"; readonly byte: number; readonly place: number }
  /** Codes follow, or end. */
  | { readonly type: "break"; readonly byte: number; readonly place: number }
  /** Two codes, or one and a break. */
  | { readonly type: "codes"; readonly byte: number; readonly place: number; readonly codes: readonly number[] };

/** Twice the code that stands for no character. */
const BREAK = 0xff;
const BREAK_CODE = 15;

/** @param framed as `encodeFraming` gives it */
export function streamParts(framed: Uint8Array): StreamPart[] {
  const parts: StreamPart[] = [];
  let place = 0;
  let coding = false;
  for (const byte of framed) {
    if (byte === BREAK) {
      coding = !coding;
      parts.push({ type: "break", byte, place });
    } else if (!coding) {
      parts.push({ type: "text", byte, place: place++ });
    } else {
      const low = byte & 15;
      const codes = low === BREAK_CODE ? [byte >> 4] : [byte >> 4, low];
      parts.push({ type: "codes", byte, place, codes });
      place += codes.length;
      coding = low !== BREAK_CODE;
    }
  }
  return parts;
}
