/** Files of tensors whose beginning says of all where they are. */
import type { BaseTensors } from "./base-tensors.ts";
import { ggufAt } from "./gguf.ts";
import { npyAt } from "./npy.ts";
import type { PlacedTensor } from "./placed-tensor.ts";
import { safetensorsAt } from "./safetensors.ts";

/** What each kind gives of a file's start. */
const FILES: readonly ((start: Uint8Array, base: BaseTensors | undefined) => PlacedTensor[] | undefined)[] = [
  safetensorsAt,
  npyAt,
  ggufAt,
];

/**
 * The tensors of a file that begins so, in order; undefined where it is none whose header is whole there.
 *
 * @param base tensors of a file that it may differ from by little
 */
export function tensorsAt(start: Uint8Array, base?: BaseTensors): PlacedTensor[] | undefined {
  for (const each of FILES) {
    const tensors = each(start, base);
    if (tensors !== undefined) return tensors;
  }
  return undefined;
}
