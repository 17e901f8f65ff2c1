import { describe, expect, test } from "@jest/globals";
import { finish } from "@pith/core/steps";
import fc from "fast-check";
import { decodeChoices, encodeChoices } from "../src/methods/jpeg/choices.ts";
import { MOST_BLOCKS } from "../src/methods/jpeg/header.ts";
import type { JpegParts } from "../src/methods/jpeg/parts.ts";
import { putTogether } from "../src/methods/jpeg/put-together.ts";
import { recogniseJpeg } from "../src/methods/jpeg/recognise.ts";
import { takeApart } from "../src/methods/jpeg/take-apart.ts";
import { joined, noise } from "./helpers/content.ts";
import { picture, PICTURES } from "./helpers/pictures.ts";

/** A JPEG taken apart, and its coefficients. */
function apart(bytes: Uint8Array): (JpegParts & { coefficients: Int16Array }) | undefined {
  let coefficients = new Int16Array(0);
  const parts = finish(takeApart(bytes, ({ blocks }) => (coefficients = new Int16Array(64 * blocks))));
  return parts && { ...parts, coefficients };
}

function expectApart(bytes: Uint8Array): JpegParts & { coefficients: Int16Array } {
  const parts = apart(bytes);
  if (parts === undefined) throw new Error("not understood");
  expect(finish(putTogether(parts, parts.coefficients, bytes.length))).toEqual(bytes);
  return parts;
}

/** The file that parts make, of whatever length that is. */
function together(parts: JpegParts, coefficients: Int16Array): Uint8Array {
  for (let [low, high] = [0, 8192]; low < high;) {
    const length = (low + high) >> 1;
    try {
      return finish(putTogether(parts, coefficients, length));
    } catch (error) {
      if (String(error).includes("longer than it should be")) low = length + 1;
      else if (String(error).includes("shorter than it should be")) high = length;
      else throw error;
    }
  }
  throw new Error("no file of such a length");
}

/** How often a byte has to be filled: at the end of each scan and before each restart marker. */
function countFilled(bytes: Uint8Array): number {
  const isEnd = (marker: number): boolean => marker === SOS || (marker >= 0xd0 && marker <= 0xd7);
  return bytes.filter((byte, at) => byte === 0xff && isEnd(bytes[at + 1])).length;
}

/** Segments whose Huffman tables have codes for all symbols, so that an encoder may choose any. */
function withAllCodes(header: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [header.subarray(0, 2)];
  const counts = Uint8Array.from({ length: 16 }, (_, i) => (i === 7 || i === 8 ? 128 : 0));
  const values = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let at = 2; at < header.length - 2;) {
    const length = 2 + (header[at + 2] << 8) + header[at + 3];
    const table = joined(Uint8Array.of(0xff, DHT, 1, 19, header[at + 4]), counts, values);
    pieces.push(header[at + 1] === DHT ? table : header.subarray(at, at + length));
    at += length;
  }
  return joined(...pieces, header.subarray(-2));
}

/** The place behind the first marker of a kind. */
function behind(bytes: Uint8Array, marker: number): number {
  const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === marker);
  if (at < 0) throw new Error("no such marker");
  return at + 2;
}

/** A copy with other bytes from a place on. */
function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

const SOF0 = 0xc0;
const DHT = 0xc4;
const SOI = 0xd8;
const SOS = 0xda;
const DQT = 0xdb;

describe("a JPEG that is taken apart", () => {
  test.each(PICTURES)("makes the same file again: %s", (name) => {
    const bytes = picture(name);
    const { choices } = expectApart(bytes);
    expect(choices.padding).toBe("ones");
    expect(choices.runExceptions.flat()).toEqual([]);
    expect(recogniseJpeg(bytes)?.length).toBe(bytes.length);
  });

  test.each(["progressive", "restart-blocks", "cmyk"])("keeps segments and what is between them: %s", (name) => {
    const bytes = picture(name);
    const comment = Uint8Array.of(0xff, 0xfe, 0, 7, ...new TextEncoder().encode("hello"));
    const thumbnail = picture("gray");
    const exif = joined(
      Uint8Array.of(0xff, 0xe1, (thumbnail.length + 2) >> 8, (thumbnail.length + 2) & 255),
      thumbnail,
    );
    const [start, end] = [bytes.subarray(0, 2), bytes.subarray(-2)];
    const file = joined(start, exif, comment, Uint8Array.of(0xff, 0xff), bytes.subarray(3, -2), comment, end);
    expectApart(file);
    expect(recogniseJpeg(file)?.length).toBe(file.length);
  });

  test("keeps what follows it", () => {
    const bytes = picture("baseline-420");
    const { header } = expectApart(joined(bytes, noise(50)));
    expect([...header.subarray(-50)]).toEqual([...noise(50)]);
  });

  test.each(["baseline-420", "restart-blocks", "progressive-restart"])("keeps how bytes are filled: %s", (name) => {
    const { coefficients, ...parts } = expectApart(picture(name));
    const numbers = noise(countFilled(picture(name))).map((byte) => byte & 127);
    for (const padding of ["zeros", numbers] as const) {
      expectApart(together({ ...parts, choices: { ...parts.choices, padding } }, coefficients));
    }
  });

  test.each(["progressive", "progressive-gray", "progressive-restart"])(
    "keeps where runs of blocks end: %s",
    (name) => {
      const { coefficients, ...parts } = expectApart(picture(name));
      const header = withAllCodes(parts.header);
      let unusual = 0;
      for (let seed = 1; seed <= 20; seed++) {
        const random = noise(400, seed);
        const runExceptions = parts.choices.runExceptions.map((_, scan) =>
          Array.from({ length: 20 }, (_, block) => block).filter((block) => random[20 * scan + block] < 100),
        );
        const choices = { padding: "ones" as const, runExceptions };
        const file = together({ header, choices }, coefficients);
        unusual += expectApart(file).choices.runExceptions.flat().length;
      }
      expect(unusual).toBeGreaterThan(10);
    },
  );
});

