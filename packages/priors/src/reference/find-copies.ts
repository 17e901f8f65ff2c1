/** Finds what of a content comes from a reference, wherever it stands there. */
import type { Step } from "./script.ts";

/** Bytes that are looked up by their hash. */
const WINDOW = 32;
/** Places of the reference that are kept, at most: of a longer one every so many. */
const MOST_PLACES = 2 ** 23;
/** Of the rolling hash: an odd number, and its power for the byte that leaves the window. */
const FACTOR = 0x2c1b3c6d;
const LEAVING = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, FACTOR), 1);
const SPREAD = 0x9e3779b1;

/** Bytes that are looked at from one step to the next. */
const PIECE = 2 ** 16;

/**
 * Tables in which each entry is another have nothing that is looked up, and yet most of their bytes: where so many bytes in a row are
 * new, places up to so far from the expected one are compared, byte by byte; where no other is
 * right, again after twice as many.
 */
const LOST = 4096;
const FAR = 8192;
/** Windows that are compared, their bytes, and how far apart they are. */
const WINDOWS = 32;
const COMPARED = 16;
const APART = 64;
/** A share of bytes that are the same by chance nowhere but in what is all the same. */
const LEAST_SAME = 0.6;

/** Where the reference first has what has such a hash; −1: nowhere. */
export type LookUp = (hash: number) => number;

/**
 * @param lookUp of the reference, by {@link placesOf}
 * @returns steps that make the content of the reference, in its order
 * @yields now and then
 */
export function* findCopies(
  content: Uint8Array,
  reference: Uint8Array,
  lookUp: LookUp,
  { leastExpected, position }: Expected,
): Generator<undefined, Step[]> {
  const steps: Step[] = [];
  /** Start of the bytes that are new, as far as is known; how far the reference lies ahead of the content. */
  let start = 0;
  let ahead = placeNear(content, 0, reference, position) ?? 0;
  let lost = LOST;
  let hash = 0;
  let hashed = -1;
  let at = 0;
  let next = PIECE;
  while (at < content.length) {
    if (at >= next) {
      yield undefined;
      next = at + PIECE;
    }
    if (at - start >= lost) {
      const found = placeNear(content, at, reference, at + ahead);
      const isElsewhere = found !== undefined && found !== at + ahead;
      if (isElsewhere) ahead = found - at;
      lost = isElsewhere ? at - start + LOST : 2 * lost;
    }
    let from = at + ahead;
    if (!goesOn(content, at, reference, from, leastExpected)) {
      if (at + WINDOW > content.length) {
        at++;
        continue;
      }
      hash = hashed === at - 1 ? roll(hash, content[at - 1], content[at + WINDOW - 1]) : hashAt(content, at);
      hashed = at;
      from = lookUp(hash);
      if (from < 0 || !goesOn(content, at, reference, from, Math.max(WINDOW, leastExpected))) {
        at++;
        continue;
      }
    }
    let back = 0;
    while (at - back > start && from - back > 0 && content[at - back - 1] === reference[from - back - 1]) back++;
    let end = at + leastExpected;
    while (end < content.length && from - at + end < reference.length && content[end] === reference[from - at + end])
      end++;
    steps.push({ inserted: at - back - start, copied: end - at + back, from: from - back });
    ahead = from - at;
    lost = LOST;
    start = end;
    at = end;
  }
  if (start < content.length) steps.push({ inserted: content.length - start, copied: 0, from: 0 });
  return steps;
}

/** What is expected of copies. */
interface Expected {
  /** Bytes with which the reference must go on where it is expected to. */
  readonly leastExpected: number;
  /** Where the content begins in the reference, about. */
  readonly position: number;
}

/** The place of the reference near another whose bytes are most like those of the content; undefined: none is like it. */
function placeNear(content: Uint8Array, at: number, reference: Uint8Array, near: number): number | undefined {
  const windows = Math.min(WINDOWS, Math.floor((content.length - at) / APART));
  const span = windows * APART;
  let best: number | undefined;
  let most = Math.floor(LEAST_SAME * COMPARED * windows);
  const compare = (from: number): void => {
    if (from < 0 || from + span > reference.length) return;
    let same = 0;
    for (let offset = 0; offset < span; offset += APART) {
      for (let i = offset; i < offset + COMPARED; i++) if (content[at + i] === reference[from + i]) same++;
    }
    if (same <= most) return;
    most = same;
    best = from;
  };
  // The nearest first, which is taken of several that are equally like it.
  for (let distance = 0; distance <= FAR; distance++) {
    compare(near - distance);
    if (distance > 0) compare(near + distance);
  }
  return best;
}

/** Whether so many bytes are the same. */
function goesOn(content: Uint8Array, at: number, reference: Uint8Array, from: number, count: number): boolean {
  if (from < 0 || from + count > reference.length || at + count > content.length) return false;
  for (let i = 0; i < count; i++) if (content[at + i] !== reference[from + i]) return false;
  return true;
}

function hashAt(bytes: Uint8Array, at: number): number {
  let hash = 0;
  for (let i = at; i < at + WINDOW; i++) hash = (Math.imul(hash, FACTOR) + bytes[i] + 1) | 0;
  return hash;
}

function roll(hash: number, leaves: number, comes: number): number {
  return (Math.imul(hash, FACTOR) + comes + 1 - Math.imul(leaves + 1, LEAVING)) | 0;
}

/** Looks places of a reference up by the hash of what stands there. Takes 4 to 8 bytes a byte. @yields now and then */
export function* placesOf(reference: Uint8Array): Generator<undefined, LookUp> {
  const step = Math.ceil(reference.length / MOST_PLACES);
  const bits = Math.max(8, Math.ceil(Math.log2(1 + reference.length / step)) + 1);
  const places = new Int32Array(2 ** bits).fill(-1);
  const slot = (hash: number): number => Math.imul(hash, SPREAD) >>> (32 - bits);
  const last = reference.length - WINDOW;
  let hash = last < 0 ? 0 : hashAt(reference, 0);
  for (let at = 0; at <= last; at++) {
    if (at % PIECE === 0) yield undefined;
    if (at > 0) hash = roll(hash, reference[at - 1], reference[at + WINDOW - 1]);
    if (at % step !== 0) continue;
    const index = slot(hash);
    if (places[index] < 0) places[index] = at;
  }
  return (sought) => places[slot(sought)];
}
