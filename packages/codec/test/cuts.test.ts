import { describe, expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { endOfBlock } from "../src/kinds/cuts.ts";
import { compressSettings } from "../src/plan/options.ts";
import { cuttingOf } from "../src/run/cutting.ts";
import { FLUSH, splitChunks, splitContent, type Cutting } from "../src/run/split.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { gzipped, tarred, zipped } from "./helpers/packed.ts";

const SIZE = 8192;
const MOST = 4 * SIZE;
const CUTTING: Cutting = {
  blockSize: SIZE,
  cutter: () => (start, isEnd) => ({ length: isEnd ? Math.max(1, start.length) : endOfBlock(start, MOST) }),
};

/** Lengths of the blocks that content is cut into. */
function lengths(content: Uint8Array): number[] {
  return [...splitContent(content, CUTTING)].map((block) => block.content.length);
}

async function lengthsOfChunks(content: Uint8Array, chunk: number): Promise<number[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < content.length; at += chunk) yield await Promise.resolve(content.subarray(at, at + chunk));
  }
  const found: number[] = [];
  let at = 0;
  for await (const block of splitChunks(chunks(), CUTTING)) {
    expect(Buffer.compare(block.content, content.subarray(at, at + block.content.length))).toBe(0);
    at += block.content.length;
    found.push(block.content.length);
  }
  expect(at).toBe(content.length);
  return found;
}

const members = {
  "a.bin": noise(2000),
  "b.bin": noise(3000),
  "c.bin": noise(5000),
  "d.bin": noise(20_000),
  "e.bin": noise(70_000),
};
const tar = tarred(members);
/** Of a member with its header and what fills it up. */
const inTar = (size: number): number => 512 + 512 * Math.ceil(size / 512);

describe("blocks in which packed content is looked for", () => {
  test("end between members of a tar: before one that would be cut, or behind one that is long", () => {
    const [first, second, third, ...rest] = lengths(tar);
    expect(first).toBe(inTar(2000) + inTar(3000));
    // What is left of the usual length is less than half of it.
    expect(second).toBe(inTar(5000));
    expect(third).toBe(inTar(20_000));
    // One that is longer than a block may be is cut where blocks usually are.
    expect(rest.slice(0, 2)).toEqual([SIZE, SIZE]);
  });

  test("end between members of a ZIP archive", () => {
    const [first, second] = lengths(zipped(members));
    expect(first).toBeGreaterThan(5000);
    expect(first).toBeLessThan(5300);
    expect(second).toBeLessThan(5200);
  });

  test("are as long as may be where they begin with gzip", () => {
    expect(lengths(joined(gzipped(noise(20_000)), noise(30_000)))[0]).toBe(MOST);
    expect(lengths(gzipped(noise(20_000)))).toHaveLength(1);
  });

  test("are as usual elsewhere, and behind the end of an archive", () => {
    expect(lengths(noise(20_000))).toEqual([SIZE, SIZE, 20_000 - 2 * SIZE]);
    expect(lengths(joined(tarred({ a: noise(5000) }), noise(SIZE)))[0]).toBe(SIZE);
    expect(lengths(new Uint8Array(0))).toEqual([0]);
  });

  test.each([1, 700, SIZE, 3 * SIZE + 1, 1e6])("are the same for chunks of %d bytes", async (chunk) => {
    for (const content of [tar.subarray(0, 50_000), gzipped(noise(40_000)), noise(20_000), zipped(members)]) {
      expect(await lengthsOfChunks(content, chunk)).toEqual(lengths(content));
    }
  });

  test("begin anew at a flush", async () => {
    const content = gzipped(noise(3 * SIZE));
    async function* chunks(): AsyncGenerator<Uint8Array | typeof FLUSH> {
      yield await Promise.resolve(content.subarray(0, 2 * SIZE));
      yield FLUSH;
      yield content.subarray(2 * SIZE);
    }
    const found: number[] = [];
    for await (const block of splitChunks(chunks(), CUTTING)) found.push(block.content.length);
    expect(found).toEqual([2 * SIZE, SIZE, content.length - 3 * SIZE]);
  });
});

describe("how long blocks may be", () => {
  test("is four times the usual, where memory is enough for what is opened in them", () => {
    const { blockSize, mostBlock } = compressSettings({ level: 5 });
    expect(mostBlock).toBe(4 * blockSize);
    expect(compressSettings({ level: 9 }).mostBlock).toBe(compressSettings({ level: 9 }).blockSize);
    const little = compressSettings({ level: 5, memoryLimit: 2 ** 28 });
    expect(little.mostBlock).toBeLessThan(MOST * little.blockSize);
  });

  test("is what the caller says, and as usual where nothing is opened", () => {
    expect(compressSettings({ blockSize: 50_000 }).mostBlock).toBe(50_000);
    expect(cuttingOf(compressSettings({ open: false })).cutter).toBeUndefined();
    expect(cuttingOf(compressSettings({ method: "mix" })).cutter).toBeUndefined();
  });
});

test("a packed file that is longer than a block is opened to its end", async () => {
  const text = prose(60_000);
  const stream = gzipped(joined(noise(2 ** 22), text));
  const file = compressSync(stream, { level: 1 });
  expect(Buffer.compare(decompressSync(file), stream)).toBe(0);
  const { blocks } = (await info(file)).frames[0];
  expect(blocks).toHaveLength(1);
  expect(blocks[0].opened.map(({ insideLength }) => insideLength)).toEqual([2 ** 22 + text.length]);
});