describe("what is not understood", () => {
  const bytes = picture("baseline-420");
  const frame = behind(bytes, SOF0);
  const tables = behind(bytes, DHT);
  const scan = behind(bytes, SOS);
  const files: Readonly<Record<string, Uint8Array>> = {
    nothing: new Uint8Array(0),
    "a marker alone": Uint8Array.of(0xff, SOI),
    "arithmetic coding": picture("arithmetic"),
    "12 bits": changed(bytes, frame + 2, 12),
    "a lossless frame": changed(bytes, frame - 1, 0xc3),
    "no height": changed(bytes, frame + 3, 0, 0),
    "no width": changed(bytes, frame + 5, 0, 0),
    "huge dimensions": changed(bytes, frame + 3, 0xff, 0xff, 0xff, 0xff),
    "a component of no sampling": changed(bytes, frame + 9, 0),
    "another quantisation table than there are": changed(bytes, frame + 10, 9),
    "five components": changed(bytes, frame + 7, 5),
    "two components of one name": changed(bytes, frame + 11, bytes[frame + 8]),
    "a scan of a component that is not there": changed(bytes, scan + 3, 77),
    "a scan without its Huffman tables": changed(bytes, scan + 4, 0x33),
    "a sequential scan of a band": changed(bytes, scan + 9, 1),
    "more codes than there are": changed(bytes, tables + 3, 255),
    "a Huffman table of no class": changed(bytes, tables + 2, 0x20),
    "a segment that goes beyond the end": changed(bytes, tables, 0xff, 0xff),
    "no end": bytes.subarray(0, -2),
    "no scan": joined(bytes.subarray(0, scan - 2), bytes.subarray(-2)),
    "no frame": joined(bytes.subarray(0, frame - 2), bytes.subarray(frame + 17)),
    "a scan that ends early": joined(bytes.subarray(0, -20), bytes.subarray(-2)),
    "a scan that goes on": joined(bytes.subarray(0, -2), Uint8Array.of(1, 2, 3), bytes.subarray(-2)),
    "a restart marker that is lost": joined(
      picture("restart-rows").subarray(0, behind(picture("restart-rows"), 0xd1) - 2),
      picture("restart-rows").subarray(behind(picture("restart-rows"), 0xd1)),
    ),
  };

  test.each(Object.entries(files))("is left alone: %s", (_, file) => {
    expect(apart(file)).toBeUndefined();
  });

  test("is told by its header, before memory is taken", () => {
    const huge = files["huge dimensions"];
    expect(recogniseJpeg(huge)).toBeUndefined();
    expect(65_535 ** 2 / 64 / 64).toBeLessThan(MOST_BLOCKS);
  });

  test("is none of them in mutated files: these come back, or are left alone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PICTURES),
        fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        (name, changes) => {
          const file = picture(name);
          for (const [at, value] of changes) file[at % file.length] = value;
          const { length, blocks } = recogniseJpeg(file) ?? { length: 0, blocks: 0 };
          expect(length).toBeLessThanOrEqual(file.length);
          if (blocks > 10_000) return;
          const parts = apart(file);
          if (parts) expect(finish(putTogether(parts, parts.coefficients, file.length))).toEqual(file);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("a JPEG is recognised", () => {
  test("where it stands, and as far as it goes", () => {
    const bytes = picture("progressive-restart");
    const file = joined(noise(100), bytes, noise(100));
    expect(recogniseJpeg(file, 100)?.length).toBe(bytes.length);
    for (const start of [0, 99, 101, 102, file.length - 1, file.length])
      expect(recogniseJpeg(file, start)).toBeUndefined();
  });

  test("by tables of any place: quantisation tables of no kind are none", () => {
    const bytes = picture("baseline-420");
    expect(recogniseJpeg(changed(bytes, behind(bytes, DQT) + 2, 0x24))).toBeUndefined();
  });
});

describe("an encoder's choices", () => {
  test("come back as they were", () => {
    const numbers = fc.array(fc.nat(30_000), { maxLength: 6 }).map((list) => [...new Set(list)].sort((a, b) => a - b));
    const padding = fc.oneof(
      fc.constantFrom("ones" as const, "zeros" as const),
      fc.array(fc.integer({ min: 0, max: 127 }), { minLength: 1, maxLength: 9 }).map((list) => Uint8Array.from(list)),
    );
    fc.assert(
      fc.property(padding, fc.array(numbers, { maxLength: 5 }), (filled, runExceptions) => {
        const choices = { padding: filled, runExceptions };
        expect(decodeChoices(encodeChoices(choices), 1000, 0)).toEqual(choices);
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});
