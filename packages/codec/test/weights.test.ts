import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { finish } from "@pith/core/steps";
import { TENSOR_TYPE_NAMES, tensorType } from "@pith/tensors";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { compress, compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { decompress as decode } from "../src/decode/index.ts";
import { info } from "../src/info.ts";
import type { BlockField, ValueRun } from "../src/bytes/value-run.ts";
import { readForm } from "../src/methods/weights/forms.ts";
import { weights } from "../src/methods/weights/index.ts";
import type { WeightsParameters } from "../src/methods/weights/parameters.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { joined, noise, prose, streamOf } from "./helpers/content.ts";
import { thrownBy } from "./helpers/files.ts";
import { bytesOf, normal, safetensors, toBf16, toF16, type Tensor } from "./helpers/tensors.ts";
import { decodeSegment } from "./reference/weights.ts";

const values = normal(20_000, 200);
const F32 = bytesOf(values);
const F64 = bytesOf(Float64Array.from(values.subarray(0, 4000), (value, i) => value / (1 + (i % 7))));
const MATRIX: Tensor = { name: "matrix", type: "F32", shape: [100, 200], data: F32 };
const HALF: Tensor = { name: "half", type: "BF16", shape: [100, 200], data: toBf16(values) };

/** What the method makes of values that stand beside each other. */
function encode(data: Uint8Array, form: Omit<ValueRun, "length">, level = 5): Uint8Array {
  const run = { ...form, length: data.length };
  return finish(weights.encodeBlock(data, weights.choose(data, level, { values: [run] })), () => {});
}

function decodePayload(payload: Uint8Array, length: number, offset = 0): Uint8Array {
  return finish(weights.decodeBlock(payload, length, { model: "tables" }, offset), () => {});
}

const float = (bytes: ValueRun["bytes"], row = 200): Omit<ValueRun, "length"> => ({ bytes, isFloat: true, row });
const integer = (bytes: ValueRun["bytes"], row = 200): Omit<ValueRun, "length"> => ({ bytes, isFloat: false, row });

/** BF16 of which some are 0, and the rest have more than 32 exponents. */
function spread(numbers: Float32Array): Uint8Array {
  return toBf16(
    numbers.map((value, i) => (i % 50 === 0 ? 0 : i % 7 === 0 ? value * 2 ** -(i % 40) : value)).subarray(0, 9003),
  );
}

const KINDS: readonly [string, Uint8Array, Omit<ValueRun, "length">][] = [
  ["F32", F32, float(4)],
  ["F32 in rows of 33", F32.subarray(0, 40_004), float(4, 33)],
  ["BF16", toBf16(values), float(2)],
  ["BF16 with zeros, and as many exponents as leave room for two bits", spread(values), float(2, 333)],
  ["F16", toF16(values), float(2)],
  ["F64", F64, float(8)],
  [
    "F32 that was BF16",
    bytesOf(Uint32Array.from(new Uint16Array(toBf16(values).slice(0, 6000).buffer), (half) => half << 16)),
    float(4),
  ],
  ["I8", Uint8Array.from(values, (value) => Math.round(500 * value)), integer(1)],
  ["one value all the way", new Uint8Array(4000).fill(63), float(4)],
  ["values of two kinds", bytesOf(Float32Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 1 : -0.5))), float(4)],
  ["I64", bytesOf(BigInt64Array.from({ length: 900 }, (_, i) => BigInt(i - 450))), integer(8)],
];

describe.each(KINDS)("the method weights, of %s", (name, data, form) => {
  test.each([1, 5])("gives back every byte, and makes fewer, at level %i", (level) => {
    const payload = encode(data, form, level);
    expect(payload.length).toBeLessThan(0.93 * data.length);
    expect(Buffer.compare(decodePayload(payload, data.length), data)).toBe(0);
  });

  test("writes what a plain decoder reads", () => {
    const payload = encode(data, form);
    const reader = new ByteReader(payload, 0);
    const segment = readForm(reader, data.length);
    expect(segment).toMatchObject({ bytes: form.bytes, isFloat: form.isFloat, isKept: false });
    // Of F16, exponents leave no room for what is below them.
    expect(segment.isJoined).toBe(name.startsWith("BF16"));
    const read = decodeSegment(payload.subarray(reader.position), segment);
    expect(Buffer.compare(read.values, data.subarray(0, read.values.length))).toBe(0);
    expect(reader.position + read.read).toBe(payload.length);
  });
});

