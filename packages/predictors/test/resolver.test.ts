import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { createResolver, type ResolverModel } from "../src/index.ts";
import { resolveByDefinition } from "./reference/resolver.ts";
import { prose } from "./support/contents.ts";
import { Random } from "./support/random.ts";

const PAIRS = ["av", "bn", "cy", "du", "ew", "fi", "gh", "kp", "mo", "jt", "lx", "rz", "sq", " ", "."];
const SIXES = ["abcde", "fghij", "klmn", "opqr", "stuv", "wxyz", " "];

/** Weights by chance: what the resolver makes of them does not depend on what they mean. */
function model(groups: readonly string[], tableBits: number, seed = 1): ResolverModel {
  const random = new Random(seed);
  return { groups, tableBits, weights: Int8Array.from({ length: 2 ** tableBits }, () => random.below(255) - 127) };
}

/** Prose with what is hard about it: typographic and plain apostrophes and quotes, dashes, accents, long words, gaps. */
function hardText(length: number, seed: number): Uint8Array {
  const random = new Random(seed);
  const pieces = [
    "don't ",
    "don’t ",
    "‘so’ ",
    "“well” ",
    "o'clock-",
    "naïve – ",
    "U.S.A. ",
    "it's",
    "'tis ",
    "’",
    "€5.",
    "\r\n\n",
  ];
  pieces.push(
    "incomprehensibilities ",
    "          ",
    "... ",
    "a`b ",
    "e\u0301",
    "😀 ",
    "The End",
    "?",
    "3,141 ",
    "\xa0",
  );
  const encoder = new TextEncoder();
  const plain = prose(length, seed);
  const bytes: number[] = [];
  for (let at = 0; bytes.length < length;) {
    if (random.chance(20)) bytes.push(...encoder.encode(random.pick(pieces)));
    const step = 1 + random.below(30);
    bytes.push(...plain.subarray(at, at + step));
    at += step;
  }
  return Uint8Array.from(bytes.slice(0, length));
}

/** A text with letters made codes: each with a chance of so many percent. */
function cellsOf(bytes: Uint8Array, groups: readonly string[], percent: number, seed = 5): Uint16Array {
  const random = new Random(seed);
  return Uint16Array.from(bytes, (byte) => {
    const code = groups.findIndex((group) => group.includes(String.fromCharCode(byte)));
    return code >= 0 && random.chance(percent) ? 256 + code : byte;
  });
}

/** Bytes and cells without sense: the resolver takes them as they come. */
function noise(length: number, groups: readonly string[], seed: number): Uint16Array {
  const random = new Random(seed);
  const bytes = [0xe2, 0x80, 0x98, 0x99, 0x9c, 0x94, 0x27, 0x60, 0x2e, 0x20, 0xc3, 0xa9];
  return Uint16Array.from({ length }, () =>
    random.chance(50) ? 256 + random.below(groups.length) : random.chance(60) ? random.pick(bytes) : random.below(256),
  );
}

