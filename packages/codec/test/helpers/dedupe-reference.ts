/** The kernels of deduplication in plain TypeScript: slow, and as short as the definition allows. */
import type { Repeated } from "../../src/transforms/dedupe/sampler.ts";

const WINDOW = 4096;
const BEHIND = 64;
const RARITY = 6;

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

function isAnchor(bytes: Uint8Array, at: number): boolean {
  const product = (place: number): number => Math.imul(word(bytes, place), 0x9e3779b1);
  return (product(at) + 0x5bd1e995 + (product(at + 4) << 7)) >>> 0 < 2 ** (32 - RARITY);
}

/** The anchors from `from` to the end of its window; its first place if there are none. */
function anchorsOf(bytes: Uint8Array, from: number): number[] {
  const found: number[] = [];
  for (let at = from; at < from + WINDOW; at++) if (isAnchor(bytes, at)) found.push(at);
  return found.length > 0 ? found : [from];
}

function hashOf(bytes: Uint8Array, at: number): number {
  const half = (place: number): bigint => BigInt(word(bytes, place)) | (BigInt(word(bytes, place + 4)) << 32n);
  let hash = BigInt.asUintN(64, half(at) * 0xc2b2ae3d27d4eb4fn);
  for (const [i, factor] of [0x9fb21c651e98df25n, 0xc2b2ae3d27d4eb4fn, 0x9fb21c651e98df25n].entries()) {
    hash = BigInt.asUintN(64, (hash ^ (hash >> 29n) ^ half(at + 8 * (i + 1))) * factor);
  }
  return Number(hash >> 32n);
}

interface Entry {
  hash: number;
  place: number;
}

/** The latest place of each anchor, in buckets of eight. */
class Table {
  #bits = 10;
  #anchors = 0;
  #buckets: (Entry | undefined)[][] = Array.from({ length: 2 ** 10 }, () => new Array<undefined>(8).fill(undefined));

  #bucket(hash: number): (Entry | undefined)[] {
    return this.#buckets[Math.imul(hash, 0x9e3779b1) >>> (32 - this.#bits)];
  }

  /** Places are from 1. Returns the one before, or 0. */
  replace(hash: number, place: number): number {
    const bucket = this.#bucket(hash);
    const same = bucket.find((entry) => entry?.hash === hash);
    if (same !== undefined) {
      const before = same.place;
      same.place = place;
      return before;
    }
    const free = bucket.indexOf(undefined);
    bucket[free < 0 ? place % 8 : free] = { hash, place };
    if (free >= 0 && ++this.#anchors > 5 * 2 ** this.#bits) this.#grow();
    return 0;
  }

  #grow(): void {
    const old = this.#buckets;
    this.#bits++;
    this.#buckets = Array.from({ length: 2 ** this.#bits }, () => new Array<undefined>(8).fill(undefined));
    for (const entry of old.flat()) {
      if (entry === undefined) continue;
      const bucket = this.#bucket(entry.hash);
      bucket[bucket.indexOf(undefined)] = entry;
    }
  }
}

/** As the kernel has it: start, length, source. */
export type ReferenceRepeat = [start: number, length: number, source: number];

/** What the kernel finds in content that it is given in these slices. */
export function findRepeats(slices: readonly Uint8Array[], minimum = 256): ReferenceRepeat[] {
  const REPLACEABLE = 65_536;
  const total = slices.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(total + WINDOW + BEHIND);
  const table = new Table();
  const found: ReferenceRepeat[] = [];
  let length = 0;
  let looked = 0;
  let [start, end, source, endBefore] = [0, 0, 0, 0];

  const settle = (): void => {
    if (end === start) return;
    found.push([start, end - start, source]);
    endBefore = start = end;
  };
  const equalAfter = (a: number, b: number): number => {
    let count = 0;
    while (b + count < length && bytes[a + count] === bytes[b + count]) count++;
    return count;
  };
  const lookAtWindow = (): void => {
    const from = looked;
    looked += WINDOW;
    if (looked <= end && from >= start + (start - source)) return;
    for (const place of anchorsOf(bytes, from)) {
      if (place >= length) break;
      const before = table.replace(hashOf(bytes, place), place + 1) - 1;
      if (before < 0 || place < end) continue;
      const after = equalAfter(before, place);
      const most = Math.min(before, place - (end - start <= REPLACEABLE ? endBefore : end));
      let back = 0;
      while (back < most && bytes[before - back - 1] === bytes[place - back - 1]) back++;
      let first = place - back;
      if (first > start && first < end) first = end;
      if (place + after - first < minimum) continue;
      if (first > start) settle();
      [start, end, source] = [first, place + after, before - (place - first)];
    }
  };

  for (const slice of slices) {
    bytes.set(slice, length);
    const before = length;
    length += slice.length;
    if (end === before && end > start) end += equalAfter(source + end - start, end);
    while (looked + WINDOW + BEHIND <= length) lookAtWindow();
  }
  while (looked < length) lookAtWindow();
  settle();
  return found;
}

/** Whether a window repeats a short period. */
function isPeriodic(bytes: Uint8Array, from: number): boolean {
  for (let period = 1; period <= 3072; period++) {
    let at = from + period;
    while (at < from + WINDOW && bytes[at] === bytes[at - period]) at++;
    if (at === from + WINDOW) return true;
  }
  return false;
}

/** What the sampling kernel says of the last of some pieces. */
export function sampleRepeats(pieces: readonly Uint8Array[]): Repeated {
  const LARGEST = 2 ** 27 - 1;
  const LONG = 16_384;
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  const table = new Table();
  let [length, looked, lastPlace, lastDistance] = [0, 0, 0, 0];
  let repeated: Repeated = { before: 0, within: 0 };
  let stretch = 0;
  const extend = (count: number): void => {
    stretch += count;
    if (stretch >= LONG) repeated.within += stretch - count < LONG ? stretch : count;
  };
  for (const piece of pieces) {
    bytes.set(piece, length);
    const border = length;
    length += piece.length;
    repeated = { before: 0, within: 0 };
    for (; looked + WINDOW + BEHIND <= length; looked += WINDOW) {
      if (isPeriodic(bytes, looked)) {
        if (lastDistance !== 0) stretch = 0;
        extend(WINDOW);
        lastDistance = 0;
        continue;
      }
      for (const place of anchorsOf(bytes, looked)) {
        const hash = hashOf(bytes, place);
        if (hash > LARGEST) continue;
        const before = table.replace(hash, place + 1) - 1;
        const distance = before < 0 ? 0 : place - before;
        if (distance === 0 || distance !== lastDistance) stretch = 0;
        else if (before < border && place >= border) repeated.before += place - lastPlace;
        else extend(place - lastPlace);
        [lastPlace, lastDistance] = [place, distance];
      }
    }
  }
  return repeated;
}
