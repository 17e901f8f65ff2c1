/** Where the tensors of a base lie, by what tells them from others. */
import { PithError } from "@pith/core";
import { headerLength, LENGTH_BYTES, parseHeader, type TensorInfo } from "@pith/tensors";
import { readReference, sizeOfReference, type ReferenceFile } from "../../bytes/reference.ts";

/** Offsets in the base, in bytes, by {@link keyOf}. */
export type BaseTensors = ReadonlyMap<string, number>;

/** Tensors of the same key have values that stand for the same. */
export function keyOf({ name, type, shape }: Pick<TensorInfo, "name" | "type" | "shape">): string {
  return JSON.stringify([name, type.name, shape]);
}

/**
 * The tensors of a base, by its header.
 *
 * @throws PithError if it is no safetensors file; what reading it throws
 */
export async function readBaseTensors(base: ReferenceFile): Promise<BaseTensors> {
  const size = sizeOfReference(base);
  if (size < LENGTH_BYTES) {
    throw new PithError("truncated", "the reference is no safetensors file", {
      expected: "a header",
      got: `${size} bytes`,
    });
  }
  const length = headerLength(await readReference(base, 0, LENGTH_BYTES), size);
  const { tensors } = parseHeader(await readReference(base, LENGTH_BYTES, length), size);
  return new Map(tensors.map((tensor) => [keyOf(tensor), tensor.offset]));
}
