import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { constants as pako } from "pako";
import { constants, deflateRawSync } from "node:zlib";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { choicesOf } from "./helpers/deflate.ts";
import { acceptedFlips, thrownBy } from "./helpers/files.ts";
import { picture, PICTURES } from "./helpers/pictures.ts";
import { deflated, gzipped, littleEndian, pngOf, tarred, zipped, zlibbed } from "./helpers/packed.ts";

const options = { level: 4 };
const text = prose(6000);
const records = joined(...Array.from({ length: 400 }, (_, i) => littleEndian([i * 977, 4], [i & 7, 2], [0, 2])));

/** Compresses and decompresses; says whether anything was opened. */
async function tried(content: Uint8Array): Promise<{ length: number; isOpened: boolean }> {
  const file = compressSync(content, options);
  expect(Buffer.compare(decompressSync(file), content)).toBe(0);
  const { frames } = await info(file);
  return { length: file.length, isOpened: frames[0].blocks.some(({ transforms }) => transforms.includes("open")) };
}

describe("streams of zlib's encoder", () => {
  const long = joined(text, records, noise(3000), text.subarray(0, 2000));

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9] as const)("of level %d are closed by a few bytes", (level) => {
    expect(choicesOf(deflated(long, { level }))).toBeLessThan(24);
  });

  test.each([1, 3, 8, 9] as const)("with memory level %d are closed by a few bytes a block", (memLevel) => {
    expect(choicesOf(deflated(long, { level: 6, memLevel }))).toBeLessThan(60);
  });

  test.each([9, 10, 12, 14] as const)("with a window of %d bits are closed by a few bytes", (windowBits) => {
    expect(choicesOf(deflated(long, { level: 7, windowBits }), windowBits)).toBeLessThan(40);
  });

  test.each([
    ["filtered", pako.Z_FILTERED],
    ["Huffman only", pako.Z_HUFFMAN_ONLY],
    ["runs", pako.Z_RLE],
    ["fixed", pako.Z_FIXED],
  ] as const)("of the strategy %s are closed by few bytes", (_, strategy) => {
    expect(choicesOf(deflated(long, { level: 6, strategy }))).toBeLessThan(60);
  });

  test("that are only stored stay closed", () => {
    expect(choicesOf(deflated(noise(3000), { level: 0 }))).toBe(Infinity);
  });
});

test("any stream is closed to the bit, whoever chose its tokens", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 400 }), fc.nat(50)), {
        minLength: 1,
        maxLength: 6,
      }),
      (pieces) => {
        // Pieces by encoders of several levels, joined where each ends a block: matches of none reach into another.
        const content = pieces.map(([, length, seed]) => prose(length, seed + 1));
        const stream = joined(...pieces.map(([level], i) => flushed(content[i], level)), Uint8Array.of(3, 0));
        expect(choicesOf(stream)).toBeGreaterThan(0);
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});

/** A stream that goes on: it ends with an empty block, at a byte. */
function flushed(content: Uint8Array, level: number): Uint8Array {
  return deflateRawSync(content, { level, finishFlush: constants.Z_SYNC_FLUSH });
}

