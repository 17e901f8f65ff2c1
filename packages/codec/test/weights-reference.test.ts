import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { readFileSync } from "node:fs";
import { compress } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { openWeights } from "../src/random-access/weights.ts";
import { addBase, differences, type Stretch } from "../src/methods/weights/difference.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { DecompressStream } from "../src/streams/decompress-stream.ts";
import { verify } from "../src/verify.ts";
import { joined, noise, streamOf } from "./helpers/content.ts";
import { bytesOf, normal, safetensors, toBf16, toF16, type Tensor } from "./helpers/tensors.ts";

const values = normal(30_000, 300);

/** A copy of which one weight in a hundred is another by little. */
function tuned(numbers: Float32Array): Float32Array {
  return numbers.map((value, i) => (i % 100 === 17 ? value * (1 + ((i % 13) + 1) / 256) : value));
}

function model(numbers: Float32Array, more: readonly Tensor[] = []): Uint8Array {
  const shape = [100, 300];
  return safetensors(
    { name: "single", type: "F32", shape, data: bytesOf(numbers) },
    { name: "half", type: "BF16", shape, data: toBf16(numbers) },
    { name: "norm", type: "F16", shape: [300], data: toF16(numbers.subarray(0, 300)) },
    { name: "bias", type: "F32", shape: [300], data: bytesOf(numbers.subarray(300, 600)) },
    ...more,
  );
}

const base = model(values);
const copy = model(tuned(values));

async function rejection(promise: Promise<unknown>): Promise<PithError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof PithError) return error;
  throw new Error("no PithError", { cause: error });
}

describe("differences to other values", () => {
  const stretches: readonly Stretch[] = [
    { bytes: 1, isFloat: false, count: 200 },
    { bytes: 2, isFloat: true, count: 200 },
    { bytes: 2, isFloat: false, count: 200 },
    { bytes: 4, isFloat: true, count: 200 },
    { bytes: 4, isFloat: false, count: 200 },
    { bytes: 8, isFloat: true, count: 200 },
  ];
  const length = stretches.reduce((sum, { bytes, count }) => sum + bytes * count, 0);

  test("give back any values, on any base", () => {
    const given = noise(length, 3);
    const other = noise(length, 4);
    const coded = differences(given, other, stretches);
    let at = 0;
    for (const stretch of stretches) at = addBase(coded, other, stretch, at);
    expect(at).toBe(length);
    expect(coded).toEqual(given);
  });

  test("are small where floats are beside each other, also on both sides of zero", () => {
    const [one, next] = [0x80000001, 0x00000001].map((bits) => bytesOf(Uint32Array.of(bits)));
    const coded = differences(next, one, [{ bytes: 4, isFloat: true, count: 1 }]);
    expect(new DataView(coded.buffer).getUint32(0, true)).toBeLessThan(8);
  });
});

describe("model weights with a reference", () => {
  test.each([1, 5])("that differ by little take little, at level %i", async (level) => {
    const coded = await compress(copy, { level, reference: base });
    expect(coded.length).toBeLessThan(0.05 * copy.length);
    expect(await decompress(coded, { reference: base })).toEqual(copy);
  });

  test("take no more than without where they have nothing to do with it", async () => {
    const other = model(normal(30_000, 300, 9));
    for (const level of [1, 5]) {
      const { length } = await compress(copy, { level });
      const coded = await compress(copy, { level, reference: other });
      expect(coded.length).toBeLessThanOrEqual(length);
      // None of it is the difference, and so nobody needs it.
      expect(decompressSync(coded)).toEqual(copy);
    }
  });

  test("are the difference for tensors that are there, with other tensors between them", async () => {
    const more: Tensor = { name: "adapter", type: "F32", shape: [10, 300], data: bytesOf(values.subarray(0, 3000)) };
    const longer = model(tuned(values), [more]);
    const coded = await compress(longer, { level: 1, reference: base });
    expect(coded.length).toBeLessThan(12_000 + 0.05 * copy.length);
    expect(await decompress(coded, { reference: base })).toEqual(longer);
  });

  test("are the same from a stream, on workers, and from a Blob", async () => {
    const options = { level: 1, blockSize: 50_000 };
    const whole = await compress(copy, { ...options, reference: base, threads: 2 });
    const parts: Uint8Array[] = [];
    const reference = new Blob([new Uint8Array(base)]);
    const stream = new CompressStream({ ...options, reference });
    for await (const part of streamOf([copy]).pipeThrough(stream)) parts.push(part);
    expect(Buffer.compare(joined(...parts), whole)).toBe(0);
    const back: Uint8Array[] = [];
    for await (const part of streamOf([whole]).pipeThrough(new DecompressStream({ reference }))) back.push(part);
    expect(Buffer.compare(joined(...back), copy)).toBe(0);
  });

  test("are read a tensor at a time, and checked", async () => {
    const coded = await compress(copy, { level: 1, reference: base });
    const weights = await openWeights(coded);
    const tensor = await weights.tensor("half", { rows: [10, 20], reference: base });
    expect(Buffer.compare(tensor, toBf16(tuned(values)).subarray(6000, 12_000))).toBe(0);
    await verify(coded, { reference: base });
    expect(await rejection(verify(coded))).toMatchObject({ code: "unknown-method" });
  });

  test("say which bytes of it they need, and which there are, where it is another or none", async () => {
    const coded = await compress(copy, { level: 1, reference: base });
    const other = await rejection(decompress(coded, { reference: model(normal(30_000, 300, 9)) }));
    expect(other).toMatchObject({ code: "unknown-method" });
    expect(other.message).toMatch(/expected the checksum [\da-f]{16} of the \d+ bytes from \d+ on, got [\da-f]{16}$/);
    const short = await rejection(decompress(coded, { reference: base.subarray(0, 500) }));
    expect(short.message).toMatch(/got a file of 500 bytes$/);
    const none = await rejection(decompress(coded));
    expect(none.message).toMatch(/whose bytes from \d+ on have the checksum [\da-f]{16}, got none$/);
    expect(() => decompressSync(coded)).toThrow(PithError);
  });

  test("are coded as they were, and come back", async () => {
    const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`golden/${name}`, import.meta.url)));
    const halves = read("halves.bin");
    const changed = halves.map((byte, i) => (i > 400 && i % 50 === 0 ? byte ^ (i % 7) : byte));
    expect(await compress(changed, { level: 1, reference: halves })).toEqual(read("halves-difference-2.pith"));
    // The first is of an earlier encoder.
    for (const golden of ["halves-difference.pith", "halves-difference-2.pith"]) {
      expect(await decompress(read(golden), { reference: halves })).toEqual(changed);
    }
  });

  test("are an error where it is no file of tensors", async () => {
    for (const reference of [new Uint8Array(0), noise(5000), base.subarray(0, 40)]) {
      expect(await rejection(compress(copy, { level: 1, reference }))).toBeInstanceOf(PithError);
    }
    await expect(compress(copy, { reference: 7 as never })).rejects.toThrow(TypeError);
  });

  test("that are damaged are an error or other content that the checksum tells, never more", async () => {
    const coded = await compress(copy, { level: 1, reference: base });
    const chance = noise(400, 5);
    for (let i = 0; i < 100; i++) {
      const damaged = coded.slice();
      damaged[(chance[4 * i] * 256 + chance[4 * i + 1]) % coded.length] ^= 1 << (chance[4 * i + 2] & 7);
      const result = await decompress(damaged, { reference: base }).catch((error: unknown) => error);
      if (result instanceof Uint8Array) expect(result).toEqual(copy);
      else expect(result).toBeInstanceOf(PithError);
    }
  });
});
