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
