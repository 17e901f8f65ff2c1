import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compress, compressSync } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { TarFollower } from "../src/kinds/tar/index.ts";
import { decompressRange } from "../src/random-access/range.ts";
import { isoMembers } from "../src/kinds/iso/index.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { gzipped, imaged, tarred } from "./helpers/packed.ts";
import { normal, safetensors, toBf16, type Tensor } from "./helpers/tensors.ts";

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

describe("a tar that comes in pieces", () => {
  const members = { a: text.subarray(0, 1500), b: new Uint8Array(0), c: noise(700), d: noise(1024) };
  const tar = tarred(members);

  test("has the same members, wherever the pieces end between its blocks", () => {
    const names = Object.values(members).map((member) => Buffer.from(member));
    for (let first = 512; first < tar.length; first += 512) {
      const follower = new TarFollower();
      const inPieces = [tar.subarray(0, first), tar.subarray(first)].flatMap((piece) =>
        follower.next(piece).map(({ dataStart, dataEnd }) => piece.subarray(dataStart, dataEnd)),
      );
      expect(joined(...inPieces).subarray(0, 3224)).toEqual(joined(...names));
    }
  });

  test("has members in order, within the piece, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(3000),
        (changes, first) => {
          const changed = tar.slice();
          for (const [at, byte] of changes) changed[at] = byte;
          const follower = new TarFollower();
          for (const piece of [changed.subarray(0, first), changed.subarray(first)]) {
            let end = 0;
            for (const { dataStart, dataEnd } of follower.next(piece)) {
              expect(dataStart).toBeGreaterThanOrEqual(end);
              expect(dataEnd).toBeGreaterThanOrEqual(dataStart);
              end = dataEnd;
            }
            expect(end).toBeLessThanOrEqual(piece.length);
          }
        },
      ),
      { numRuns: 100, seed: 6 },
    );
  });
});

describe("a block in which something comes again", () => {
  const repeated = joined(tarred({ "a.gz": gzipped(text), "b.txt": prose(5000, 3) }), new Uint8Array(300_000));

  test("is opened all the same, where that is smaller", async () => {
    const file = compressSync(repeated, options);
    expect(await openedIn(repeated, file)).toContain("deflate");
    expect(Buffer.compare(await compress(repeated, { ...options, threads: 0 }), file)).toBe(0);
  });

  test("is deduplicated and opened, part by part, where it is an archive", async () => {
    const again = noise(9000, 7);
    const members = {
      a: again,
      "b.txt": text,
      "c.gz": gzipped(prose(9000, 5)),
      d: again,
      e: prose(9000, 6),
      "f.gz": gzipped(text),
    };
    const content = tarred(members);
    const small = { level: 3, blockSize: 16_384 };
    const file = compressSync(content, small);
    expect(await openedIn(content, file)).toEqual(["deflate"]);
    const [block] = (await info(file)).frames[0].blocks;
    expect(block).toMatchObject({ transforms: ["dedupe"], contentLength: content.length });
    expect(block.parts[0]).toMatchObject({ method: "stored", parts: [] });
    expect(block.parts.slice(1).some(({ parts }) => parts.length > 1)).toBe(true);
    expect(file.length).toBeLessThan(0.9 * compressSync(content, { ...small, open: false }).length);
    for (const threads of [0, 2]) {
      expect(Buffer.compare(await compress(content, { ...small, threads }), file)).toBe(0);
      expect(Buffer.compare(await decompress(file, { threads }), content)).toBe(0);
    }
    const at = content.length - 4000;
    expect(await decompressRange(file, at, at + 1000, { threads: 0 })).toEqual(content.slice(at, at + 1000));
  });

  test("has its values coded as such where it is an archive that has some, and those once that come again", async () => {
    const again = noise(20_000, 7);
    const model = safetensors({ name: "w", type: "BF16", shape: [64, 512], data: toBf16(normal(32_768, 512)) });
    const content = tarred({ a: again, "1.safetensors": model, b: again, "2.safetensors": model, c: prose(3000) });
    const file = compressSync(content, { level: 1, blockSize: 32_768 });
    expect(Buffer.compare(decompressSync(file), content)).toBe(0);
    const blocks = (await info(file)).frames[0].blocks;
    expect(blocks.map(({ transforms }) => transforms)).toEqual([["dedupe"]]);
    expect(blocks[0].parts.map(({ method }) => method)).toContain("weights");
    expect(file.length).toBeLessThan(again.length + 0.8 * model.length);
  });

  test("has them coded as such where it is a model some of whose tensors come again, however short these are", async () => {
    const matrix = toBf16(normal(40_000, 500));
    const small = toBf16(normal(1000, 1000, 9));
    const tensors = (name: string): Tensor[] => [
      { name: `${name}.scale`, type: "BF16", shape: [2], data: small.subarray(0, 4) },
      { name: `${name}.bias`, type: "BF16", shape: [1000], data: small },
      { name: `${name}.w`, type: "BF16", shape: [80, 500], data: matrix },
      { name: `${name}.own`, type: "BF16", shape: [700], data: toBf16(normal(700, 700, name.length)) },
    ];
    const model = safetensors(...tensors("a"), ...tensors("ema"));
    for (const level of [1, 4]) {
      const file = compressSync(model, { level, blockSize: 100_000 });
      expect(Buffer.compare(decompressSync(file), model)).toBe(0);
      const [{ transforms, parts }] = (await info(file)).frames[0].blocks;
      expect(transforms).toEqual(["dedupe"]);
      expect(parts.filter(({ method }) => method === "weights").length).toBeGreaterThanOrEqual(2);
      expect(file.length).toBeLessThan(0.75 * (matrix.length + small.length + 2800) + 400);
      expect(await decompressRange(file, 90_000, 91_000, { threads: 0 })).toEqual(model.slice(90_000, 91_000));
    }
  });

  test("comes back whatever its members are, and wherever blocks end", () => {
    const pieces = [noise(700), prose(900), gzipped(prose(2000, 4)), new Uint8Array(5000), noise(6000, 2)];
    const member = fc.array(fc.nat(pieces.length - 1), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), fc.nat(3000), (all, lost) => {
        const entries = all.map((some, i) => [`${i}`, joined(...some.map((piece) => pieces[piece]))] as const);
        const whole = joined(tarred(Object.fromEntries(entries)), noise(3000));
        const content = whole.subarray(0, whole.length - lost);
        expect(Buffer.compare(decompressSync(compressSync(content, { level: 1, blockSize: 4096 })), content)).toBe(0);
      }),
      { numRuns: 5, seed: 8 },
    );
  });

  test("is deduplicated where that is smaller", async () => {
    const part = noise(200_000);
    const content = joined(tarred({ a: part, "b.gz": gzipped(prose(500)), c: part }), new Uint8Array(3000));
    const file = compressSync(content, options);
    expect(await openedIn(content, file)).toEqual([]);
    expect(file.length).toBeLessThan(205_000);
  });
});
