/** Checks of options: misuse is a TypeError or a RangeError that shows both sides. */

/** @throws TypeError if the value is none of the names */
export function oneOf<Name extends string>(name: string, value: Name, names: readonly string[]): Name {
  if (names.includes(value)) return value;
  throw new TypeError(`${name}: expected ${names.map((n) => `"${n}"`).join(", ")}, got ${JSON.stringify(value)}`);
}
