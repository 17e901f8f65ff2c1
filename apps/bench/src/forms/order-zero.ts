/** What codes of order 0 need for the fields of quantised blocks. */
import { isQuantised, quantise, type FloatTensor } from "./files.ts";
import type { QuantisedType } from "./quantise.ts";

/**
 * The entropy of the bytes of each field of each tensor, in bytes; of scales and other floats the bytes count by their place.
 * No code is included, so that this is what a static code comes to at best.
 */
export function orderZeroOfBlocks(tensors: readonly FloatTensor[], type: QuantisedType): number {
  return tensors.reduce((sum, { shape, values }) => {
    if (!isQuantised(shape, type)) return sum + entropyByPlace(new Uint8Array(values.slice().buffer), 4, 0, 4);
    const bytes = quantise(values, type);
    let at = 0;
    return type.fields.reduce((bits, length) => {
      // Scales of two bytes by place; codes of a byte all together.
      const own = length === 2 ? entropyByPlace(bytes, type.bytes, at, 2) : entropy(bytes, type.bytes, at, length);
      at += length;
      return bits + own;
    }, sum);
  }, 0);
}

function entropyByPlace(bytes: Uint8Array, stride: number, from: number, count: number): number {
  let sum = 0;
  for (let place = from; place < from + count; place++) sum += entropy(bytes, stride, place, 1);
  return sum;
}

/** Of some bytes of every `stride`, in bytes. */
function entropy(bytes: Uint8Array, stride: number, from: number, length: number): number {
  const counts = new Float64Array(256);
  let total = 0;
  for (let start = from; start < bytes.length; start += stride) {
    for (let i = start; i < start + length; i++) counts[bytes[i]]++;
    total += length;
  }
  return counts.reduce((bits, count) => (count === 0 ? bits : bits - count * Math.log2(count / total)), 0) / 8;
}
