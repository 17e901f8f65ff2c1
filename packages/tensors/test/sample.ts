/** Makes safetensors files. */
import { writeHeader, type DescribedTensor } from "../src/write-header.ts";

export interface SampleTensor extends DescribedTensor {
  readonly data: Uint8Array;
}

/** A file of these tensors, in this order. */
export function fileOf(tensors: readonly SampleTensor[], metadata?: Record<string, string>): Uint8Array {
  return Uint8Array.from(
    [writeHeader(tensors, metadata), ...tensors.map(({ data }) => data)].flatMap((part) => [...part]),
  );
}

/** A file with any text as its header. */
export function withHeader(json: string | Uint8Array, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = typeof json === "string" ? new TextEncoder().encode(json) : json;
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.from([...length, ...text, ...data]);
}
