import { LENGTH_BYTES } from "./header.ts";
import { tensorType } from "./tensor-type.ts";

/** A tensor to be written. */
export interface DescribedTensor {
  readonly name: string;
  /** As safetensors names it: `BF16`. */
  readonly type: string;
  /** From the outermost dimension to the innermost; of a scalar empty. */
  readonly shape: readonly number[];
}

/** What the JSON is filled up to with spaces, as safetensors does it: values so lie at multiples of their size. */
const ALIGNMENT = 8;

/**
 * The header of a file whose tensors follow each other in this order: the length of the JSON, then the JSON.
 *
 * @throws RangeError for a type that safetensors does not have, and a tensor that is no whole number of bytes
 * @example
 * const header = writeHeader([{ name: "w", type: "F32", shape: [2, 2] }], { format: "pt" });
 * const file = new Uint8Array([...header, ...new Uint8Array(16)]);
 */
export function writeHeader(
  tensors: readonly DescribedTensor[],
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries = tensors.map(({ name, type, shape }) => {
    const start = end;
    end += lengthOf(type, shape);
    return [name, { dtype: type, shape, data_offsets: [start, end] }] as const;
  });
  // From entries, since a name may be `__proto__`.
  const described = metadata === undefined ? entries : [["__metadata__", metadata] as const, ...entries];
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries<unknown>(described)));
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(LENGTH_BYTES + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(json, LENGTH_BYTES);
  return header;
}

function lengthOf(type: string, shape: readonly number[]): number {
  const bits = tensorType(type)?.bits;
  const length = bits === undefined ? NaN : shape.reduce((product, size) => product * size, bits) / 8;
  if (Number.isSafeInteger(length) && length >= 0) return length;
  throw new RangeError(`tensor: expected a type of safetensors and whole bytes, got ${type} × [${shape.join(", ")}]`);
}
