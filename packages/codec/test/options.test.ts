import { describe, expect, test } from "@jest/globals";
import { compress, compressSync } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { ALL_FORMATS } from "../src/format/all.ts";
import { headerMemory, readBlockHeader } from "../src/format/block-header.ts";
import { ByteReader } from "@pith/core/bytes";
import { defaultBlockSize, LEVELS } from "../src/plan/levels.ts";
import { dna } from "../src/methods/dna/index.ts";
import { mix, mixParameters } from "../src/methods/mix/index.ts";
import { MIX_KINDS } from "../src/methods/mix/models.ts";
import type { CompressOptions, DecompressOptions } from "../src/plan/options.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { DecompressStream } from "../src/streams/decompress-stream.ts";
import { fitToMemory } from "../src/fit-to-memory.ts";
import { info } from "../src/info.ts";
import { prose, streamOf } from "./helpers/content.ts";
import { fileOf, thrownBy } from "./helpers/files.ts";

async function piped(content: Uint8Array, through: CompressStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(streamOf([content]).pipeThrough(through)).arrayBuffer());
}

describe("options that are wrong", () => {
  test.each<[CompressOptions, string, string]>([
    [{ level: 0 }, "RangeError", "level: expected an integer from 1 to 10, got 0"],
    [{ level: 12 }, "RangeError", "level: expected an integer from 1 to 10, got 12"],
    [{ level: 2.5 }, "RangeError", "level: expected an integer from 1 to 10, got 2.5"],
    [{ level: "5" as never }, "TypeError", "level: expected a number, got string"],
    [{ threads: 65 }, "RangeError", "threads: expected an integer from 0 to 64, got 65"],
    [{ blockSize: 4095 }, "RangeError", "blockSize: expected an integer from 4096 to 1073741824, got 4095"],
    [{ memoryLimit: -1 }, "RangeError", "memoryLimit: expected an integer of at least 0, got -1"],
    [{ verify: "all" as never }, "TypeError", 'verify: expected true, false or "weights", got "all"'],
    [
      { method: "zip" as never },
      "TypeError",
      'method: expected "auto", "stored", "mix", "dna", "pairs", "neural", "rank", "jpeg", "lz", "ppm", "samples", "weights", "dedupe", got "zip"',
    ],
    [
      { kind: "image" as never },
      "TypeError",
      'kind: expected "auto", "text", "binary", "dna", "weights:f64", "weights:f32", "weights:f16", "weights:bf16", "weights:f8", "weights:i8", got "image"',
    ],
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
  test("of compressing is an error only where no level fits, and says what the least is", () => {
    const refused = thrownBy(() => compressSync(prose(10), { level: 5, memoryLimit: 1000 }));
    expect(refused).toMatchObject({
      name: "RangeError",
      message:
        /^memoryLimit: expected at least the \d+ bytes that a block of 10 bytes takes at the lowest level, got 1000$/u,
    });
    const least = Number(/\d+/u.exec((refused as Error).message)?.[0]);
    expect(decompressSync(compressSync(prose(10), { level: 5, memoryLimit: least }))).toEqual(prose(10));
    expect(() => compressSync(prose(10), { level: 5, memoryLimit: least - 1 })).toThrow(RangeError);
  });

  test("of decompressing is checked from the header, and says what the block takes", () => {
    const file = fileOf(prose(1000), { method: "mix" });
    const header = readBlockHeader(new ByteReader(file.subarray(2), 2), 0, ALL_FORMATS);
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

describe("compressing within little memory", () => {
  const MIB = 2 ** 20;

  test("takes nothing from a short block, whatever a long one would take", () => {
    const content = prose(5000);
    expect(compressSync(content, { level: 9, memoryLimit: 64 * MIB })).toEqual(compressSync(content, { level: 9 }));
  });

  test.each([
    [10 ** 9, { level: 9, halvings: 0, blockSize: 32 * MIB }],
    [512 * MIB, { level: 9, halvings: 1, blockSize: 32 * MIB }],
    [300 * MIB, { level: 9, halvings: 2, blockSize: 16 * MIB }],
    [250 * MIB, { level: 9, halvings: 2, blockSize: 8 * MIB }],
    [64 * MIB, { level: 6, halvings: 2, blockSize: 2 * MIB }],
    [18 * MIB, { level: 1, halvings: 2, blockSize: MIB / 4 }],
  ])("of %d bytes halves tables first, then blocks, then takes a lower level", (memoryLimit, expected) => {
    const fit = fitToMemory({ level: 9, memoryLimit });
    expect(fit).toMatchObject(expected);
    expect(fit.memory).toBeLessThanOrEqual(memoryLimit);
  });

  test("leaves blocks as long as they are said to be", () => {
    const fit = fitToMemory({ level: 9, blockSize: 32 * MIB, memoryLimit: 250 * MIB });
    expect(fit.blockSize).toBe(32 * MIB);
    expect(fit.level).toBeLessThan(9);
  });

  test.each(["auto", "mix", "dna", "pairs", "neural"] as const)(
    "has no lower level the more memory there is, and never takes more: %s",
    (method) => {
      let before = 1;
      for (let memoryLimit = 24 * MIB; memoryLimit <= 1024 * MIB; memoryLimit += 8 * MIB) {
        const { level, memory } = fitToMemory({ method, level: 9, memoryLimit });
        expect(memory).toBeLessThanOrEqual(memoryLimit);
        expect(level).toBeGreaterThanOrEqual(before);
        before = level;
      }
      expect(before).toBe(9);
    },
  );

  test("writes the same in every way, which decompresses within as much", async () => {
    const memoryLimit = 30 * MIB;
    const content = prose(50_000);
    for (const kind of ["text", "binary", "dna"] as const) {
      const options: CompressOptions = { level: 9, kind, memoryLimit, threads: 0 };
      expect(fitToMemory(options, content.length).level).toBeLessThan(9);
      const file = compressSync(content, options);
      expect((await info(file)).memory).toBeLessThanOrEqual(memoryLimit);
      expect(await compress(content, options)).toEqual(file);
      expect(await piped(content, new CompressStream(options))).toEqual(file);
      expect(decompressSync(file, { memoryLimit })).toEqual(content);
    }
  });
});

describe("a level", () => {
  test.each(LEVELS)("$level takes no more memory for a mixed block than it says", ({ level, blockSize, memory }) => {
    // Content, payload, and what comes out of a transform.
    const buffers = 3 * blockSize;
    for (const kind of MIX_KINDS) {
      expect(mix.memory(mixParameters(kind, level, blockSize), blockSize) + buffers).toBeLessThanOrEqual(memory);
    }
  });

  test.each(LEVELS)("$level takes no more memory for a block of bases than it says", ({ level, blockSize, memory }) => {
    const input = { length: blockSize } as Uint8Array;
    expect(dna.memory(dna.choose(input, level), blockSize) + 2 * blockSize).toBeLessThanOrEqual(memory);
  });

  test.each(LEVELS)("$level takes no more memory for any block than it says, if nothing in it is opened", (info) => {
    const fit = fitToMemory({ level: info.level, open: false });
    expect(fit.blockSize).toBe(info.blockSize);
    expect(fit.memory).toBeLessThanOrEqual(info.memory);
  });

  test("has a block size", () => {
    expect(LEVELS.map(({ level }) => defaultBlockSize(level))).toEqual(LEVELS.map(({ blockSize }) => blockSize));
    expect(() => defaultBlockSize(11)).toThrow(new RangeError("level: expected an integer from 1 to 10, got 11"));
  });
});
