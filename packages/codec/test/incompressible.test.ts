import { describe, expect, test } from "@jest/globals";
// The built package: workers run from there.
import { compress, compressSync, decompress, decompressSync, info } from "@pith/codec";
import { encodeUnit } from "../src/block/encode-unit.ts";
import { isIncompressible } from "../src/plan/incompressible.ts";
import { STRETCH } from "../src/transforms/dedupe/sorter.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { isNoise } from "./helpers/noise-reference.ts";
import { drain } from "./helpers/steps.ts";

/** Noise, changed byte by byte: by its place, and by another byte of noise. */
function changed(change: (byte: number, at: number, chance: number) => number, length = STRETCH): Uint8Array {
  const chances = noise(length, 77);
  return noise(length, 3).map((byte, at) => change(byte, at, chances[at]));
}

/** Noise with prose in it: each `period` bytes, `length` of them. */
function sprinkled(length: number, period: number): Uint8Array {
  const text = prose(STRETCH, 5);
  return changed((byte, at) => (at % period < length ? text[at] : byte));
}

function stuttering(): Uint8Array {
  const chances = noise(STRETCH, 78);
  const bytes = noise(STRETCH, 4);
  for (let at = 1; at < STRETCH; at++) if (chances[at] < 16) bytes[at] = bytes[at - 1];
  return bytes;
}

const COMPRESSIBLE: readonly [string, Uint8Array][] = [
  ["text", prose(STRETCH)],
  ["zeros", new Uint8Array(STRETCH)],
  ["base64", new TextEncoder().encode(Buffer.from(noise(49_152)).toString("base64"))],
  ["bytes of which one is too frequent", changed((byte, _, chance) => (chance < 12 ? 0 : byte))],
  ["bytes of 255 values", changed((byte) => (byte % 255) | (byte % 7 === 0 ? 1 : 0))],
  ["the lower half of the bytes more often", changed((byte, _, chance) => (chance < 90 ? byte >> 1 : byte))],
  ["bytes of which one in sixteen is the one before", stuttering()],
  ["numbers of 32 bits that are small", changed((byte, at) => (at % 4 === 3 ? byte & 3 : byte))],
  ["one page of text", joined(noise(32_768), prose(1024), noise(31_744, 2))],
  ["200 bytes of text in each 16 KiB", sprinkled(200, 16_384)],
];

describe("noise", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])("is told from other content, noise %d", (seed) => {
    expect(isIncompressible(noise(STRETCH, seed))).toBe(true);
  });

  test.each(COMPRESSIBLE)("is not seen in %s", (_, content) => {
    expect(isIncompressible(content)).toBe(false);
  });

  test("is what the reference says it is, from hardly to clearly compressible", () => {
    const answers = Array.from({ length: 12 }, (_, i) => {
      const content = changed((byte, _at, chance) => (chance < 8 * i ? byte & 0xdb : byte));
      expect(isIncompressible(content)).toBe(isNoise(content));
      return isNoise(content);
    });
    expect(new Set(answers)).toEqual(new Set([true, false]));
  });

  test("is stored, at every level, however long it is", () => {
    for (const length of [STRETCH, 100_000, 200_001]) {
      for (const level of [1, 5, 9, 10]) {
        const content = noise(length);
        const file = compressSync(content, { level });
        // As docs/format.md says of a frame with one stored block.
        expect(file.length).toBe(length + 14);
        expect(Buffer.compare(decompressSync(file), content)).toBe(0);
      }
    }
  });
});

describe("noise among other content", () => {
  const text = prose(40_000);
  const content = joined(text.subarray(0, 20_000), noise(200_000), text.subarray(20_000));
  const file = compressSync(content, { level: 4 });

  test("is stored, and what is around it is coded as if it were not there", async () => {
    const { frames } = await info(file);
    expect(frames[0].blocks.map(({ transforms }) => transforms)).toEqual([["dedupe"]]);
    const alone = compressSync(text, { level: 4 }).length;
    // What is in one stretch with text is coded with it.
    expect(file.length).toBeLessThan(alone + 200_000 + 2000);
  });

  test("comes back, also on workers", async () => {
    expect(Buffer.compare(decompressSync(file), content)).toBe(0);
    for (const threads of [0, 2]) {
      expect(Buffer.compare(await decompress(file, { threads }), content)).toBe(0);
      expect(Buffer.compare(await compress(content, { level: 4, threads }), file)).toBe(0);
    }
  });

  test("is coded once where it comes again", () => {
    const twice = joined(noise(150_000), text, noise(150_000));
    const coded = compressSync(twice, { level: 4, blockSize: 2 ** 20 });
    expect(coded.length).toBeLessThan(150_000 + 20_000);
    expect(Buffer.compare(decompressSync(coded), twice)).toBe(0);
  });

  test("is part of one block each, where there are several", async () => {
    const long = joined(
      content,
      content.map((byte, at) => (at < 20_000 ? byte : byte ^ 1)),
    );
    const blocks = await compress(long, { level: 1, blockSize: content.length, threads: 2 });
    const { frames } = await info(blocks);
    expect(frames[0].blocks).toHaveLength(2);
    expect(Buffer.compare(await decompress(blocks, { threads: 2 }), long)).toBe(0);
  });

  test("leaves a block as it is where a method is asked for", () => {
    const block = { content, number: 0, last: true };
    const mixed = drain(encodeUnit(block, { level: 1, method: "mix", kind: "auto" }));
    expect(mixed[0] & 0x0f).toBe(1);
  });
});
