import { describe, expect, test } from "@jest/globals";
import { instantiateKernel } from "@pith/core";
import { view } from "@pith/core/coding";
import fc from "fast-check";
import { kernel as messagesKernel } from "#kernels/messages";
import { kernel as pairsKernel } from "#kernels/pairs";
import type { MessagesKernel } from "../src/generated/messages-exports.ts";
import { messageEscapes } from "../src/messages/escapes.ts";
import { addEscapes, streamEscapes } from "../src/coding/escapes.ts";
import { startKernel } from "../src/coding/kernel.ts";
import { ENGLISH, texts } from "./helpers/english.ts";
import { writeText, type Coding } from "./reference/text.ts";

const PAIRS = ["av", "bn", "cy", "du", "ew", "fi", "gh", "kp", "mo", "jt", "lx", "rz", "sq", " ", "."];
const SIXES = ["iklpy", "cefg", "brsxz", "jnoq", "htuv", "admw", " "];
/** A table with a group of three, one letter alone, letters without a code, and marks that share one. */
const ODD = ["abc", "de", "fgh", "i", "jk", "lm", "no", "pq", "rs", "tu", "vw", ",;", " ", ".", "!?"];

const CODINGS: readonly [string, Coding][] = [
  ["4 bits, in streams", { bits: 4, groups: PAIRS, escapes: streamEscapes(false) }],
  ["4 bits, in streams with CR LF", { bits: 4, groups: PAIRS, escapes: streamEscapes(true) }],
  ["4 bits, an odd table", { bits: 4, groups: ODD, escapes: streamEscapes(false) }],
  ["4 bits, in messages", { bits: 4, groups: PAIRS, escapes: messageEscapes(4, false) }],
  ["3 bits, in messages", { bits: 3, groups: SIXES, escapes: messageEscapes(3, false) }],
];

function open({ bits, groups, escapes }: Coding): MessagesKernel {
  const kernel = instantiateKernel(messagesKernel);
  kernel.clear(bits);
  for (const [code, group] of groups.entries()) {
    for (const character of group) kernel.addMember(code, character.charCodeAt(0));
  }
  addEscapes(kernel, escapes);
  kernel.startWeights(10);
  kernel.reserve(4096);
  return kernel;
}

function unitsOf(kernel: MessagesKernel, text: Uint8Array): number[] {
  view(kernel, kernel.textAddress(), text.length).set(text);
  const count = kernel.write(text.length, false);
  return [...view(kernel, kernel.unitsAddress(), count)];
}

describe.each(CODINGS)("%s", (_, coding) => {
  const kernel = open(coding);

  test("the kernel writes the units that the plain version writes", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(unitsOf(kernel, text)).toEqual(writeText(text, coding).units);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  test("what has one meaning alone comes back as it was", () => {
    // Letters may come back as others of their group, since the resolver has learned nothing here.
    const groupOf = (byte: number): number => {
      const small = String.fromCharCode(byte).toLowerCase();
      const code = coding.groups.findIndex((group) => group.includes(small));
      return code < 0 ? byte : 256 + 2 * code + Number(byte >= 0x41 && byte <= 0x5a);
    };
    fc.assert(
      fc.property(texts, (text) => {
        const units = unitsOf(kernel, text);
        view(kernel, kernel.unitsAddress(), units.length).set(units);
        expect(kernel.read(units.length)).toBe(0);
        const back = view(kernel, kernel.textAddress(), kernel.textLength());
        expect([...back].map(groupOf)).toEqual([...text].map(groupOf));
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test("units that nothing wrote are read or refused, and end", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** coding.bits - 1), { maxLength: 400 }), (units) => {
        view(kernel, kernel.unitsAddress(), units.length).set(units);
        expect([0, 1, 2, 3]).toContain(kernel.read(units.length));
        expect(kernel.textLength()).toBeLessThanOrEqual(4096);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

test("the kernel of streams packs the same units, two a byte, and fills the last with an escape", () => {
  const coding: Coding = { bits: 4, groups: PAIRS, escapes: streamEscapes(false) };
  const kernel = instantiateKernel(pairsKernel);
  startKernel(kernel, { groups: PAIRS, crlf: false, capacity: 4096 });
  fc.assert(
    fc.property(texts, (text) => {
      view(kernel, kernel.textAddress(), text.length).set(text);
      const bytes = view(kernel, kernel.unitsAddress(), kernel.write(text.length));
      const { units, cells } = writeText(text, coding);
      const padded = units.length % 2 === 0 ? units : [...units, 15];
      expect([...bytes].flatMap((byte) => [byte >> 4, byte & 15])).toEqual(padded);
      expect([...new Uint16Array(kernel.memory.buffer, kernel.cellsAddress(), text.length)]).toEqual(cells);
    }),
    { seed: 4, numRuns: 100 },
  );
});

test.each<[string, string, number[]]>([
  ["The end.", "a code a character; the first capital is expected", [9, 6, 4, 13, 4, 1, 3, 14]],
  ["I, too", "the word I needs no escape, and a comma and its space are one", [5, 15, 6, 9, 8, 8]],
  ["no", "a small letter where a capital is expected is a surprise", [15, 0, 1, 8]],
  ["To NASA", "a word in capitals", [9, 8, 15, 13, 1, 0, 12, 0]],
  ["In 1887, he", "a number, and the comma and the space that end it", [5, 1, 13, 15, 14, 1, 8, 8, 7, 12, 6, 4]],
  ["\u00e9", "bytes as they are: how many, and two codes each", [15, 15, 1, 1, 12, 3, 10, 9]],
])("%j is %s", (text, _, units) => {
  expect(writeText(new TextEncoder().encode(text), CODINGS[0][1]).units).toEqual(units);
});

test("English takes little more than a code a character", () => {
  const plain = ENGLISH.slice(0, ENGLISH.indexOf("Chapter"));
  const { units } = writeText(new TextEncoder().encode(plain), CODINGS[0][1]);
  expect(units.length / plain.length).toBeLessThan(1.15);
});
