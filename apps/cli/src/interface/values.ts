/** Reads the values of options. Every error shows what was expected and what came. */

import { UsageError } from "../errors.ts";

/** @throws UsageError if it is not a whole number from `minimum` to `maximum` */
export function parseInteger(name: string, text: string, minimum: number, maximum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum)) {
    throw new UsageError(`${name}: expected an integer from ${minimum} to ${maximum}, got ${quote(text)}`);
  }
  return value;
}

/** @throws UsageError if it is not a number from `minimum` to `maximum` */
export function parseNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = /^\d*\.?\d+(e-?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum)) {
    throw new UsageError(`${name}: expected a number from ${minimum} to ${maximum}, got ${quote(text)}`);
  }
  return value;
}

/** @throws UsageError if it is not one of `choices` */
export function parseChoice<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new UsageError(`${name}: expected ${choices.join(", ")}, got ${quote(text)}`);
  return choice;
}

const UNITS: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/**
 * A number of bytes: `65536`, `64K`, `64KiB` and `64kb` are the same.
 *
 * @throws UsageError if it is not a size, or not from `minimum` to `maximum`
 */
export function parseSize(name: string, text: string, minimum: number, maximum: number): number {
  const match = /^(\d+(?:\.\d+)?)([kmg]?)(?:i?b)?$/i.exec(text);
  const size = match === null ? NaN : Math.floor(Number(match[1]) * UNITS[match[2].toLowerCase()]);
  if (!(size >= minimum && size <= maximum)) {
    throw new UsageError(
      `${name}: expected a size from ${writeSize(minimum)} to ${writeSize(maximum)}, got ${quote(text)}`,
    );
  }
  return size;
}

/** The shortest way to write a size so that {@link parseSize} reads it: `4MiB`. */
export function writeSize(size: number): string {
  const units = ["", "KiB", "MiB", "GiB"];
  let unit = 0;
  while (unit < units.length - 1 && size >= 1024 && size % 1024 === 0) {
    size /= 1024;
    unit++;
  }
  return `${size}${units[unit]}`;
}

/** @throws UsageError if it is not `START:END` or `START:` with START ≤ END */
export function parseRange(name: string, text: string): { start: number; end: number | undefined } {
  const match = /^(\d*):(\d*)$/.exec(text);
  const start = match === null ? NaN : Number(match[1]);
  const end = match === null || match[2] === "" ? undefined : Number(match[2]);
  if (!Number.isSafeInteger(start) || (end !== undefined && !(Number.isSafeInteger(end) && end >= start))) {
    throw new UsageError(`${name}: expected START:END in bytes with START not beyond END, got ${quote(text)}`);
  }
  return { start, end };
}

/** The highest level, which has a name instead of a digit. */
export const MAX_LEVEL = 10;

/** The option that chooses a level. */
export function flagOfLevel(level: number): string {
  return level === MAX_LEVEL ? "--max" : `-${level}`;
}

/** @throws UsageError if it is not a list such as `1,5,7-9` */
export function parseLevels(name: string, text: string): number[] {
  const levels = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^([1-9]|10)(?:-([1-9]|10))?$/.exec(part);
    if (match === null)
      throw new UsageError(`${name}: expected levels from 1 to ${MAX_LEVEL} such as 1,5,7-9, got ${quote(text)}`);
    const first = Number(match[1]);
    const last = Number(match.at(2) ?? match[1]);
    if (last < first) throw new UsageError(`${name}: expected a range that goes up, got ${part}`);
    for (let level = first; level <= last; level++) levels.add(level);
  }
  return [...levels].sort((a, b) => a - b);
}

/**
 * Characters in a row, where `_` is the space and `\\xHH` the character of that hexadecimal code.
 *
 * @throws UsageError if a backslash begins nothing of the kind
 */
export function parseCharacters(name: string, text: string): string {
  return text.replaceAll(/_|\\(x[0-9a-f]{2})?/giu, (special, code?: string) => {
    if (special === "_") return " ";
    if (code === undefined) throw new UsageError(`${name}: expected \\xHH after a backslash, got ${text}`);
    return String.fromCharCode(parseInt(code.slice(1), 16));
  });
}

/** @throws UsageError if it is not `BEFORE:AFTER`, each 0 to 16 and not both 0 */
export function parseWindow(name: string, text: string): { before: number; after: number } {
  const match = /^(\d{1,2}):(\d{1,2})$/.exec(text);
  const [before, after] = match === null ? [NaN, NaN] : [Number(match[1]), Number(match[2])];
  if (!(before <= 16 && after <= 16 && before + after > 0)) {
    throw new UsageError(`${name}: expected BEFORE:AFTER, each 0 to 16 and not both 0, got ${quote(text)}`);
  }
  return { before, after };
}

function quote(text: string): string {
  return text === "" ? "nothing" : text;
}
