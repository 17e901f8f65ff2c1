/** Bytes that text writes as characters, in base64 or hexadecimal, in lines or not: inside are the bytes. */
import { PithError } from "@pith/core";
import type { Found, Kind } from "../kind.ts";
import { BASE64, digitsLength, fromDigits, HEX, toDigits, type Alphabet } from "./digits.ts";
import { nextRun, type Run } from "./find.ts";
import { ENDINGS, linesLength, MOST_INDENT, toLines, type Layout } from "./lines.ts";

interface DigitFields {
  readonly alphabet: Alphabet;
  readonly layout: Layout;
}

const MOST_LINE = 2 ** 20;

function kindOf<Name extends string>(id: number, name: Name, alphabets: readonly Alphabet[]): Kind<DigitFields, Name> {
  return {
    id,
    name,
    toNumbers: ({ alphabet, layout: { lineLength, ending, indent } }) => [
      alphabets.indexOf(alphabet),
      lineLength,
      ending,
      indent,
    ],
    fromNumbers(next) {
      const [number, lineLength, ending, indent] = [next(), next(), next(), next()];
      const alphabet = alphabets.at(number);
      if (alphabet === undefined) {
        throw new PithError("invalid-field", `${name} has no such alphabet`, { expected: "0 or 1", got: number });
      }
      if (lineLength > MOST_LINE || ending >= ENDINGS.length || indent > MOST_INDENT) {
        throw new PithError("invalid-field", `${name} does not stand in such lines`, { got: lineLength });
      }
      return { alphabet, layout: { lineLength, ending, indent } };
    },
    close(inside, { alphabet, layout }, { most }) {
      const length = linesLength(digitsLength(alphabet, inside.length), layout);
      if (length <= most) return toLines(toDigits(alphabet, inside), layout);
      throw new PithError("invalid-field", `${name} is longer than what it is part of`, {
        expected: most,
        got: length,
      });
    },
  };
}

export const base64 = kindOf(7, "base64", BASE64);
export const hex = kindOf(8, "hex", HEX);

/** The first run of characters from a place on, and what it writes. @returns undefined if there is none */
export function nextDigits(content: Uint8Array, from: number): Found | undefined {
  const run = nextRun(content, from);
  return run && { start: run.start, opened: openRun(run) };
}

function openRun({ start, end, alphabet, layout, digits }: Run): Found["opened"] {
  const kind = alphabet.bits === 4 ? hex : base64;
  return { kind, fields: { alphabet, layout }, length: end - start, inside: fromDigits(alphabet, digits) };
}
