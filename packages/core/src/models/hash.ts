/** Models are named in files by their hashes: u32s, the first four bytes of what `@pith/weights` gives. */
import { PithError } from "../error.ts";
import { hexadecimal } from "./hexadecimal.ts";

/**
 * Which of some models has a hash.
 *
 * @param hashes u32s that name models in files
 * @param offset of the hash in the file
 * @throws PithError `unknown-method`
 */
export function modelOfHash<Name extends string>(
  hashes: Readonly<Record<Name, number>>,
  hash: number,
  offset: number,
): Name {
  const names = Object.keys(hashes) as Name[];
  const model = names.find((name) => hashes[name] === hash);
  if (model !== undefined) return model;
  throw new PithError("unknown-method", "this program does not have the block's model", {
    offset,
    expected: names.map((name) => hexadecimal(hashes[name])).join(", "),
    got: hexadecimal(hash),
  });
}

/**
 * Checks that a module of `@pith/weights` holds the model that files name.
 *
 * @param name of the model, for errors
 * @param found its hash, 16 hexadecimal digits
 * @throws PithError `unsupported-version` for another one
 */
export function checkHash(name: string, expected: number, found: string): void {
  if (Number.parseInt(found.slice(0, 8), 16) === expected) return;
  throw new PithError("unsupported-version", `the package @pith/weights has another model "${name}"`, {
    expected: hexadecimal(expected),
    got: found.slice(0, 8),
  });
}
