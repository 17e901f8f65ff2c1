import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compress, compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { isoMembers } from "../src/kinds/iso/index.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { gzipped, imaged, tarred } from "./helpers/packed.ts";

const options = { level: 4 };
const text = prose(20_000);
const files = { A: text, B: bases(30_000), "C.GZ": gzipped(prose(9000, 5)), EMPTY: new Uint8Array(0), D: noise(5000) };

/** The kinds that are opened in what is compressed, which comes back. */
async function openedIn(content: Uint8Array, file: Uint8Array): Promise<string[]> {
  expect(Buffer.compare(decompressSync(file), content)).toBe(0);
  return (await info(file)).opened.map(({ kind }) => kind);
}

describe("images of ISO 9660", () => {
  const image = imaged(files);

  test("have their files as members, in order", () => {
    const members = isoMembers(image).map(({ dataStart, dataEnd }) => image.subarray(dataStart, dataEnd));
    expect(members.map((member) => Buffer.from(member))).toEqual(
      [files.A, files.B, files["C.GZ"], files.D].map((file) => Buffer.from(file)),
    );
  });

  test("are coded as what is in them", async () => {
    const file = compressSync(image, options);
    expect(await openedIn(image, file)).toEqual(["deflate"]);
    expect(file.length).toBeLessThan(compressSync(image, { ...options, open: false }).length);
  });

  test("have members in order that do not overlap, whatever their records say", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2 * 2048 + 300), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const changed = image.slice();
        for (const [at, byte] of changes) changed[16 * 2048 + 150 + at] = byte;
        let end = 0;
        for (const { dataStart, dataEnd } of isoMembers(changed)) {
          expect(dataStart).toBeGreaterThanOrEqual(end);
          expect(dataEnd).toBeGreaterThan(dataStart);
          end = dataEnd;
        }
        expect(end).toBeLessThanOrEqual(changed.length);
      }),
      { numRuns: 60, seed: 5 },
    );
    for (let cut = 0; cut < 20 * 2048; cut += 509) expect(isoMembers(image.subarray(0, cut)).length).toBeLessThan(2);
  });
});

describe("a block in which something comes again", () => {
  const repeated = joined(tarred({ "a.gz": gzipped(text), "b.txt": prose(5000, 3) }), new Uint8Array(300_000));

  test("is opened all the same, where that is smaller", async () => {
    const file = compressSync(repeated, options);
    expect(await openedIn(repeated, file)).toContain("deflate");
    expect(Buffer.compare(await compress(repeated, { ...options, threads: 0 }), file)).toBe(0);
  });

  test("is deduplicated where that is smaller", async () => {
    const part = noise(200_000);
    const content = joined(tarred({ a: part, "b.gz": gzipped(prose(500)), c: part }), new Uint8Array(3000));
    const file = compressSync(content, options);
    expect(await openedIn(content, file)).toEqual([]);
    expect(file.length).toBeLessThan(205_000);
  });
});