/** FNV-1a, 64 bits. */
function fnv1a(bytes: Uint8Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

/** Letters of a group by score, as `next` ranks them. */
function ranked(group: string, scores: readonly number[]): { ranking: number[]; margin: number } {
  const order = Array.from(group, (_, rank) => rank).sort((a, b) => scores[b] - scores[a]);
  return { ranking: order.map((rank) => group.charCodeAt(rank)), margin: scores[order[0]] - scores[order[1]] };
}

describe.each([
  ["pairs", PAIRS],
  ["groups of four and five", SIXES],
  ["groups of one, two and three", ["ab", "cde", "f", ".,", "'\"", " "]],
])("a resolver of %s", (_, groups) => {
  const texts: readonly (readonly [string, Uint16Array])[] = [
    ["prose of which all letters are codes", cellsOf(hardText(3000, 3), groups, 100)],
    ["prose of which some letters are codes", cellsOf(hardText(3000, 4), groups, 60)],
    ["noise", noise(1500, groups, 6)],
    ["a word that does not end", new Uint16Array(400).fill(256)],
    ["one letter", Uint16Array.of(256)],
    ["nothing", new Uint16Array(0)],
  ];

  test.each(texts)("decodes %s as its definition says", (_, cells) => {
    const shape = model(groups, 12);
    const reference = resolveByDefinition(shape, Array.from(cells), ({ place, scores }) => {
      return ranked(groups[cells[place] - 256], scores).ranking[0];
    });
    let step = reference.next();
    while (step.done !== true) step = reference.next();
    expect(createResolver(shape).decode(cells)).toEqual(step.value);
  });

  test.each(texts)("that is told the truth ranks the letters of %s as its definition says", (_, cells) => {
    const shape = model(groups, 11, 2);
    const random = new Random(8);
    const truths: number[] = [];
    const resolver = createResolver(shape);
    resolver.start(cells);
    for (const { place, scores } of resolveByDefinition(shape, Array.from(cells), () => truths.at(-1)!)) {
      const group = groups[cells[place] - 256];
      expect(resolver.next()).toEqual({ place, ...ranked(group, scores) });
      truths.push(group.charCodeAt(random.below(group.length)));
      resolver.accept(truths.at(-1)!);
    }
    expect(resolver.next()).toBeUndefined();
  });
});

describe("a resolver", () => {
  test("decodes a long text as its definition says, wherever its slices end", () => {
    const cells = cellsOf(hardText(7000, 9), PAIRS, 100);
    const shape = model(PAIRS, 16);
    const whole = createResolver(shape).decode(cells);
    const reference = resolveByDefinition(shape, Array.from(cells), ({ place }) => whole[place]);
    let step = reference.next();
    while (step.done !== true) {
      const { place, scores } = step.value;
      const group = PAIRS[cells[place] - 256];
      if (ranked(group, scores).ranking[0] !== whole[place]) throw new Error(`place ${place}: got ${whole[place]}`);
      step = reference.next();
    }
  });

  test("decodes one text after another, each as if it were the first", () => {
    const resolver = createResolver(model(PAIRS, 14));
    const texts = [500, 20, 4000, 4000, 1].map((length) => cellsOf(hardText(length, length), PAIRS, 100));
    for (const cells of texts) expect(resolver.decode(cells)).toEqual(createResolver(model(PAIRS, 14)).decode(cells));
  });

  test("takes capitals for small letters, a line end for a space and a curly apostrophe for a straight one", () => {
    const resolver = createResolver(model(PAIRS, 14));
    const letters = (text: string): string => {
      const cells = cellsOf(new TextEncoder().encode(text), PAIRS, 100);
      const bytes = resolver.decode(cells);
      return String.fromCharCode(...bytes.filter((_, i) => cells[i] >= 256 && cells[i] < 256 + 13));
    };
    const plain = letters("the dog didn't bark");
    expect(letters("the dog\ndidn’t bark")).toBe(plain);
    expect(letters("the DOG didn't bark")).toBe(plain.slice(0, 3) + plain.slice(6));
  });

  test("has the letters of its golden vector", () => {
    const { input, tableBits, letters } = JSON.parse(
      readFileSync(new URL("golden/resolver.json", import.meta.url), "utf8"),
    ) as { readonly input: number; readonly tableBits: number; readonly letters: Readonly<Record<string, string>> };
    const found = Object.fromEntries(
      Object.entries({ pairs: PAIRS, sixes: SIXES }).map(([name, groups]) => {
        const cells = cellsOf(hardText(input, 10), groups, 100);
        return [name, fnv1a(createResolver(model(groups, tableBits)).decode(cells))];
      }),
    );
    expect(found).toEqual(letters);
  });

  test("refuses groups that are no code table", () => {
    const refusal = (groups: readonly string[]) => () => createResolver({ ...model(PAIRS, 10), groups });
    expect(refusal([])).toThrow("groups: expected 1 to 15, got 0");
    expect(refusal(Array.from({ length: 16 }, (_, i) => String(i)))).toThrow(RangeError);
    expect(refusal(["ab", ""])).toThrow("groups[1]: expected 1 to 8 characters, got 0");
    expect(refusal(["abcdefghi"])).toThrow(RangeError);
    expect(refusal(["aB"])).toThrow('groups[0]: expected no capitals, got "B"');
    expect(refusal(["é"])).toThrow(RangeError);
    expect(refusal(["ab", "ca"])).toThrow('groups: expected each character once, got "a" twice');
  });

  test("refuses tables and cells out of range, and letters that are not in question", () => {
    expect(() => createResolver({ ...model(PAIRS, 10), tableBits: 11 })).toThrow("weights: expected 2048");
    expect(() => createResolver({ ...model(PAIRS, 10), tableBits: 9 })).toThrow("tableBits: expected an integer");
    const resolver = createResolver(model(PAIRS, 10));
    expect(() => resolver.decode(Uint16Array.of(97, 256 + 15))).toThrow("cells[1]: expected at most 270, got 271");
    expect(() => resolver.accept(97)).toThrow("accept: expected a call of next before, got none");
    resolver.start(Uint16Array.of(256));
    resolver.next();
    expect(() => resolver.accept(98)).toThrow(RangeError);
    resolver.accept(118);
    expect(resolver.next()).toBeUndefined();
  });
});
