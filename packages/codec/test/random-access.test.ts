import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { info } from "../src/info.ts";
import { decompressRange, openFile } from "../src/random-access/range.ts";
import type { RandomAccessSource } from "../src/random-access/source.ts";
import { verify } from "../src/verify.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { fileOf } from "./helpers/files.ts";

/** A source that counts what is read of it. */
function counted(file: Uint8Array): RandomAccessSource & { bytesRead: number; reads: number } {
  return {
    size: file.length,
    bytesRead: 0,
    reads: 0,
    async read(offset, length) {
      this.bytesRead += length;
      this.reads++;
      return file.slice(offset, offset + length);
    },
  };
}

const content = prose(1000);
const FILES: readonly [string, Uint8Array<ArrayBuffer>][] = [
  ["one block", fileOf(content)],
  ["many blocks", fileOf(content, { blockSize: 70 })],
  ["many frames of blocks", fileOf(content, { blockSize: 70, blocksPerFrame: 3 })],
  ["mixed blocks", fileOf(content, { method: "mix", blockSize: 300 })],
  [
    "frames of one block before and behind one of many",
    joined(
      fileOf(content.subarray(0, 100)),
      fileOf(content.subarray(100, 150)),
      fileOf(content.subarray(150, 900), { blockSize: 99 }),
      fileOf(content.subarray(900)),
    ),
  ],
];

describe.each(FILES)("a file of %s", (_, file) => {
  test("gives any range, from an array, a Blob and a source", async () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }));
    await fc.assert(
      fc.asyncProperty(ends, async ([a, b]) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const expected = content.slice(start, end);
        expect(await decompressRange(file, start, end)).toEqual(expected);
        expect(await decompressRange(new Blob([file]), start, end)).toEqual(expected);
        expect(await decompressRange(counted(file), start, end)).toEqual(expected);
      }),
      { seed: 7, numRuns: 12 },
    );
  });

  test("is opened once, for its length and any number of ranges", async () => {
    const source = counted(file);
    const open = await openFile(source);
    const blocks = (await info(file)).frames.flatMap((frame) => frame.blocks);
    expect([open.contentLength, open.fileLength]).toEqual([1000, file.length]);
    expect(open.blockEnds).toEqual(blocks.map((block) => block.contentOffset + block.contentLength));
    const reads = source.reads;
    expect(await open.range(400, 401)).toEqual(content.slice(400, 401));
    // Head and payload of the one block.
    expect(source.reads - reads).toBe(2);
    expect(await open.range(0, 1000)).toEqual(content);
    expect(await open.range(1000, 1000)).toEqual(new Uint8Array(0));
    await expect(open.range(0, 1001)).rejects.toThrow(
      new RangeError("end: expected at most 1000, the length of the content, got 1001"),
    );
  });

  test("says of what it is made, in pieces that fit together", async () => {
    const { frames, contentLength, fileLength } = await info(file);
    expect([contentLength, fileLength]).toEqual([1000, file.length]);
    const blocks = frames.flatMap((frame) => frame.blocks);
    let contentOffset = 0;
    for (const block of blocks) {
      expect(block.contentOffset).toBe(contentOffset);
      contentOffset += block.contentLength;
    }
    expect(contentOffset).toBe(1000);
    expect(frames.reduce((sum, { length }) => sum + length, 0)).toBe(file.length);
    const verified = await verify(file);
    expect(verified).toEqual({ fileLength, contentLength, frames: frames.length, blocks: blocks.length });
  });

  test("that is damaged gives no other range, and no other content", async () => {
    for (let at = 0; at < file.length; at += 7) {
      const damaged = file.slice();
      damaged[at] ^= 0x10;
      const range = decompressRange(damaged, 400, 600).then((bytes) => Buffer.compare(bytes, content.slice(400, 600)));
      // A range is right, or refused: also as beyond the end of what is left.
      expect(await range.catch((error: unknown) => (isRefusal(error) ? 0 : error))).toBe(0);
    }
  });
});

function isRefusal(error: unknown): boolean {
  return error instanceof PithError || error instanceof RangeError;
}

describe("a range", () => {
  const file = fileOf(noise(500_000), { blockSize: 5000 });

  test("is found from the index: little else is read", async () => {
    const source = counted(file);
    await decompressRange(source, 250_000, 250_100);
    // One block, its header, and the index: 100 blocks of 2 + 2 bytes.
    expect(source.bytesRead).toBeLessThan(5000 + 1000);
  });

  test("beyond the content is a RangeError that says how long that is", async () => {
    await expect(decompressRange(file, 0, 500_001)).rejects.toThrow(
      new RangeError("end: expected at most 500000, the length of the content, got 500001"),
    );
    await expect(decompressRange(file, 5, 4)).rejects.toThrow(RangeError);
    await expect(decompressRange(file, -1, 4)).rejects.toThrow(RangeError);
  });

  test("is right also where a payload ends in what looks like an index", async () => {
    const inner = fileOf(noise(300), { blockSize: 100 });
    const outer = fileOf(inner);
    expect(await decompressRange(outer, 0, inner.length)).toEqual(inner);
  });

  test("of a source that ends too early is truncated", async () => {
    const short: RandomAccessSource = {
      size: file.length,
      read: async (offset, n) => file.slice(offset, offset + n - 1),
    };
    await expect(decompressRange(short, 0, 10)).rejects.toMatchObject({ code: "truncated" });
  });
});

describe("info", () => {
  test("names method, parameters, transforms, checksum and memory of a block", async () => {
    const stored = (await info(fileOf(new TextEncoder().encode("abc")))).frames[0].blocks[0];
    expect(stored).toEqual({
      offset: 2,
      length: 13,
      contentOffset: 0,
      contentLength: 3,
      payloadLength: 3,
      learntLength: 0,
      method: "stored",
      kind: undefined,
      parameters: null,
      transforms: [],
      opened: [],
      parts: [],
      checksum: "44bc2cf5ad770999",
      memory: 6,
    });
    const mixed = (await info(fileOf(content, { method: "mix" }))).frames[0].blocks[0];
    expect(mixed.method).toBe("mix");
    expect(mixed.memory).toBeGreaterThan(3000);
  });

  test("of a file that is cut is an error", async () => {
    const file = fileOf(content, { blockSize: 70 });
    for (let length = 0; length < file.length; length += 9) {
      await expect(info(file.slice(0, length))).rejects.toMatchObject({ code: "truncated", offset: length });
    }
  });
});

describe("verify", () => {
  test("names the first damaged place, for any number of threads", async () => {
    const file = fileOf(content, { blockSize: 70 });
    const damaged = file.slice();
    // In the payloads of the blocks 4 and 2: 80 bytes a block, 10 of them header.
    damaged[2 + 4 * 80 + 40] ^= 1;
    damaged[2 + 2 * 80 + 40] ^= 1;
    for (const threads of [1, 4]) {
      await expect(verify(damaged, { threads })).rejects.toMatchObject({
        code: "damaged",
        offset: 2 + 2 * 80,
        end: 2 + 3 * 80,
      });
    }
  });
});

test("concatenated files are one file with all the contents", async () => {
  const parts = [prose(300), new Uint8Array(0), noise(50), prose(900)];
  const file = joined(
    ...parts.map((part, i) => fileOf(part, { blockSize: 100 + i, method: i === 0 ? "mix" : "stored" })),
  );
  expect(await decompressRange(file, 0, 1250)).toEqual(joined(...parts));
  expect((await info(file)).frames.map(({ contentLength }) => contentLength)).toEqual([300, 0, 50, 900]);
});
