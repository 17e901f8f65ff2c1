import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { compressSync } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { headerMemory, writeBlockHeader } from "../src/format/block-header.ts";
import { ByteWriter } from "@pith/core/bytes";
import { mix } from "../src/methods/mix/index.ts";
import { split } from "../src/methods/split/index.ts";
import { stored } from "../src/methods/stored/index.ts";
import { blockMemory } from "../src/plan/effort.ts";
import { compressSettings, settingsOfBlock } from "../src/plan/options.ts";
import { open } from "../src/transforms/open/index.ts";
import { splitContent } from "../src/run/split.ts";
import { decompressRange } from "../src/random-access/range.ts";
import { DecompressStream } from "../src/streams/decompress-stream.ts";
import { verify } from "../src/verify.ts";
import { joined, noise, streamOf } from "./helpers/content.ts";
import { fileOf, thrownBy } from "./helpers/files.ts";

const MAGIC = Uint8Array.of(0x8f, 0x70);

/** Most bytes that lie outside the JavaScript heap while `act` runs, more than before. */
function outsideHeap(act: () => void): number {
  const before = process.memoryUsage().arrayBuffers;
  act();
  return process.memoryUsage().arrayBuffers - before;
}

describe("a hostile length", () => {
  test("of a stored payload takes no memory before the payload is there", () => {
    const header = writeBlockHeader({
      number: 0,
      last: true,
      contentLength: 2 ** 29,
      stages: [],
      method: stored,
      parameters: null,
      payloadLength: 2 ** 29,
      checksum: "0000000000000000",
    });
    const file = joined(MAGIC, header, noise(1000));
    const taken = outsideHeap(() => {
      expect(thrownBy(() => decompressSync(file, { memoryLimit: 2 ** 31 }))).toMatchObject({
        code: "truncated",
        offset: file.length,
        expected: `${2 ** 29 - 1000} more bytes`,
      });
    });
    expect(taken).toBeLessThan(2 ** 24);
  });

  test.each([2 ** 24, 2 ** 29, 2 ** 30])("of mixed content, %d bytes, is refused above the limit", (contentLength) => {
    const header = writeBlockHeader({
      number: 0,
      last: true,
      contentLength,
      stages: [],
      method: mix,
      parameters: mix.choose(noise(1000), 1),
      payloadLength: 20,
      checksum: "0000000000000000",
    });
    const file = joined(MAGIC, header, noise(20));
    const error = thrownBy(() => decompressSync(file, { memoryLimit: contentLength }));
    expect(error).toMatchObject({ code: "memory-limit", offset: 2 });
  });

  test("of an index takes no memory, and the range is found without it", async () => {
    const writer = new ByteWriter();
    writer.uint32(0xffffffff);
    writer.bytes(Uint8Array.of(0x70, 0x8f));
    const content = joined(noise(50), writer.finish());
    expect(await decompressRange(fileOf(content), 0, content.length)).toEqual(content);
  });
});

test("a bomb of thousands of blocks is stopped by the first that is wrong", () => {
  const file = fileOf(new Uint8Array(200_000), { blockSize: 100 });
  file[50] ^= 1;
  expect(thrownBy(() => decompressSync(file))).toBeInstanceOf(PithError);
});

describe("a frame", () => {
  test("ends after 65,536 blocks, and another begins", () => {
    const places = [...splitContent(new Uint8Array(65_537), { blockSize: 1 })].map(({ number, last }) => ({
      number,
      last,
    }));
    expect(places.slice(-3)).toEqual([
      { number: 65_534, last: false },
      { number: 65_535, last: true },
      { number: 0, last: true },
    ]);
  });

  test("of one block has no index; of two it has", () => {
    const one = compressSync(noise(4096), { blockSize: 4096, method: "stored" });
    const two = compressSync(noise(4097), { blockSize: 4096, method: "stored" });
    expect(one.length).toBe(2 + 11 + 4096);
    // Heads and content, then tag, count, two pairs of lengths, checksum, index length, end magic.
    expect(two.length).toBe(2 + (11 + 4096) + (10 + 1) + (1 + 1 + 4 + 2 + 8) + 4 + 2);
    expect([...two.slice(-2)]).toEqual([0x70, 0x8f]);
  });
});

