/** A model in other forms than its own: floats of two bytes, and GGUF with quantised tensors. */
import { parseHeader, headerLength, LENGTH_BYTES, writeHeader } from "@pith/tensors";
import { bfloatOf, halfOf } from "./floats.ts";
import type { QuantisedType } from "./quantise.ts";

export interface FloatTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The tensors of a safetensors file in F32. @throws RangeError if there are others */
export function readFloats(file: Uint8Array): FloatTensor[] {
  const length = headerLength(file, file.length);
  const { tensors } = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + length), file.length);
  return tensors.map(({ name, type, shape, offset, length: bytes }) => {
    if (type.name !== "F32") throw new RangeError(`${name}: expected F32, got ${type.name}`);
    return { name, shape, values: new Float32Array(file.slice(offset, offset + bytes).buffer) };
  });
}

/** All tensors as floats of two bytes, in a safetensors file. */
export function inTwoBytes(tensors: readonly FloatTensor[], type: "F16" | "BF16"): Uint8Array<ArrayBuffer> {
  const convert = type === "F16" ? halfOf : bfloatOf;
  const header = writeHeader(tensors.map(({ name, shape }) => ({ name, type, shape })));
  const values = tensors.map(({ values: own }) => bytesOf(Uint16Array.from(own, convert)));
  return joined([header, ...values]);
}

const ALIGNMENT = 32;
const F32 = 0;

/**
 * A GGUF file in which matrices whose rows are whole blocks are quantised, and all else is F32, as programs for such files
 * do it.
 */
export function inBlocks(tensors: readonly FloatTensor[], type: QuantisedType): Uint8Array<ArrayBuffer> {
  const pieces = tensors.map(({ shape, values }) =>
    isQuantised(shape, type) ? quantise(values, type) : bytesOf(values.slice()),
  );
  const parts: Uint8Array[] = [text("GGUF"), u32(3), u64(tensors.length), u64(1)];
  parts.push(named("general.alignment"), u32(4), u32(ALIGNMENT));
  let place = 0;
  tensors.forEach(({ name, shape }, i) => {
    const dimensions = shape.length === 0 ? [1] : [...shape].reverse();
    parts.push(named(name), u32(dimensions.length), ...dimensions.map(u64));
    parts.push(u32(isQuantised(shape, type) ? type.id : F32), u64(place));
    place += padded(pieces[i].length);
  });
  const header = joined(parts);
  return joined([
    header,
    zeros(padded(header.length) - header.length),
    ...pieces.flatMap((piece) => [piece, zeros(padded(piece.length) - piece.length)]),
  ]);
}

export function isQuantised(shape: readonly number[], { values }: QuantisedType): boolean {
  return shape.length === 2 && shape[1] % values === 0;
}

export function quantise(values: Float32Array, type: QuantisedType): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((values.length / type.values) * type.bytes);
  for (let i = 0; i * type.values < values.length; i++) {
    const block = new DataView(bytes.buffer, i * type.bytes, type.bytes);
    type.quantise(values.subarray(i * type.values, (i + 1) * type.values), block);
  }
  return bytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function zeros(count: number): Uint8Array {
  return new Uint8Array(count);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function named(value: string): Uint8Array {
  return joined([u64(text(value).length), text(value)]);
}

function u32(value: number): Uint8Array {
  return bytesOf32(Uint32Array.of(value));
}

function bytesOf32({ buffer }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer);
}

function u64(value: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
