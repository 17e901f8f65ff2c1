import { describe, expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { endOfBlock } from "../src/kinds/cuts.ts";
import { behindTarMember, tarMembers } from "../src/kinds/tar/index.ts";
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

/** A member whose header was changed; content is filled up to whole blocks. */
function member(content: Uint8Array, change: (header: Uint8Array) => void): Uint8Array {
  const bytes = tarred({ name: content }).slice(0, -1024);
  const header = bytes.subarray(0, 512);
  change(header);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return bytes;
}

describe("a member of a tar", () => {
  const content = noise(3000);
  const sizeOf = (text: string) => (header: Uint8Array) => header.set(Buffer.from(text, "latin1"), 124);
  const typeOf = (letter: string) => (header: Uint8Array) => header.set(Buffer.from(letter), 156);
  const end = tarred({ last: noise(10) });

  test("may have a size in binary", () => {
    const tar = joined(member(content, sizeOf("\x80\0\0\0\0\0\0\0\0\0\x0b\xb8")), end);
    expect(tarMembers(tar).map(({ dataStart, dataEnd }) => [dataStart, dataEnd])).toEqual([
      [512, 3512],
      [4096, 4106],
    ]);
    expect(behindTarMember(tar, 0)).toBe(inTar(3000));
    expect(behindTarMember(joined(member(content, sizeOf("\xff".repeat(12))), end), 0)).toBeUndefined();
  });

  test("may have its size in an extended header, which is part of it, as long names are", () => {
    const pax = member(Buffer.from("13 size=3000\n"), typeOf("x"));
    const long = member(noise(700), typeOf("L"));
    const tar = joined(pax, long, member(content, sizeOf("00000000000")), end);
    const headers = pax.length + long.length + 512;
    expect(tarMembers(tar)[0]).toEqual({ dataStart: headers, dataEnd: headers + 3000 });
    expect(tarMembers(tar).length).toBe(2);
    expect(behindTarMember(tar, 0)).toBe(tar.length - end.length);
    for (const cut of [100, 512, 600, pax.length + 100, headers - 1])
      expect(behindTarMember(tar.subarray(0, cut), 0)).toBe(Infinity);
  });
});
