/** Checks of options: misuse is a TypeError or a RangeError that shows both sides. */

/**
 * @param name of the option, for errors
 * @throws TypeError, RangeError if the value is not an integer within bounds
 */
export function integer(name: string, value: number, least: number, most: number): number {
  if (typeof value !== "number") throw new TypeError(`${name}: expected a number, got ${typeof value}`);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name}: expected an integer from ${least} to ${most}, got ${value}`);
  }
  return value;
}

/** @throws TypeError if the value is none of the names */
export function oneOf<Name extends string>(name: string, value: Name, names: readonly string[]): Name {
  if (names.includes(value)) return value;
  throw new TypeError(`${name}: expected ${names.map((n) => `"${n}"`).join(", ")}, got ${JSON.stringify(value)}`);
}

/**
 * A value as a plain Uint8Array, not copied: subclasses such as Node's `Buffer` have methods that do other things.
 *
 * @throws TypeError if the value is not a Uint8Array (of any realm)
 */
export function bytesOf(name: string, value: unknown): Uint8Array {
  if (Object.prototype.toString.call(value) === "[object Uint8Array]") {
    const { buffer, byteOffset, byteLength } = value as Uint8Array;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  throw new TypeError(`${name}: expected a Uint8Array, got ${value === null ? "null" : typeof value}`);
}
