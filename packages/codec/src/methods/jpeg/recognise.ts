import { markerFrom } from "./bit-reader.ts";
import { RESTART } from "./frame.ts";
import { HeaderReader } from "./header.ts";
import { NotUnderstood } from "./not-understood.ts";

/** A JPEG among other bytes. */
export interface FoundJpeg {
  /** Bytes from its SOI to the end of its EOI. */
  readonly length: number;
  /** Blocks of 64 coefficients of all its components. */
  readonly blocks: number;
}

/** The bytes that a JPEG begins with: SOI, and the next marker's first. */
const MAGIC = [0xff, 0xd8, 0xff];

/**
 * Whether a JPEG of a kind that is taken apart begins at a place, and how far it goes. Looks at its markers, not at the
 * coded bits: whether those are sound, only taking them apart tells.
 *
 * @returns undefined where there is none
 */
export function recogniseJpeg(bytes: Uint8Array, start = 0): FoundJpeg | undefined {
  if (MAGIC.some((byte, i) => bytes[start + i] !== byte)) return undefined;
  const reader = new HeaderReader();
  try {
    for (let at = start; ;) {
      const { scan, end } = reader.next(bytes, at);
      if (scan === undefined) return { length: end - start, blocks: reader.frame.blocks };
      at = scanEnd(bytes, end);
    }
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

/** Where the first marker lies behind coded bits that is none of a restart. */
function scanEnd(bytes: Uint8Array, from: number): number {
  let at = markerFrom(bytes, from);
  while ((bytes[at + 1] & 0xf8) === RESTART) at = markerFrom(bytes, at + 2);
  return at;
}
