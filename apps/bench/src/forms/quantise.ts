/**
 * Values in the blocks of ggml's quantised types, as its reference code quantises them, but that of K-quants the scales are those
 * of the extremes, where ggml searches around them for a smaller error.
 *
 * Source: ggml, `ggml-quants.c`.
 */
import { writeHalf } from "./floats.ts";

export interface QuantisedType {
  /** Number of the type in GGUF. */
  readonly id: number;
  /** Values of a block, and its bytes. */
  readonly values: number;
  readonly bytes: number;
  /** Lengths of a block's fields, in bytes, one behind the other. */
  readonly fields: readonly number[];
  /** @param x the values of a block @param block its bytes, zeros */
  readonly quantise: (x: Float32Array, block: DataView) => void;
}

/** Block of 32: a scale, and four bits a value; low halves first. */
function q4_0(x: Float32Array, block: DataView): void {
  const scale = extreme(x) / -8;
  writeHalf(block, 0, scale);
  const code = (value: number): number => clamp(Math.trunc(value * inverse(scale) + 8.5), 0, 15);
  for (let i = 0; i < 16; i++) block.setUint8(2 + i, code(x[i]) | (code(x[i + 16]) << 4));
}

/** Block of 32: a scale, the fifth bits, the other four. */
function q5_0(x: Float32Array, block: DataView): void {
  const scale = extreme(x) / -16;
  writeHalf(block, 0, scale);
  let high = 0;
  for (let i = 0; i < 16; i++) {
    const [a, b] = [x[i], x[i + 16]].map((value) => clamp(Math.trunc(value * inverse(scale) + 16.5), 0, 31));
    block.setUint8(6 + i, (a & 15) | ((b & 15) << 4));
    high |= ((a >> 4) << i) | ((b >> 4) << (i + 16));
  }
  block.setUint32(2, high >>> 0, true);
}

/** Block of 32: a scale, and eight bits a value. */
function q8_0(x: Float32Array, block: DataView): void {
  const scale = Math.abs(extreme(x)) / 127;
  writeHalf(block, 0, scale);
  x.forEach((value, i) => block.setInt8(2 + i, Math.round(value * inverse(scale))));
}

/** Super-block of 256: two scales of scales, six bits of scale and of least value for each 32, four bits a value. */
function q4_k(x: Float32Array, block: DataView): void {
  const parts = Array.from({ length: 8 }, (_, i) => x.subarray(32 * i, 32 * i + 32));
  const least = parts.map((part) => Math.max(0, -Math.min(...part)));
  const scales = parts.map((part, i) => Math.max(0, Math.max(...part) + least[i]) / 15);
  const [d, m] = [Math.max(...scales) / 63, Math.max(...least) / 63];
  writeHalf(block, 0, d);
  writeHalf(block, 2, m);
  const scaleCodes = scales.map((scale) => Math.min(63, Math.round(scale * inverse(d))));
  const leastCodes = least.map((value) => Math.min(63, Math.round(value * inverse(m))));
  for (let i = 0; i < 4; i++) {
    block.setUint8(4 + i, scaleCodes[i] | ((scaleCodes[i + 4] >> 4) << 6));
    block.setUint8(8 + i, leastCodes[i] | ((leastCodes[i + 4] >> 4) << 6));
    block.setUint8(12 + i, (scaleCodes[i + 4] & 15) | ((leastCodes[i + 4] & 15) << 4));
  }
  const codes = Array.from(x, (value, i) => {
    const part = i >> 5;
    const scale = d * scaleCodes[part];
    return scale === 0 ? 0 : clamp(Math.round((value + m * leastCodes[part]) / scale), 0, 15);
  });
  for (let i = 0; i < 128; i++) {
    const at = (i >> 5) * 64 + (i & 31);
    block.setUint8(16 + i, codes[at] | (codes[at + 32] << 4));
  }
}

/** Super-block of 256: low four bits, high two bits, a scale of eight bits for each 16 values, a scale of scales. */
function q6_k(x: Float32Array, block: DataView): void {
  const scales = Array.from({ length: 16 }, (_, i) => extreme(x.subarray(16 * i, 16 * i + 16)) / -32);
  const d = extreme(Float32Array.from(scales)) / -128;
  const codes = scales.map((scale) => clamp(Math.round(scale * inverse(d)), -128, 127));
  codes.forEach((code, i) => block.setInt8(192 + i, code));
  writeHalf(block, 208, d);
  const values = Array.from(x, (value, i) => 32 + clamp(Math.round(value * inverse(d * codes[i >> 4])), -32, 31));
  for (let half = 0; half < 2; half++) {
    for (let i = 0; i < 32; i++) {
      const quarter = (n: number): number => values[128 * half + 32 * n + i];
      block.setUint8(64 * half + i, (quarter(0) & 15) | ((quarter(2) & 15) << 4));
      block.setUint8(64 * half + 32 + i, (quarter(1) & 15) | ((quarter(3) & 15) << 4));
      const high = [0, 1, 2, 3].reduce((bits, n) => bits | ((quarter(n) >> 4) << (2 * n)), 0);
      block.setUint8(128 + 32 * half + i, high);
    }
  }
}

export const QUANTISED = {
  Q8_0: { id: 8, values: 32, bytes: 34, fields: [2, 32], quantise: q8_0 },
  Q5_0: { id: 6, values: 32, bytes: 22, fields: [2, 4, 16], quantise: q5_0 },
  Q4_0: { id: 2, values: 32, bytes: 18, fields: [2, 16], quantise: q4_0 },
  Q6_K: { id: 14, values: 256, bytes: 210, fields: [128, 64, 16, 2], quantise: q6_k },
  Q4_K: { id: 12, values: 256, bytes: 144, fields: [2, 2, 12, 128], quantise: q4_k },
} as const satisfies Record<string, QuantisedType>;

/** The value that is farthest from zero, with its sign. */
function extreme(x: Float32Array): number {
  return x.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
}

function inverse(scale: number): number {
  return scale === 0 ? 0 : 1 / scale;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
