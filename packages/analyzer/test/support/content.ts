/** Contents to analyse: the same on every run. */
import { generateData, type DataKind } from "../../src/generator/generate.ts";

/** Generated data as one array. */
export function generated(kind: DataKind, size: number, seed = 1): Uint8Array {
  const content = new Uint8Array(size);
  let at = 0;
  for (const chunk of generateData(kind, size, seed)) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}

/** Blocks of `size` bytes, each one of `kinds` blocks of pieces of tenths that are of `pieces` ones, and so on. */
export function nested(size: number, blocks: number, kinds: number, seed = 1): Uint8Array {
  const order = generated("random", blocks + 200 * kinds, seed);
  const level = (count: number, bytes: number, parts: readonly Uint8Array[], from: number): Uint8Array[] =>
    Array.from({ length: count }, (_, i) => {
      const chosen = Array.from({ length: 10 }, (_, j) => parts[order[from + 10 * i + j] % parts.length]);
      return Uint8Array.from(chosen.flatMap((part) => [...part])).subarray(0, bytes);
    });
  const micro = Array.from({ length: 2 * kinds }, (_, i) => generated("random", size / 100, 100 * seed + i));
  const fine = level(kinds, size / 10, micro, blocks);
  const coarse = level(kinds, size, fine, blocks + 10 * kinds);
  return Uint8Array.from(Array.from({ length: blocks }, (_, i) => coarse[order[i] % kinds]).flatMap((b) => [...b]));
}

/** The pieces of an array. */
export function cut(content: Uint8Array, sizes: Iterable<number>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= content.length) break;
    pieces.push(content.subarray(at, at + size));
    at += size;
  }
  if (at < content.length) pieces.push(content.subarray(at));
  return pieces;
}
