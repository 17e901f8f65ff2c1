import { checkBytes } from "@pith/core";
import { MAGIC } from "./constants.ts";

/**
 * Whether content begins as .pith files do, whatever its name is. Its first two bytes tell; fewer never do.
 *
 * @throws TypeError if it is no Uint8Array
 * @example
 * const found = isPith(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
 */
export function isPith(beginning: Uint8Array): boolean {
  const bytes = checkBytes("beginning", beginning);
  return bytes.length >= MAGIC.length && MAGIC.every((byte, i) => bytes[i] === byte);
}