describe("the method weights", () => {
  test("gives back values that are no numbers, zeros of either sign, and bytes behind the last value", () => {
    const special = Uint32Array.of(
      0,
      0x80000000,
      0x7f800000,
      0xff800000,
      0x7fc00001,
      0xffffffff,
      0x7f800001,
      1,
      0x80000001,
    );
    const data = joined(F32.subarray(0, 8000), bytesOf(special), F32.subarray(0, 8000), Uint8Array.of(1, 2, 3));
    expect(Buffer.compare(decodePayload(encode(data, float(4)), data.length), data)).toBe(0);
  });

  test("takes what is unlike rows for what it is", () => {
    const unlike = joined(F32.subarray(0, 20_000), noise(10_000), new Uint8Array(10_000), prose(10_000));
    for (const form of [float(2), float(4), float(8), integer(1), integer(4)]) {
      expect(Buffer.compare(decodePayload(encode(unlike, form), unlike.length), unlike)).toBe(0);
    }
  });

  test("cuts long values into segments, and gives these back", () => {
    const long = new Uint8Array(5_000_002);
    for (let i = 0; i < long.length; i += F32.length) long.set(F32.subarray(0, long.length - i), i);
    const payload = encode(long, float(2, 3000), 1);
    expect(Buffer.compare(decodePayload(payload, long.length), long)).toBe(0);
  });

  test("knows the scale of rows: those that differ take less than one for all", () => {
    const byRow = encode(F32, float(4)).length;
    const together = encode(F32, float(4, 5000)).length;
    expect(byRow).toBeLessThan(0.997 * together);
  });

  test("guesses of what values bytes are, where nothing says it", async () => {
    for (const [data, bytes] of [
      [F32, 4],
      [toBf16(values), 2],
      [F64, 8],
    ] as const) {
      const file = compressSync(data, { method: "weights" });
      expect(file.length).toBeLessThan(encode(data, float(bytes, 1024)).length + 40);
      expect(decompressSync(file)).toEqual(data);
      expect((await info(file)).frames[0].blocks[0].method).toBe("weights");
    }
  });
});

describe("blocks of quantised values", () => {
  const fields: readonly BlockField[] = [
    { bytes: 2, isFloat: true, count: 1 },
    { bytes: 1, isFloat: false, count: 7 },
    { bytes: 4, isFloat: true, count: 2 },
  ];
  const scales = toF16(values);
  const block = (i: number): Uint8Array =>
    joined(
      scales.subarray(2 * i, 2 * i + 2),
      noise(7, i).map((byte) => byte & 31),
      F32.subarray(8 * i, 8 * i + 8),
    );
  const data = joined(...Array.from({ length: 500 }, (_, i) => block(i)), Uint8Array.of(1, 2, 3));
  const run: ValueRun = { bytes: 1, isFloat: false, row: 50, length: data.length, fields };
  const parameters = weights.choose(data, 1, { values: [run] });
  const payload = finish(weights.encodeBlock(data, parameters));

  /** What a decoder reads of parameters that were written, or of others. */
  function written(bytes?: readonly number[]): WeightsParameters {
    const writer = new ByteWriter();
    weights.writeParameters(parameters, writer);
    return weights.readParameters(new ByteReader(bytes === undefined ? writer.finish() : Uint8Array.from(bytes), 20));
  }

  test("come back, and take less than as bytes", () => {
    expect(parameters).toMatchObject({ model: "blocks", fields });
    expect(Buffer.compare(finish(weights.decodeBlock(payload, data.length, written(), 0)), data)).toBe(0);
    expect(payload.length).toBeLessThan(encode(data, integer(1)).length);
  });

  test("are by a plain reading of the segments field after field", () => {
    const plain = decodePayload(payload, data.length);
    const at = (i: number, from: number, to: number): Uint8Array => data.subarray(17 * i + from, 17 * i + to);
    const blocks = Array.from({ length: 500 }, (_, i) => i);
    const expected = joined(
      ...blocks.map((i) => at(i, 0, 2)),
      ...blocks.map((i) => at(i, 2, 9)),
      ...blocks.map((i) => at(i, 9, 17)),
      data.subarray(500 * 17),
    );
    expect(Buffer.compare(plain, expected)).toBe(0);
  });

  test("may be longer than the content is", () => {
    const short = data.subarray(0, 9);
    const few = finish(weights.encodeBlock(short, parameters));
    expect(finish(weights.decodeBlock(few, 9, written(), 0))).toEqual(short);
  });

  test.each([
    ["no fields", [2, 0]],
    ["nine fields", [2, 9, ...Array.from({ length: 9 }, () => [0, 1]).flat()]],
    ["values of eight bytes", [2, 1, 3, 1]],
    ["bytes with a sign", [2, 1, 4, 1]],
    ["a form that there is not", [2, 1, 8, 1]],
    ["no values", [2, 1, 0, 0]],
    ["a field of 4,097 bytes", [2, 1, 0, 0x81, 0x20]],
  ])("are refused by what is said of them: %s", (_, bytes) => {
    expect(thrownBy(() => written(bytes))).toMatchObject({ code: "invalid-field", offset: 21 });
  });

  test("are cut off where that is not all there", () => {
    for (const bytes of [[2], [2, 2, 0, 1], [2, 1, 0]]) {
      expect(thrownBy(() => written(bytes))).toMatchObject({ code: "truncated" });
    }
  });
});

