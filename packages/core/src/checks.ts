/** Checks of arguments: misuse is a `TypeError` or a `RangeError` that shows both sides. */

/**
 * @param name of the argument, for the error
 * @param most none: any integer that a number holds exactly
 * @returns the value
 * @throws TypeError if the value is no number, RangeError if it is not an integer within bounds
 * @example
 * checkInteger("level", 12, 1, 10); // RangeError: level: expected an integer from 1 to 10, got 12
 */
export function checkInteger(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== "number") throw new TypeError(`${name}: expected a number, got ${nameOfType(value)}`);
  if (!Number.isInteger(value) || value < least || value > most) {
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new RangeError(`${name}: expected an integer ${bounds}, got ${value}`);
  }
  return value;
}

/**
 * A value as a plain Uint8Array, not copied: subclasses such as Node's `Buffer` have methods that do other things.
 *
 * @param name of the argument, for the error
 * @throws TypeError if the value is not a Uint8Array (of any realm)
 */
export function checkBytes(name: string, value: unknown): Uint8Array {
  if (Object.prototype.toString.call(value) === "[object Uint8Array]") {
    const { buffer, byteOffset, byteLength } = value as Uint8Array;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  throw new TypeError(`${name}: expected a Uint8Array, got ${nameOfType(value)}`);
}

/** @param name of the argument, for the error @throws TypeError if the value is none of the names */
export function checkOneOf<Name extends string>(name: string, value: Name, names: readonly string[]): Name {
  if (names.includes(value)) return value;
  throw new TypeError(`${name}: expected ${names.map((n) => `"${n}"`).join(", ")}, got ${JSON.stringify(value)}`);
}

/** What a value is, for errors: `string`, `null`, `ArrayBuffer`, `Array`. */
export function nameOfType(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}
