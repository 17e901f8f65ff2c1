/** Data to analyse: endless, the same for the same seed on every machine, faster than it is analysed. */
import { random128, seedRandom } from "./generator/random";
import { PAGE_BYTES, startStructured, writeStructured } from "./generator/structured";
import { startText, writeText } from "./generator/text";
import { startWeights, writeWeights } from "./generator/weights";

/** Bytes that come at a time. */
const CHUNK: usize = 1 << 20;
/** Room for what a kind writes beyond the end. */
const SLACK: usize = 1024;
const PAGE: usize = 65536;

// Kinds of data.
export const RANDOM: u32 = 0;
export const STRUCTURED: u32 = 1;
export const TEXT: u32 = 2;
export const WEIGHTS: u32 = 3;

let kind: u32 = RANDOM;
let chunk: usize = 0;
/** Bytes at the start of the chunk that were written with the last one, beyond its end. */
let ahead: usize = 0;

/** Starts data of a kind; once an instance. */
export function start(which: u32, seed: f64): void {
  kind = which;
  chunk = (__heap_base + 15) & ~15;
  const pages = <i32>((chunk + CHUNK + SLACK + PAGE - 1) / PAGE) - memory.size();
  if (PAGE_BYTES > SLACK || (pages > 0 && memory.grow(pages) < 0)) unreachable();
  seedRandom(<u64>seed);
  if (kind == TEXT) startText();
  else if (kind == STRUCTURED) startStructured();
  else if (kind == WEIGHTS) startWeights();
}

/** Where the chunk is that {@link next} writes. */
export function chunkAddress(): usize {
  return chunk;
}

export function chunkLength(): usize {
  return CHUNK;
}

/** Writes the next chunk. */
export function next(): void {
  const end = chunk + CHUNK;
  memory.copy(chunk, end, ahead);
  const from = chunk + ahead;
  if (kind == TEXT) ahead = writeText(from, end) - end;
  else if (kind == STRUCTURED) ahead = writeStructured(from, end) - end;
  else if (kind == WEIGHTS) writeWeights(from, end);
  else for (let at = from; at < end; at += 16) v128.store(at, random128());
}
