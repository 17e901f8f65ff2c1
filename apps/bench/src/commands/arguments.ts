/** Arguments of the sub-commands: checked, with errors that show both sides. */
import { parseArgs } from "node:util";
import { resolve } from "node:path";

/** A wrong command line; the message is for people. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** An option as `node:util` takes it. */
interface Option {
  readonly type: "string" | "boolean";
  readonly default?: string | boolean;
}

type Value<O extends Option> = O["type"] extends "boolean"
  ? boolean
  : O extends { readonly default: string }
    ? string
    : string | undefined;

/** The named options and the rest; the complaints of `node:util` become {@link UsageError}. */
export function parse<const Options extends Readonly<Record<string, Option>>>(
  args: readonly string[],
  options: Options,
): { values: { readonly [Name in keyof Options]: Value<Options[Name]> }; positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
    });
    return { values: values as unknown as { [Name in keyof Options]: Value<Options[Name]> }, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** An integer within a range. */
export function integer(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most)) {
    throw new UsageError(`${option}: expected an integer from ${least} to ${most}, got ${text}`);
  }
  return value;
}

const UNITS: Record<string, number> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** A number of bytes, with K, M or G for powers of 1024. */
export function byteCount(option: string, text: string): number {
  const match = /^(\d+)([KMG]?)(?:iB|B)?$/i.exec(text);
  const bytes = match === null ? 0 : Number(match[1]) * UNITS[match[2].toUpperCase()];
  if (!(bytes >= 1 && Number.isSafeInteger(bytes))) {
    throw new UsageError(`${option}: expected a number of bytes such as 1000000, 64K or 2G, got ${text}`);
  }
  return bytes;
}

/** Levels, separated by commas. */
export function levelList(option: string, text: string): number[] {
  return text.split(",").map((level) => integer(option, level, 1, 10));
}

/** Names, separated by commas, each one of those allowed. */
export function nameList(option: string, text: string, allowed: readonly string[]): string[] {
  const names = text.split(",").filter((name) => name !== "");
  for (const name of names) {
    if (!allowed.includes(name)) throw new UsageError(`${option}: expected some of ${allowed.join(", ")}, got ${name}`);
  }
  return names;
}

/** The one positional argument. */
export function onlyPositional(positionals: readonly string[], what: string): string {
  if (positionals.length !== 1) throw new UsageError(`expected ${what}, got ${positionals.length} arguments`);
  return positionals[0];
}

/** A path as whoever called npm meant it: npm itself runs this in the package's folder. */
export function pathFromCaller(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}