describe("an array of numbers without a header", () => {
  test.each([
    ["weights:f32", F32, 4],
    ["weights:bf16", toBf16(values), 2],
    ["weights:f64", F64, 8],
  ] as const)("is coded as numbers where the kind is %s, whatever blocks it is cut into", async (kind, data, bytes) => {
    const odd = joined(data, Uint8Array.of(7));
    for (const blockSize of [undefined, 5003]) {
      const options = { level: 1, kind, blockSize };
      const file = compressSync(odd, options);
      expect(decompressSync(file)).toEqual(odd);
      expect(file.length).toBeLessThan(0.9 * odd.length);
      const blocks = await blocksOf(file);
      expect(blocks.slice(0, -1).every(([, length]) => length % bytes === 0)).toBe(true);
      expect(blocks[0][0]).toBe("weights");
      const parts: Uint8Array[] = [];
      for await (const part of streamOf([odd]).pipeThrough(new CompressStream(options))) parts.push(part);
      expect(Buffer.compare(joined(...parts), file)).toBe(0);
    }
    expect(decompressSync(compressSync(new Uint8Array(0), { kind }))).toEqual(new Uint8Array(0));
  });

  test("is coded by another method where that is asked for", async () => {
    expect((await blocksOf(compressSync(F32, { level: 1, kind: "weights:f32", method: "lz" })))[0][0]).toBe("lz");
  });
});

describe.each([
  ["F32", F32.subarray(0, 8000), float(4)],
  ["BF16", toBf16(values.subarray(0, 4001)).subarray(0, 8000), float(2)],
] as const)("damaged values of %s", (_type, data, form) => {
  const payload = encode(data, form);

  test("are an error that names a place, or other values, and never more bytes", () => {
    const chance = noise(900, 7);
    for (let i = 0; i < 300; i++) {
      const damaged = payload.slice();
      // Most of them where it is said how planes are coded.
      const at = i % 3 === 0 ? (chance[3 * i] * 256 + chance[3 * i + 1]) % payload.length : chance[3 * i] % 160;
      damaged[at] ^= 1 << (chance[3 * i + 2] & 7);
      try {
        expect(decodePayload(damaged, 8000, 100).length).toBe(8000);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw new Error(`a trap at ${at}`, { cause: error });
        expect(error).toBeInstanceOf(PithError);
        expect((error as PithError).offset).toBeGreaterThanOrEqual(100);
      }
    }
  });

  test("that are cut say where, wherever that is", () => {
    for (let length = 0; length < payload.length; length += length < 200 ? 1 : 97) {
      expect(thrownBy(() => decodePayload(payload.subarray(0, length), 8000, 100))).toBeInstanceOf(PithError);
    }
  });

  test.each([
    ["a form that there is not", [32, 1]],
    ["bits of a mantissa beside bytes", [16, 1]],
    ["bits of a mantissa beside integers", [17, 1]],
    ["bits of a mantissa beside what is kept", [29, 1]],
    ["bytes with a sign", [4, 1]],
    ["no values", [1, 0]],
    ["more values than the block has", [2, 0x80, 0x20]],
    ["more values than a segment has", [0, 0x81, 0x80, 0x80, 1]],
  ])("are refused by what is said of them: %s", (_, bytes) => {
    const error = thrownBy(() => decodePayload(Uint8Array.from(bytes), bytes[0] === 0 ? 2 ** 22 : 8000, 5));
    expect(error).toMatchObject({ code: "invalid-field", offset: 5 });
  });
});

async function blocksOf(file: Uint8Array): Promise<(readonly [string, number])[]> {
  const { frames } = await info(file);
  return frames.flatMap(({ blocks }) => blocks.map(({ method, contentLength }) => [method, contentLength] as const));
}