describe("a limit of the output", () => {
  const content = noise(100);
  const file = fileOf(content, { blockSize: 30 });

  test("lets through what is as long", async () => {
    expect(decompressSync(file, { maxLength: 100 })).toEqual(content);
    expect(await decompress(file, { maxLength: 100, threads: 0 })).toEqual(content);
    expect(await verify(file, { maxLength: 100, threads: 0 })).toMatchObject({ contentLength: 100 });
    expect(await decompressRange(file, 10, 20, { maxLength: 10, threads: 0 })).toEqual(content.slice(10, 20));
  });

  test("refuses the block with which the content gets longer", async () => {
    // Magic, and two blocks of a header of 10 bytes and 30 bytes of content.
    const error = { code: "length-limit", offset: 2 + 2 * 40, expected: "at most 89 bytes", got: "90 or more" };
    expect(thrownBy(() => decompressSync(file, { maxLength: 89 }))).toMatchObject(error);
    await expect(decompress(file, { maxLength: 89, threads: 0 })).rejects.toMatchObject(error);
    await expect(verify(file, { maxLength: 89, threads: 0 })).rejects.toMatchObject(error);
    await expect(decompressRange(file, 0, 11, { maxLength: 10 })).rejects.toMatchObject({ code: "length-limit" });
  });

  test("is checked before memory is taken for the block", () => {
    const zeros = compressSync(new Uint8Array(2 ** 24), { method: "dedupe" });
    expect(zeros.length).toBeLessThan(100);
    const taken = outsideHeap(() => {
      expect(thrownBy(() => decompressSync(zeros, { maxLength: 2 ** 24 - 1 }))).toMatchObject({ code: "length-limit" });
    });
    expect(taken).toBeLessThan(2 ** 20);
  });

  test("ends a stream after the content that is allowed", async () => {
    const out: Uint8Array[] = [];
    const piped = async (): Promise<void> => {
      const stream = streamOf([file]).pipeThrough(new DecompressStream({ maxLength: 60, threads: 0 }));
      for await (const chunk of stream) out.push(chunk);
    };
    await expect(piped()).rejects.toMatchObject({ code: "length-limit" });
    expect(joined(...out)).toEqual(content.slice(0, 60));
  });

  test.each([-1, 1.5, "1" as unknown as number])("cannot be %p", (maxLength) => {
    expect(() => decompressSync(file, { maxLength })).toThrow(/maxLength/);
  });
});

test("what comes out of a stream is in pieces, and nothing is lost between them", async () => {
  const content = noise(5 * 2 ** 20 + 5);
  const file = compressSync(content, { method: "stored", blockSize: 2 ** 23 });
  const pieces: Uint8Array[] = [];
  for await (const piece of streamOf([file]).pipeThrough(new DecompressStream({ threads: 0 }))) pieces.push(piece);
  expect(Math.max(...pieces.map(({ length }) => length))).toBe(2 ** 22);
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
});

describe("what is opened", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "at level %d can be decoded within the memory that it was coded with, however much comes out",
    (level) => {
      for (const memoryLimit of [2 ** 28, 2 ** 30, 2 ** 32]) {
        const settings = compressSettings({ level, memoryLimit });
        for (const length of [1000, 2 ** 20, settings.blockSize, settings.mostBlock]) {
          const block = settingsOfBlock(settings, length);
          const { room } = block;
          if (room === undefined) continue;
          // As a header states it whose content is one part of the strongest method that the level has.
          const stages = [{ transform: open, length: room }];
          const around = { number: 0, last: true, contentLength: length, payloadLength: length, checksum: "" };
          const outer = headerMemory({ ...around, version: 2, stages, method: split, parameters: null });
          expect(outer + blockMemory({ ...block, room: undefined }, room)).toBeLessThanOrEqual(memoryLimit);
        }
      }
    },
  );
});
