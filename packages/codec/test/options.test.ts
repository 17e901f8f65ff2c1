import { describe, expect, test } from "@jest/globals";
import { compress, compressSync } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { headerMemory, readBlockHeader } from "../src/format/block-header.ts";
import { ByteReader } from "@pith/core/bytes";
import { defaultBlockSize, LEVELS } from "../src/plan/levels.ts";
import { dna } from "../src/methods/dna/index.ts";
import { mix, mixParameters } from "../src/methods/mix/index.ts";
import type { CompressOptions, DecompressOptions } from "../src/plan/options.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { DecompressStream } from "../src/streams/decompress-stream.ts";
import { prose } from "./helpers/content.ts";
import { fileOf, thrownBy } from "./helpers/files.ts";

describe("options that are wrong", () => {
  test.each<[CompressOptions, string, string]>([
    [{ level: 0 }, "RangeError", "level: expected an integer from 1 to 10, got 0"],
    [{ level: 12 }, "RangeError", "level: expected an integer from 1 to 10, got 12"],
    [{ level: 2.5 }, "RangeError", "level: expected an integer from 1 to 10, got 2.5"],
    [{ level: "5" as never }, "TypeError", "level: expected a number, got string"],
    [{ threads: 65 }, "RangeError", "threads: expected an integer from 0 to 64, got 65"],
    [{ blockSize: 4095 }, "RangeError", "blockSize: expected an integer from 4096 to 1073741824, got 4095"],
    [{ memoryLimit: -1 }, "RangeError", "memoryLimit: expected an integer from 0 to 9007199254740991, got -1"],
    [
      { method: "zip" as never },
      "TypeError",
      'method: expected "auto", "stored", "mix", "dna", "pairs", "neural", "rank", "dedupe", got "zip"',
    ],
    [{ kind: "image" as never }, "TypeError", 'kind: expected "auto", "text", "binary", "dna", got "image"'],
  ])("of compressing are refused: %j", async (options, name, message) => {
    const expected = { name, message };
    expect(thrownBy(() => compressSync(prose(10), options))).toMatchObject(expected);
    expect(thrownBy(() => new CompressStream(options))).toMatchObject(expected);
    await expect(compress(prose(10), options)).rejects.toMatchObject(expected);
  });

  test.each<[DecompressOptions]>([[{ threads: -1 }], [{ memoryLimit: 1.5 }]])(
    "of decompressing are refused: %j",
    async (options) => {
      expect(thrownBy(() => decompressSync(fileOf(prose(10)), options))).toBeInstanceOf(RangeError);
      expect(thrownBy(() => new DecompressStream(options))).toBeInstanceOf(RangeError);
      await expect(decompress(fileOf(prose(10)), options)).rejects.toThrow(RangeError);
    },
  );

  test("content that is not bytes is a TypeError", async () => {
    for (const content of ["text", [1, 2], new Uint16Array(2), null] as unknown as Uint8Array[]) {
      expect(thrownBy(() => compressSync(content))).toBeInstanceOf(TypeError);
      expect(thrownBy(() => decompressSync(content))).toBeInstanceOf(TypeError);
      await expect(compress(content)).rejects.toThrow(TypeError);
    }
  });
});

describe("the memory limit", () => {
  test("of compressing says what a block takes at the level", () => {
    expect(thrownBy(() => compressSync(prose(10), { level: 5, memoryLimit: 1000 }))).toMatchObject({
      name: "RangeError",
      message: /^memoryLimit: expected at least the \d+ bytes that a block of \d+ bytes takes at level 5, got 1000$/u,
    });
  });

  test("of decompressing is checked from the header, and says what the block takes", () => {
    const file = fileOf(prose(1000), { method: "mix" });
    const header = readBlockHeader(new ByteReader(file.subarray(2), 2), 0);
    const memory = headerMemory(header);
    expect(decompressSync(file, { memoryLimit: memory })).toEqual(prose(1000));
    expect(thrownBy(() => decompressSync(file, { memoryLimit: memory - 1 }))).toMatchObject({
      code: "memory-limit",
      offset: 2,
      expected: `at most ${memory - 1} bytes`,
      got: memory,
    });
  });
});

describe("a level", () => {
  test.each(LEVELS)("$level takes no more memory for a mixed block than it says", ({ level, blockSize, memory }) => {
    // Content, payload, and what comes out of a transform.
    const buffers = 3 * blockSize;
    for (const kind of ["text", "binary"] as const) {
      expect(mix.memory(mixParameters(kind, level, blockSize), blockSize) + buffers).toBeLessThanOrEqual(memory);
    }
  });

  test.each(LEVELS)("$level takes no more memory for a block of bases than it says", ({ level, blockSize, memory }) => {
    const input = { length: blockSize } as Uint8Array;
    expect(dna.memory(dna.choose(input, level), blockSize) + 2 * blockSize).toBeLessThanOrEqual(memory);
  });

  test("has a block size", () => {
    expect(LEVELS.map(({ level }) => defaultBlockSize(level))).toEqual(LEVELS.map(({ blockSize }) => blockSize));
    expect(() => defaultBlockSize(11)).toThrow(new RangeError("level: expected an integer from 1 to 10, got 11"));
  });
});
