import { PithError } from "@pith/core";
import { headerLength, LENGTH_BYTES, looksLikeSafetensors, parseHeader } from "@pith/tensors";
import { keyOf, type BaseTensors } from "./base-tensors.ts";
import { formOf, type PlacedTensor } from "./placed-tensor.ts";

/** The tensors of a safetensors file that begins so; undefined where it is none whose header is whole there. */
export function safetensorsAt(start: Uint8Array, base?: BaseTensors): PlacedTensor[] | undefined {
  if (!looksLikeSafetensors(start)) return undefined;
  try {
    const end = LENGTH_BYTES + headerLength(start);
    if (end > start.length) return undefined;
    return parseHeader(start.subarray(LENGTH_BYTES, end)).tensors.map(({ name, type, shape, offset, length }) => ({
      offset,
      length,
      base: base?.get(keyOf({ name, type, shape })),
      row: shape.length > 1 ? Math.max(1, shape[shape.length - 1]) : 1,
      form: formOf(type.unitBytes, type.exponentBits > 0, length),
    }));
  } catch (error) {
    // What is damaged there is no reason not to code it.
    if (error instanceof PithError) return undefined;
    throw error;
  }
}
