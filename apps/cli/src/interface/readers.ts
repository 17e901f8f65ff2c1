/** Kinds of values that options take: how each is described, and how it is read. */

import { UsageError } from "../errors.ts";
import type { OptionValue } from "./option.ts";
import { parseCharacters, parseChoice, parseInteger, parseNumber, parseSize, writeSize } from "./values.ts";

/** The part of an option that its kind of value decides. */
export interface Reader<Value> {
  readonly value: OptionValue;
  readonly range?: string;
  readonly read: (text: string, name: string) => Value;
}

/** A whole number. */
export function integer(least: number, most: number, name = "N"): Required<Reader<number>> {
  return {
    value: { name },
    range: `${least} to ${most}`,
    read: (text, option) => parseInteger(option, text, least, most),
  };
}

/** A number with or without a fraction. */
export function number(least: number, most: number, name = "X"): Required<Reader<number>> {
  return {
    value: { name },
    range: `${least} to ${most}`,
    read: (text, option) => parseNumber(option, text, least, most),
  };
}

/** A number of bytes. */
export function size(least: number, most: number): Required<Reader<number>> {
  return {
    value: { name: "SIZE" },
    range: `${writeSize(least)} to ${writeSize(most)}`,
    read: (text, option) => parseSize(option, text, least, most),
  };
}

/** One of a few words. */
export function choice<Choice extends string>(name: string, choices: readonly Choice[]): Required<Reader<Choice>> {
  return {
    value: { name, choices },
    range: choices.join(", "),
    read: (text, option) => parseChoice(option, text, choices),
  };
}

/** Characters, of which the space can be written as `_`. */
export function characters(range: string): Required<Reader<string>> {
  return { value: { name: "CHARACTERS" }, range, read: (text, option) => parseCharacters(option, text) };
}

/** The name of a file or folder. */
export function file(name = "FILE"): Reader<string> {
  return {
    value: { name, file: true },
    read: (text, option) => {
      if (text === "") throw new UsageError(`${option}: expected the name of a file, got an empty one`);
      return text;
    },
  };
}

/** How names end. */
export function suffix(): Reader<string> {
  return {
    value: { name: "SUFFIX" },
    read: (text, option) => {
      if (text === "" || /[/\\]/.test(text)) {
        throw new UsageError(
          `${option}: expected the end of a name such as .pi, got ${text === "" ? "nothing" : text}`,
        );
      }
      return text;
    },
  };
}

/** Words that are read where they are used. */
export function words(name: string): Reader<string> {
  return { value: { name }, read: (text) => text };
}