describe("what is packed in a file", () => {
  test.each([
    ["gzip", gzipped(text)],
    ["two members of gzip", joined(gzipped(text), gzipped(records))],
    ["gzip with a wrong checksum", joined(gzipped(text).subarray(0, -8), noise(8))],
    ["zlib, somewhere", joined(prose(500), zlibbed(text), prose(300))],
    ["ZIP", zipped({ "a.txt": text, "b.bin": records })],
    ["ZIP with lengths behind its members", zipped({ "a.txt": text, "b.bin": records }, { descriptors: true })],
    ["ZIP in gzip", gzipped(zipped({ "a.txt": text, "b.bin": records }))],
    ["tar in gzip", gzipped(tarred({ "a.txt": text, "b.bin": records, "c.fa": bases(4000) }))],
    ["gzip in tar", tarred({ "a.gz": gzipped(text), "b.gz": gzipped(records) })],
    ["tar in tar", tarred({ "a.tar": tarred({ "a.txt": text, "b.bin": records }), "b.gz": gzipped(records) })],
    ["gzip that is cut", gzipped(joined(text, noise(60_000), text)).subarray(0, 50_000)],
  ])("is opened and comes back: %s", async (_, content) => {
    const { length, isOpened } = await tried(content);
    expect(isOpened).toBe(true);
    expect(length).toBeLessThan(compressSync(content, { ...options, open: false }).length);
  });

  test("of many kinds is sorted, so that a tar is as small as its members", async () => {
    const members = {
      "a.txt": prose(40_000),
      "b.fa": bases(40_000),
      "c.bin": joined(...Array.from({ length: 40 }, () => records)),
    };
    const alone = Object.values(members).map((member) => compressSync(member, options).length);
    const { length, isOpened } = await tried(tarred(members));
    expect(isOpened).toBe(true);
    expect(length).toBeLessThan(alone.reduce((sum, each) => sum + each, 0) + 500);
  });

  test("of one kind stays closed: there is nothing to sort", async () => {
    const members = Object.fromEntries([1, 2, 3].map((seed) => [`${seed}.txt`, prose(40_000, seed)]));
    expect((await tried(tarred(members))).isOpened).toBe(false);
  });

  test("comes out smaller with the same again, since alike things share a model", async () => {
    const pages = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.txt`, prose(800, i + 1)]));
    const { length } = await tried(zipped(pages));
    const each = compressSync(pages["0.txt"], options).length;
    expect(length).toBeLessThan(20 * each);
  });

  test("of a ZIP is told, with members that say again what follows from them", async () => {
    for (const descriptors of [false, true]) {
      const file = compressSync(zipped({ "a.txt": text, "b.bin": records }, { descriptors }), options);
      const { opened } = (await info(file)).frames[0].blocks[0];
      const members = descriptors ? [] : [["zip", 2]];
      expect(opened.map(({ kind, count }) => [kind, count])).toEqual([
        ["deflate", 2],
        ...members,
        ["zip directory", 1],
      ]);
    }
  });

  test("of a tar is told: a JPEG in it has a method of its own", async () => {
    const photo = picture(PICTURES[0]);
    const file = compressSync(tarred({ "a.jpg": photo, "b.txt": text }), options);
    const { parts } = (await info(file)).frames[0].blocks[0];
    expect(parts.map(({ method }) => method)).toContain("jpeg");
    expect(Buffer.compare(decompressSync(file), tarred({ "a.jpg": photo, "b.txt": text }))).toBe(0);
  });

  test("stays closed when it is not to be opened", async () => {
    const file = compressSync(gzipped(text), { ...options, open: false });
    const { frames } = await info(file);
    expect(frames[0].blocks[0].transforms).toEqual([]);
  });

  test("stays closed where the caller says what the content is", async () => {
    const file = compressSync(gzipped(text), { ...options, kind: "binary" });
    expect((await info(file)).frames[0].blocks[0].opened).toEqual([]);
  });

  test("stays closed where it is encrypted", async () => {
    expect((await tried(zipped({ a: text }, { flags: 1 }))).isOpened).toBe(false);
  });

  test("stays closed where there would be too much of it", async () => {
    const bomb = gzipped(new Uint8Array(3_000_000));
    expect((await tried(bomb)).isOpened).toBe(false);
  });
});

describe("images in PNG", () => {
  const width = 60;
  /** A row that gets brighter, with a filter's byte before it. */
  const row = (filter: number, y: number): Uint8Array =>
    Uint8Array.from({ length: 3 * width + 1 }, (_, x) => (x === 0 ? filter : filter === 0 ? x + y : filter));
  const image = [0, 1, 2, 3, 4].flatMap((filter) => Array.from({ length: 12 }, (_, y) => row(filter, y)));

  test("are opened, whatever their filters and chunks", async () => {
    for (const chunk of [40, 300, 1 << 20]) {
      expect((await tried(pngOf(width, image, { chunk }))).isOpened).toBe(true);
    }
  });

  test("come back with filters that there are not, pixels that are missing, and wrong checksums", async () => {
    const strange = image.map((each, i) => (i === 7 ? row(9, i) : each));
    await tried(pngOf(width, strange));
    await tried(pngOf(width, [...image, row(1, 3).subarray(0, 50)]));
    await tried(pngOf(width + 1, image));
    const damaged = pngOf(width, image);
    damaged[90] ^= 1;
    await tried(damaged);
  });
});

describe("whatever is packed", () => {
  const FILES = [
    gzipped(text.subarray(0, 900)),
    zipped({ "a.txt": text.subarray(0, 700), "b.bin": records.subarray(0, 900) }),
    pngOf(
      20,
      Array.from({ length: 20 }, (_, y) => Uint8Array.from({ length: 61 }, (_, x) => (x === 0 ? 2 : x * y))),
    ),
    tarred({ "a.gz": gzipped(text.subarray(0, 600)), b: text.subarray(0, 300) }),
    gzipped(text.subarray(0, 400)),
  ];

  test("comes back when bytes of it are changed, lost or doubled", () => {
    fc.assert(
      fc.property(
        fc.nat(FILES.length - 1),
        fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(2)), { maxLength: 3 }),
        (which, changes) => {
          let content: Uint8Array = FILES[which].slice();
          for (const [place, value, how] of changes) {
            const at = place % content.length;
            if (how === 0) content[at] = value;
            else if (how === 1) content = joined(content.subarray(0, at), content.subarray(at + 1));
            else content = joined(content.subarray(0, at), content.subarray(at, at + 9), content.subarray(at));
          }
          expect(Buffer.compare(decompressSync(compressSync(content, options)), content)).toBe(0);
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  test("is refused when a bit of the compressed file is flipped", () => {
    expect(acceptedFlips(compressSync(FILES[4], options))).toEqual([]);
  });

  test("is refused when the compressed file is cut", () => {
    const file = compressSync(FILES[3], options);
    for (let end = 0; end < file.length; end += 11) {
      expect(thrownBy(() => decompressSync(file.subarray(0, end)))).toMatchObject({ name: "PithError" });
    }
  });
});
