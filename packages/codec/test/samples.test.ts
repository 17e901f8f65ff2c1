import { describe, expect, test } from "@jest/globals";
import { instantiateKernel, PithError } from "@pith/core";
import { finish } from "@pith/core/steps";
import fc from "fast-check";
import type { SampleShape } from "../src/bytes/sample-shape.ts";
import { compress, compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { samples } from "../src/methods/samples/index.ts";
import { guessShape } from "../src/methods/samples/guess.ts";
import { kernelMemory, parametersFor, STRENGTHS } from "../src/methods/samples/parameters.ts";
import { recogniseSamples } from "../src/methods/samples/recognise.ts";
import { LEVELS } from "../src/plan/levels.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { joined, noise, prose, streamOf } from "./helpers/content.ts";
import { thrownBy } from "./helpers/files.ts";
import { pngOf, tarred } from "./helpers/packed.ts";
import { aiff, anymap, bmp, deepPixels, dicom, pixels, tiff, tone, wav } from "./helpers/samples.ts";

const GREY: SampleShape = { bytes: 1, big: false, signed: false, channels: 1, row: 40 };
const SHAPES: readonly SampleShape[] = [
  GREY,
  { ...GREY, channels: 3, row: 60 },
  { ...GREY, channels: 4, row: 62 },
  { ...GREY, channels: 8, row: 0 },
  { ...GREY, bytes: 2, big: true, row: 30 },
  { ...GREY, bytes: 2, signed: true, channels: 2, row: 0 },
  { ...GREY, bytes: 3, signed: true, row: 0 },
  { ...GREY, bytes: 3, big: true, signed: true, channels: 3, row: 9 },
];

function encode(input: Uint8Array, shape: SampleShape, level = 5): Uint8Array {
  return finish(samples.encodeBlock(input, parametersFor(input.length, level, shape)));
}

function decode(payload: Uint8Array, length: number, shape: SampleShape, level = 5, offset = 0): Uint8Array {
  return finish(samples.decodeBlock(payload, length, parametersFor(length, level, shape), offset));
}

describe("the method samples gives back", () => {
  test.each(SHAPES)("any bytes, whatever it takes them for: %j", (shape) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(5, 9), (input, level) => {
        expect(decode(encode(input, shape, level), input.length, shape, level)).toEqual(input);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  test.each(LEVELS)("a picture at level $level", ({ level }) => {
    const input = bmp(pixels(40, 30, 3), 40, 30, 24);
    expect(decompressSync(compressSync(input, { method: "samples", level }))).toEqual(input);
  });

  test("what comes in several slices", () => {
    const input = tone(9000, 2, 2).subarray(1);
    const shape = { ...GREY, bytes: 2, signed: true, channels: 2, row: 0 };
    expect(decode(encode(input, shape), input.length, shape)).toEqual(input);
  });
});

describe("the method samples", () => {
  test.each([
    ["a picture", bmp(pixels(64, 64, 3), 64, 64, 24)],
    ["grey of 16 bits", dicom(deepPixels(64, 64), 64, 64)],
    ["sound", wav(tone(4000, 2, 2), 2, 2)],
  ])("makes %s smaller than mix does, and is chosen for it", async (_, input) => {
    const size = (options: object): number => compressSync(input, { level: 5, ...options }).length;
    const file = compressSync(input, { level: 5 });
    expect(size({ method: "samples" })).toBeLessThan(0.9 * size({ method: "mix" }));
    expect(file.length).toBeLessThan(0.9 * size({ method: "mix" }));
    expect((await info(file)).frames[0].blocks[0].parts.map(({ method }) => method)).toContain("samples");
    expect(decompressSync(file)).toEqual(input);
  });

  test("is chosen for rows inside of a PNG, and for members of a tar", async () => {
    const rows = Array.from({ length: 80 }, (_, y) =>
      joined(Uint8Array.of(0), pixels(80, 80, 3).subarray(240 * y, 240 * (y + 1))),
    );
    const input = tarred({ "a.png": pngOf(80, rows), "b.wav": wav(tone(4000, 1, 2), 1, 2), "c.txt": prose(2000) });
    const file = compressSync(input, { level: 5 });
    const { parts } = (await info(file)).frames[0].blocks[0];
    expect(parts.filter(({ method }) => method === "samples").map(({ kind }) => kind)).toEqual(["picture", "sound"]);
    expect(decompressSync(file)).toEqual(input);
  });

  test("goes on in the blocks behind the first, in a stream as at once", async () => {
    const input = joined(wav(tone(9000, 1, 2), 1, 2), prose(3000));
    const options = { level: 4, blockSize: 4096 };
    const file = compressSync(input, options);
    const { blocks } = (await info(file)).frames[0];
    expect(blocks.map(({ method, kind }) => (method === "samples" ? kind : method))).toEqual([
      "split",
      "sound",
      "sound",
      "sound",
      "mix",
      "mix",
    ]);
    expect(decompressSync(file)).toEqual(input);
    expect(Buffer.from(await compress(input, options))).toEqual(Buffer.from(file));
    const streamed = streamOf([input.subarray(0, 5000), input.subarray(5000)]).pipeThrough(new CompressStream(options));
    expect(Buffer.from(await new Response(streamed).arrayBuffer())).toEqual(Buffer.from(file));
    const closed = await info(compressSync(input, { ...options, open: false }));
    expect(closed.frames[0].blocks.map(({ method }) => method)).not.toContain("samples");
  });

  test("is not chosen for what another makes smaller, and not at fast levels", async () => {
    const tile = noise(48 * 3);
    const repeated = bmp(joined(...Array.from({ length: 400 }, () => tile)), 480, 40, 24);
    for (const [input, level] of [
      [repeated, 5],
      [wav(tone(4000, 2, 2), 2, 2), 1],
    ] as const) {
      const { frames } = await info(compressSync(input, { level }));
      expect(frames[0].blocks[0].parts.map(({ method }) => method)).not.toContain("samples");
    }
  });

  test("keeps nothing from one block to the next", () => {
    const [first, second] = [pixels(40, 20, 1), pixels(40, 20, 1, 9)];
    const alone = encode(second, GREY);
    encode(first, { ...GREY, channels: 3, row: 30 });
    decode(encode(first, GREY), first.length, GREY);
    expect(encode(second, GREY)).toEqual(alone);
  });

  test("yields its progress, in bytes", () => {
    const input = tone(9000, 2, 2);
    const parameters = parametersFor(input.length, 5, { ...GREY, bytes: 2, channels: 2, row: 0 });
    const payload = finish(samples.encodeBlock(input, parameters));
    for (const steps of [
      [...samples.encodeBlock(input, parameters)],
      [...samples.decodeBlock(payload, input.length, parameters, 0)],
    ]) {
      expect(steps.length).toBeGreaterThan(1);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(input.length);
    }
  });

  test.each(LEVELS.slice(3))(
    "takes at level $level no more memory than the level may",
    ({ level, memory, blockSize }) => {
      for (const length of [0, 1000, blockSize / 16, blockSize]) {
        expect(samples.memoryAt(length, level)).toBeLessThanOrEqual(memory);
        expect(samples.memoryAt(length, level, { halvings: 2 })).toBeLessThanOrEqual(samples.memoryAt(length, level));
      }
    },
  );

  test.each([
    [5, 10_000, GREY],
    [5, 2_000_000, { ...GREY, channels: 4, row: 2 ** 17 }],
    [9, 1_000_000, { ...GREY, bytes: 2, channels: 2, row: 0 }],
  ])("states the memory of its kernel at level %d for %d bytes: %j", (level, length, shape) => {
    const parameters = parametersFor(length, level, shape);
    const kernel = instantiateKernel(STRENGTHS[parameters.strength].kernel);
    kernel.start(
      shape.bytes,
      shape.big,
      shape.signed,
      shape.channels,
      shape.row,
      parameters.tableBits,
      Math.floor(length / shape.bytes),
    );
    const said = kernelMemory(parameters, length);
    expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(said);
    expect(said).toBeLessThanOrEqual(kernel.memory.buffer.byteLength + 3 * 2 ** 20);
  });
});

describe("headers of pictures and sound", () => {
  const rows = pixels(100, 30, 3);
  const grey = pixels(100, 30, 1);
  const deep = tone(3000, 1, 2, { big: true });
  const eight = { bytes: 1, big: false, signed: false };

  test.each([
    ["BMP of 24 bits", bmp(rows, 100, 30, 24), 54, { ...eight, channels: 3, row: 300 }],
    ["BMP of 8 bits", bmp(grey, 100, 30, 8), 54, { ...eight, channels: 1, row: 100 }],
    ["PPM", anymap(rows, 100, 30, "P6"), 24, { ...eight, channels: 3, row: 300 }],
    ["PGM of 16 bits", anymap(deep, 100, 30, "P5", 4095), 25, { ...eight, bytes: 2, big: true, channels: 1, row: 100 }],
    ["TIFF", tiff(rows, { width: 100, height: 30, channels: 3 }), 8, { ...eight, channels: 3, row: 300 }],
    [
      "TIFF in strips",
      tiff(rows, { width: 100, height: 30, channels: 3, rows: 7 }),
      8,
      { ...eight, channels: 3, row: 300 },
    ],
    [
      "TIFF of 16 bits, higher bytes first",
      tiff(deep, { width: 100, height: 30, channels: 1, bits: 16, little: false }),
      8,
      { ...eight, bytes: 2, big: true, channels: 1, row: 100 },
    ],
    ["DICOM", dicom(deep, 100, 30), 242, { ...eight, bytes: 2, channels: 1, row: 100 }],
    ["WAV of 16 bits", wav(tone(2000, 2, 2), 2, 2), 44, { bytes: 2, big: false, signed: true, channels: 2, row: 0 }],
    ["WAV of 8 bits", wav(tone(3000, 1, 1), 1, 1), 44, { ...eight, channels: 1, row: 0 }],
    ["WAV of 24 bits", wav(tone(2000, 1, 3), 1, 3), 44, { bytes: 3, big: false, signed: true, channels: 1, row: 0 }],
    [
      "AIFF",
      aiff(tone(2000, 2, 2, { big: true }), 2, 2),
      54,
      { bytes: 2, big: true, signed: true, channels: 2, row: 0 },
    ],
  ])("say how samples stand: %s", (_, content, start, shape) => {
    const found = recogniseSamples(content);
    expect(found).toMatchObject({ shape });
    expect(found?.start).toBe(start);
    expect((found?.start ?? 0) + (found?.length ?? 0)).toBeLessThanOrEqual(content.length);
  });

  test.each([
    ["a picture of 2^31 columns", bmp(rows, -(2 ** 31), 30, 24)],
    ["a picture without rows", bmp(rows, 100, 0, 24)],
    ["a picture that is compressed", bmp(rows, 100, 30, 4)],
    ["sound without channels", wav(rows, 0, 2)],
    ["sound of 65,535 channels", wav(rows, 65_535, 2)],
    ["sound of 32 bits", wav(rows, 1, 4)],
    ["a picture that ends before its rows", bmp(rows, 100, 30, 24).subarray(0, 300)],
    ["numbers that are none", anymap(rows, 100, 30, "P6").fill(65, 3, 20)],
    ["a picture of two columns", bmp(rows.subarray(0, 8000), 2, 1000, 24)],
    ["strips beyond the end", tiff(rows, { width: 100, height: 30, channels: 3, rows: 7 }).subarray(0, 9100)],
  ])("that lie, or of other kinds, are left: %s", (_, content) => {
    expect(recogniseSamples(content)).toBeUndefined();
  });

  test("of which any bytes are changed or lost come back all the same", () => {
    const files = [
      bmp(rows, 100, 30, 24),
      tiff(rows, { width: 100, height: 30, channels: 3, rows: 7 }),
      dicom(deep, 100, 30),
      wav(tone(1200, 2, 2), 2, 2),
      aiff(tone(1200, 2, 2, { big: true }), 2, 2),
    ];
    fc.assert(
      fc.property(
        fc.nat(files.length - 1),
        fc.array(fc.tuple(fc.nat(299), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        fc.nat(200),
        (which, changes, lost) => {
          const content = files[which].slice(0, files[which].length - lost);
          // Headers stand at the start, but for those of TIFF.
          for (const [at, value] of changes) content[which === 1 ? content.length - 1 - at : at] = value;
          expect(Buffer.compare(decompressSync(compressSync(content, { level: 4 })), content)).toBe(0);
        },
      ),
      { seed: 4, numRuns: 12 },
    );
  });

  test("where there are none, rows are guessed by their likeness", () => {
    expect(guessShape(pixels(300, 100, 1))).toMatchObject({ row: 300 });
    expect(guessShape(noise(40_000))).toMatchObject({ row: 0 });
    expect(guessShape(new Uint8Array(0))).toMatchObject({ row: 0, channels: 1 });
  });
});

describe("damaged data for the method samples", () => {
  const shape = { ...GREY, bytes: 2, channels: 2, row: 0 };
  const input = tone(150, 2, 2).subarray(3);
  const payload = encode(input, shape);

  /** What the bytes decode to; undefined if they are refused. */
  function attempt(bytes: Uint8Array, length: number): Uint8Array | undefined {
    try {
      const output = decode(bytes, length, shape, 5, 1000);
      expect(output.length).toBe(length);
      return output;
    } catch (error) {
      expect(error).toBeInstanceOf(PithError);
      expect((error as PithError).offset).toBeGreaterThanOrEqual(1000);
      return undefined;
    }
  }

  test("cut short is a PithError, or does not give the block back; with bytes behind it, it is one", () => {
    for (let length = 0; length < payload.length; length += 7) {
      expect(attempt(payload.subarray(0, length), input.length)).not.toEqual(input);
    }
    expect(attempt(joined(payload, Uint8Array.of(0)), input.length)).toBeUndefined();
  });

  test("changed, of the wrong length or made of random bytes decodes to the declared length, or is a PithError", () => {
    for (let at = 0; at < payload.length; at += 11) {
      const damaged = payload.slice();
      damaged[at] ^= 1 << (at % 8);
      attempt(damaged, input.length);
    }
    for (const length of [0, 1, input.length - 2, 10 * input.length]) expect(attempt(payload, length)).toBeUndefined();
    for (let seed = 1; seed < 20; seed++) attempt(noise(seed * 3, seed), seed * 17);
  });

  test("that names samples that there cannot be is refused before memory is taken", () => {
    const file = compressSync(input, { method: "samples" });
    const wrong = (at: number, value: number): unknown => {
      const damaged = file.slice();
      damaged[at] = value;
      return thrownBy(() => decompressSync(damaged));
    };
    // Magic, head, two lengths of two bytes each; then the tables, how samples stand, channels, the row.
    const start = file.indexOf(samples.choose(input, 5).tableBits, 4);
    expect(wrong(start, 7)).toMatchObject({ code: "invalid-field", offset: start });
    expect(wrong(start + 1, 0x03)).toMatchObject({ code: "invalid-field" });
    expect(wrong(start + 1, 0x04)).toMatchObject({ code: "invalid-field" });
    expect(wrong(start + 1, 0x02)).toMatchObject({ code: "invalid-field" });
    expect(wrong(start + 2, 0)).toMatchObject({ code: "invalid-field" });
    expect(wrong(start + 2, 9)).toMatchObject({ code: "invalid-field" });
  });
});
