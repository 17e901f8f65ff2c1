import { describe, expect, test } from "@jest/globals";
import { compress, compressSync, decompress, decompressRange, decompressSync, verify } from "@pith/codec";
import type { Progress } from "@pith/core";
import { prose } from "./helpers/content.ts";

const content = prose(200_000);
// A fast level does such a block at once.
const options = { level: 4, blockSize: 65_536 };
const file = compressSync(content, options);

type Run = (onProgress: (progress: Progress) => void) => unknown;
const RUNS: readonly [string, number, Run][] = [
  ["compress", 200_000, (onProgress) => compress(content, { ...options, threads: 2, onProgress })],
  ["compressSync", 200_000, (onProgress) => compressSync(content, { ...options, onProgress })],
  ["decompress", 200_000, (onProgress) => decompress(file, { threads: 2, onProgress })],
  ["decompressSync", 200_000, (onProgress) => decompressSync(file, { onProgress })],
  ["verify", 200_000, (onProgress) => verify(file, { onProgress })],
  ["decompressRange", 2 * 65_536, (onProgress) => decompressRange(file, 65_530, 65_540, { onProgress })],
];

describe.each(RUNS)("progress of %s", (_, total, run) => {
  test("never goes back, knows the total, moves inside blocks, and ends at the total", async () => {
    const seen: Progress[] = [];
    await run((progress) => seen.push(progress));
    expect(seen.every((progress) => progress.total === total)).toBe(true);
    const done = seen.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(total);
    expect(new Set(done).size).toBeGreaterThan(Math.ceil(total / 65_536));
  });
});

test("an error in the progress function is the task's error", async () => {
  const onProgress = (): never => {
    throw new Error("the bar broke");
  };
  await expect(compress(content, { ...options, onProgress })).rejects.toThrow("the bar broke");
  await expect(compress(prose(10), { onProgress })).rejects.toThrow("the bar broke");
  expect(() => compressSync(content, { ...options, onProgress })).toThrow("the bar broke");
});
