/** Makes tensors, and files of them. */
import { writeHeader } from "@pith/tensors";
import { joined, noise } from "./content.ts";

/** Numbers that are normally distributed, about: each row of a matrix with a scale of its own. */
export function normal(count: number, row = count, seed = 1): Float32Array {
  const bytes = noise(12 * count, seed);
  const scales = noise(Math.ceil(count / row), seed + 1);
  return Float32Array.from({ length: count }, (_, i) => {
    let sum = -6 * 255.99;
    for (let k = 0; k < 12; k++) sum += bytes[12 * i + k] + bytes[(12 * i + 5 * k + 7) % bytes.length] / 256;
    return (sum / 256) * 0.02 * 2 ** (scales[Math.floor(i / row)] / 128);
  });
}

/** The bytes behind a typed array. */
export function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
}

/** F32 rounded to BF16, the nearest even. */
export function toBf16(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return bytesOf(Uint16Array.from(bits, (value) => (value + 0x7fff + ((value >>> 16) & 1)) >>> 16));
}

/** F32 rounded to F16, those below the least normal one to it. */
export function toF16(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return bytesOf(
    Uint16Array.from(bits, (value) => {
      const magnitude = Math.max(0x0400, Math.min(0x7bff, ((value & 0x7fffffff) - 0x38000000 + 0x1000) >> 13));
      return ((value >>> 16) & 0x8000) | magnitude;
    }),
  );
}

export interface Tensor {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A safetensors file of tensors, in this order. */
export function safetensors(...tensors: readonly Tensor[]): Uint8Array<ArrayBuffer> {
  return joined(writeHeader(tensors), ...tensors.map(({ data }) => data));
}
