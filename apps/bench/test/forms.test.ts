import { describe, expect, test } from "@jest/globals";
import { info, compressSync, decompressSync } from "@pith/codec";
import { writeHeader } from "@pith/tensors";
import { formsOf } from "../src/forms/command.ts";
import { readFloats } from "../src/forms/files.ts";
import { bfloatOf, halfOf } from "../src/forms/floats.ts";
import { toPage } from "../src/forms/page.ts";
import { QUANTISED } from "../src/forms/quantise.ts";

/** What a number of 16 bits with five of exponent means. */
function fromHalf(bits: number): number {
  const [sign, exponent, mantissa] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}

/** The values of a block, by the layout that ggml gives it. */
const READERS: Record<keyof typeof QUANTISED, (b: DataView) => number[]> = {
  Q8_0: (b) => Array.from({ length: 32 }, (_, i) => half(b, 0) * b.getInt8(2 + i)),
  Q5_0: (b) =>
    Array.from(
      { length: 32 },
      (_, i) => half(b, 0) * ((nibble(b, 6, i) | (((b.getUint32(2, true) >>> i) & 1) << 4)) - 16),
    ),
  Q4_0: (b) => Array.from({ length: 32 }, (_, i) => half(b, 0) * (nibble(b, 2, i) - 8)),
  Q6_K: (b) =>
    Array.from({ length: 256 }, (_, i) => {
      const [part, quarter, place] = [i >> 7, (i >> 5) & 3, i & 31];
      const low = (b.getUint8(64 * part + 32 * (quarter & 1) + place) >> (quarter < 2 ? 0 : 4)) & 15;
      const high = (b.getUint8(128 + 32 * part + place) >> (2 * quarter)) & 3;
      return half(b, 208) * b.getInt8(192 + (i >> 4)) * ((low | (high << 4)) - 32);
    }),
  Q4_K: (b) =>
    Array.from({ length: 256 }, (_, i) => {
      const part = i >> 5;
      const at = (n: number): number => b.getUint8(4 + n);
      const [scale, least] =
        part < 4
          ? [at(part) & 63, at(part + 4) & 63]
          : [(at(part + 4) & 15) | ((at(part - 4) >> 6) << 4), (at(part + 4) >> 4) | ((at(part) >> 6) << 4)];
      const code = (b.getUint8(16 + 32 * (part >> 1) + (i & 31)) >> (4 * (part & 1))) & 15;
      return half(b, 0) * scale * code - half(b, 2) * least;
    }),
};

function half(block: DataView, at: number): number {
  return fromHalf(block.getUint16(at, true));
}

function nibble(block: DataView, from: number, i: number): number {
  return (block.getUint8(from + (i & 15)) >> (i < 16 ? 0 : 4)) & 15;
}

/** Sums of three numbers of a fixed sequence: much as weights are. */
function weights(count: number): Float32Array {
  let state = 7;
  const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 2 ** 31 - 0.5;
  return Float32Array.from({ length: count }, () => 0.1 * (next() + next() + next()));
}

function model(): Uint8Array<ArrayBuffer> {
  const tensors = [
    { name: "bias", type: "F32", shape: [40] },
    { name: "matrix", type: "F32", shape: [260, 256] },
  ];
  const values = weights(40 + 260 * 256);
  return new Uint8Array(Buffer.concat([writeHeader(tensors), Buffer.from(values.buffer)]));
}

describe("a model in other forms", () => {
  test.each(Object.entries(QUANTISED))("has values that are as near as the codes of %s are", (name, type) => {
    const x = weights(256);
    const most = Math.max(...x.map(Math.abs));
    const codes = { Q8_0: 127, Q5_0: 16, Q4_0: 8, Q6_K: 32, Q4_K: 8 }[name] ?? 0;
    for (let start = 0; start < 256; start += type.values) {
      const block = new DataView(new ArrayBuffer(type.bytes));
      type.quantise(x.subarray(start, start + type.values), block);
      const values = READERS[name as keyof typeof QUANTISED](block);
      const errors = values.map((value, i) => Math.abs(value - x[start + i]));
      // One end of a range of signed codes is a code shorter; scales are rounded, too.
      expect(Math.max(...errors)).toBeLessThan((1.1 * most) / codes);
      expect(errors.reduce((a, b) => a + b) / errors.length).toBeLessThan((0.4 * most) / codes);
    }
  });

  test("rounds to the nearest float of two bytes", () => {
    expect([1, -2, 65504, 65520, 2 ** -24, 2 ** -26, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 0, -0].map(halfOf)).toEqual([
      0x3c00, 0xc000, 0x7bff, 0x7c00, 1, 0, 0x3c00, 0x3c02, 0, 0x8000,
    ]);
    expect([1, 1 + 2 ** -8, 1 + 3 * 2 ** -8, -3].map(bfloatOf)).toEqual([0x3f80, 0x3f80, 0x3f82, 0xc040]);
    for (let bits = 0; bits < 0x7c00; bits += 37) expect(halfOf(fromHalf(bits))).toBe(bits);
  });

  test("is coded as weights in every form, and comes back", async () => {
    const file = model();
    const rows = [];
    for (const { form, bytes, orderZero } of formsOf(file, readFloats(file))) {
      const coded = compressSync(bytes, { level: 1 });
      expect(decompressSync(coded)).toEqual(bytes);
      const { frames } = await info(coded);
      expect(frames.flatMap(({ blocks }) => blocks.map(({ method }) => method))).toContain("weights");
      // Headers and what has to be learnt are not in the entropy of blocks.
      expect(coded.length).toBeLessThan(1.03 * orderZero + 600);
      rows.push({ form, bytes: bytes.length, orderZero, coded: [coded.length], peers: [undefined] });
    }
    const where = { date: "2026-01-02T00:00:00Z", processor: "one", node: "22" };
    const page = toPage({ format: 1, ...where, file: "model", levels: [1], peers: ["zstd"], rows });
    expect(page).toMatch(/\| GGUF Q4_0 +\| +\d+,\d+ \| +\d+\.\d\d \| +\d+\.\d\d \| +– \|/);
  });

  test("refuses a model that is not in F32", () => {
    const file = new Uint8Array(
      Buffer.concat([writeHeader([{ name: "w", type: "F16", shape: [1] }]), Buffer.alloc(2)]),
    );
    expect(() => readFloats(file)).toThrow("w: expected F32, got F16");
  });
});
