/** How a context is given: by what it hashes, once a byte, in a table that is the model's alone. */

import { hash } from "../../hash";
import { setContextHash } from "../slots";

/**
 * The context of that name is the hash of two words, if the model has it; else nothing is left of the call. The second
 * word holds a constant of its own, so that no two contexts meet.
 *
 * @param place among the model's contexts, below 0 if it is not one of them; written as a name
 */
// @ts-ignore: decorator
@inline
export function context(place: i32, a: i32, b: i32): void {
  if (place >= 0) setContextHash(place, hash(a, b));
}