describe("a file of model weights", () => {
  const ids: Tensor = {
    name: "ids",
    type: "I64",
    shape: [600],
    data: bytesOf(BigInt64Array.from({ length: 600 }, (_, i) => BigInt(i))),
  };
  const step: Tensor = { name: "step", type: "I64", shape: [], data: Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0) };
  const more: Tensor = { ...HALF, name: "more", data: toBf16(values.slice().reverse()) };
  const file = safetensors(MATRIX, step, HALF, ids, more);
  const headerLength = file.length - 80_000 - 8 - 40_000 - 4800 - 40_000;

  test("has a tensor once that comes again", async () => {
    const again = { ...MATRIX, name: "again" };
    const other = { ...again, data: bytesOf(values.slice().reverse()) };
    const twice = safetensors(MATRIX, HALF, again);
    const compressed = await compress(twice, { level: 1, threads: 1 });
    const apart = await compress(safetensors(MATRIX, HALF, other), { level: 1, threads: 1 });
    expect(compressed.length).toBeLessThan(0.75 * apart.length);
    expect(Buffer.compare(decompressSync(compressed), twice)).toBe(0);
  });

  test("has its header and its tensors in blocks of their own, and integers that are not few", async () => {
    expect(await blocksOf(compressSync(file, { level: 1 }))).toEqual([
      ["lz", headerLength],
      ["weights", 80_000],
      ["weights", 40_008],
      ["lz", 4800],
      ["weights", 40_000],
    ]);
    const blocks = await blocksOf(compressSync(file, { level: 1, blockSize: 30_000 }));
    // Parts of a tensor are as long as each other, in whole rows.
    expect(blocks.slice(1, 4).map(([, length]) => length)).toEqual([27_200, 26_400, 26_400]);
  });

  test.each([1, 5])("comes back at level %i", (level) => {
    const coded = compressSync(file, { level });
    expect(Buffer.compare(decompressSync(coded), file)).toBe(0);
    expect(coded.length).toBeLessThan(0.8 * file.length);
  });

  test("is the same from chunks of any size, and on workers", async () => {
    const options = { level: 1, blockSize: 30_000, threads: 2 };
    const whole = compressSync(file, { level: 1, blockSize: 30_000 });
    expect(await compress(file, options)).toEqual(whole);
    for (const size of [1000, 29_999, 30_000, 70_000]) {
      const chunks = Array.from({ length: Math.ceil(file.length / size) }, (_, i) =>
        file.subarray(i * size, (i + 1) * size),
      );
      const parts: Uint8Array[] = [];
      for await (const part of streamOf(chunks).pipeThrough(new CompressStream(options))) parts.push(part);
      expect(Buffer.compare(joined(...parts), whole)).toBe(0);
    }
  });

  test("is read by a decoder by itself", async () => {
    expect(Buffer.compare(await decode(compressSync(file, { level: 1 })), file)).toBe(0);
  });

  test("stays closed where nothing is to be taken apart", async () => {
    const methods = (await blocksOf(compressSync(file, { level: 1, open: false }))).map(([method]) => method);
    expect(methods).not.toContain("weights");
  });

  test.each([
    ["is cut within a tensor", file.subarray(0, 100_001)],
    ["is cut within its header", file.subarray(0, 60)],
    ["goes on behind its last tensor", joined(file, prose(5000))],
    ["has a header that is no JSON", file.map((byte, i) => (i === 12 ? 0x7b : byte))],
    [
      "has tensors that overlap",
      new TextEncoder().encode(new TextDecoder("latin1").decode(file).replace("[0,80000]", "[0,80001]")),
    ],
    ["has nothing but a header", file.subarray(0, headerLength)],
    ["has no tensors", safetensors()],
    ["has tensors of no values", safetensors({ ...MATRIX, shape: [0, 4], data: new Uint8Array(0) }, HALF)],
  ])("comes back where it %s", async (_, content) => {
    for (const blockSize of [undefined, 16_384]) {
      expect(Buffer.compare(decompressSync(compressSync(content, { level: 1, blockSize })), content)).toBe(0);
    }
  });

  test("comes back with every type that there is, and shapes that rows do not fit", () => {
    const tensors = TENSOR_TYPE_NAMES.map((type, i): Tensor => {
      const bits = tensorType(type)!.bits;
      return {
        name: type,
        type,
        shape: [3, 8 * i + 8, 7],
        data: noise((3 * (8 * i + 8) * 7 * bits) / 8, i + 1).map((byte) => byte & 0x9f),
      };
    });
    const every = safetensors(...tensors);
    expect(Buffer.compare(decompressSync(compressSync(every, { level: 2 })), every)).toBe(0);
  });
});
