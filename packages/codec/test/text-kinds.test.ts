import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { base64, hex, nextDigits } from "../src/kinds/digits/index.ts";
import { characters, openCharacters } from "../src/kinds/characters/index.ts";
import type { Found, Kind } from "../src/kinds/kind.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { acceptedFlips } from "./helpers/files.ts";
import { gzipped, tarred } from "./helpers/packed.ts";
import { closed, openedBy } from "./helpers/kinds.ts";
import { base64Of, cyrillic, hexOf, inLines, utf16 } from "./helpers/texts.ts";

const options = { level: 1 };
const encoder = new TextEncoder();

/** What a kind's span is when it is closed again. */
function again({ opened }: Found): Uint8Array {
  return closed(opened);
}

describe("text", () => {
  const russian = cyrillic(4000);

  test.each([
    ["UTF-8 of a script with letters of two bytes", encoder.encode(russian)],
    ["UTF-16, the lower byte first", utf16(russian, true)],
    ["UTF-16, the upper byte first", utf16(russian, false)],
    ["English in UTF-16", utf16(new TextDecoder().decode(prose(4000)), true)],
    ["UTF-16 that is cut in a character", utf16(russian, true).subarray(0, 5001)],
  ])("has a byte for each common letter inside, and comes back: %s", (_, content) => {
    const found = openCharacters(content);
    expect(found?.opened.inside.length).toBeLessThan(0.6 * content.length);
    expect(Buffer.compare(again(found as Found), content)).toBe(0);
  });

  test.each([
    ["English", prose(4000)],
    ["noise", noise(4000)],
    ["samples of sound", Uint8Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? i * 7 : Math.sin(i / 50) * 3))],
    ["German, where few letters have two bytes", encoder.encode("Ein Hund läuft über die Straße. ".repeat(100))],
    ["Chinese in UTF-8, which is as good", encoder.encode("預測一個符號就是過去對它的說法。".repeat(80))],
    ["a short text", encoder.encode(cyrillic(300))],
  ])("is left as it is: %s", (_, content) => {
    expect(openCharacters(content)).toBeUndefined();
  });

  test("comes back with anything in it: marks, pairs, halves of pairs, bytes that are none", () => {
    const strange = [...noise(40), 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0xf4, 0x90, 0x80, 0x80, 0xe2, 0x80];
    fc.assert(
      fc.property(
        fc.constantFrom("utf8", "le", "be"),
        fc.array(fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constant("\ud800"), fc.constant("\udc00x"))),
        fc.nat(strange.length),
        (form, pieces, at) => {
          const text = russian + pieces.join("") + russian;
          const coded = form === "utf8" ? encoder.encode(text) : utf16(text, form === "le");
          const middle = coded.length >> 1;
          const content = joined(coded.subarray(0, middle), Uint8Array.from(strange.slice(at)), coded.subarray(middle));
          const found = openCharacters(content);
          if (found !== undefined) expect(Buffer.compare(again(found), content)).toBe(0);
        },
      ),
      { numRuns: 60, seed: 11 },
    );
  });

  test("is refused where what is inside is none, or more than there is room for", () => {
    const kind: Kind = characters;
    const fields = { form: 0, alphabet: [0x430] };
    for (const inside of [[0x81], [0xff], [0xd0], [0xf5], [0xf4, 0xbf, 0xbf, 0xbf]]) {
      expect(() => closed({ kind, fields, inside: Uint8Array.from(inside), length: 100 })).toThrow(
        expect.objectContaining({ code: "invalid-field" }),
      );
    }
    const inside = new Uint8Array(60).fill(0x80);
    expect(closed({ kind, fields, inside, length: 120 })).toHaveLength(120);
    expect(() => closed({ kind, fields, inside, length: 119 })).toThrow("longer than what it is part of");
  });

  test("has no alphabet out of order, or beyond what there are bytes for", () => {
    const numbers = (values: readonly number[]) => () => characters.fromNumbers(openedBy(values));
    expect(numbers([0, 2, 0x430, 1])).not.toThrow();
    for (const values of [
      [3, 0],
      [0, 77],
      [0, 2, 0x430, 0],
      [0, 1, 0x41],
      [1, 2, 0x430, 0x10000],
    ]) {
      expect(numbers(values)).toThrow(expect.objectContaining({ code: "invalid-field" }));
    }
  });
});

describe("bytes written as characters", () => {
  const bytes = noise(1000);
  const json = (text: string): string => JSON.stringify({ name: "picture", data: text, more: true });

  test.each([
    ["base64 in one line", `data:image/png;base64,${base64Of(bytes)}")`],
    ["base64 for addresses", `token=${base64Of(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}&x`],
    ["base64 of mail", `Content-Transfer-Encoding: base64\r\n\r\n${inLines(base64Of(bytes), 76, "\r\n")}\r\n--b--`],
    ["a certificate", `-----BEGIN X-----\n${inLines(base64Of(bytes), 64, "\n")}\n-----END X-----\n`],
    ["a certificate whose last line is whole", `-----\n${inLines(base64Of(noise(960)), 64, "\n")}\n-----END X-----\n`],
    ["base64 with indents", `key:\n    ${inLines(base64Of(bytes), 60, "\n    ")}\nnext: 1\n`],
    ["base64 in a string with line ends", json(inLines(base64Of(bytes), 64, "\n"))],
    ["hexadecimal", `x'${hexOf(bytes)}'`],
    ["hexadecimal of capitals", `<${hexOf(bytes).toUpperCase()}>`],
    ["hexadecimal in lines", `${inLines(hexOf(bytes), 72, "\n")}\n>\n`],
  ])("are inside, and come back: %s", (_, text) => {
    const content = encoder.encode(text);
    const found = nextDigits(content, 0);
    expect(found?.opened.inside.length).toBeGreaterThan(950);
    const { start, opened } = found as Found;
    expect(Buffer.compare(again(found as Found), content.subarray(start, start + opened.length))).toBe(0);
    expect(nextDigits(content, start + opened.length)).toBeUndefined();
  });

  test.each([
    ["prose", prose(4000)],
    ["nucleotides in lines", encoder.encode(inLines(new TextDecoder().decode(bases(4000)), 60, "\n"))],
    ["digits", encoder.encode(hexOf(bytes).replaceAll(/[a-f]/g, "7"))],
    ["noise", noise(100_000)],
    ["short hashes", encoder.encode(Array.from({ length: 50 }, (_, i) => hexOf(noise(32, i + 1))).join("  x\n"))],
    ["letters that are all one", encoder.encode("A".repeat(4000))],
  ])("are not found in %s", (_, content) => {
    expect(nextDigits(content, 0)).toBeUndefined();
  });

  test("come back wherever lines end, whatever stands behind them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 700 }),
        fc.integer({ min: 38, max: 130 }),
        fc.constantFrom("\n", "\r\n", "\\n", "\n  ", "\n \t"),
        fc.constantFrom("", "\n", "=", "==", "===", "A", "\nAAAA", "\n-----END", " x", "\n\n", "-_", "\\"),
        fc.boolean(),
        (length, lineLength, ending, behind, isHex) => {
          const data = noise(length, length);
          const digits = isHex ? hexOf(data) : base64Of(data);
          const content = encoder.encode(`"${inLines(digits, lineLength, ending)}${behind}`);
          for (let found = nextDigits(content, 0); found !== undefined;) {
            const end = found.start + found.opened.length;
            expect(Buffer.compare(again(found), content.subarray(found.start, end))).toBe(0);
            found = nextDigits(content, end);
          }
        },
      ),
      { numRuns: 120, seed: 5 },
    );
  });

  test("stand in no lines that would make them far longer", () => {
    for (const kind of [base64, hex] as unknown as readonly Kind[]) {
      const numbers = (values: readonly number[]) => () => kind.fromNumbers(openedBy(values));
      expect(numbers([1, 76, 1, 4])).not.toThrow();
      for (const values of [
        [2, 76, 0, 0],
        [0, 2 ** 21, 0, 0],
        [0, 76, 4, 0],
        [0, 76, 0, 65],
      ]) {
        expect(numbers(values)).toThrow(expect.objectContaining({ code: "invalid-field" }));
      }
      const fields = kind.fromNumbers(openedBy([0, 1, 0, 64]));
      expect(() => closed({ kind, fields, inside: new Uint8Array(300), length: 1000 })).toThrow("longer than");
    }
  });

  test("are looked for in time that grows with the content", () => {
    // Lines that might be base64, but for what they lack in the end: each is looked at once.
    const lines = encoder.encode(inLines("ACGTN".repeat(40_000), 60, "\n"));
    let reads = 0;
    const counted = new Proxy(lines, {
      get(target, key) {
        if (typeof key === "string" && /^\d+$/.test(key)) reads++;
        const value = Reflect.get(target, key, target) as unknown;
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    expect(nextDigits(counted, 0)).toBeUndefined();
    expect(reads).toBeLessThan(4 * lines.length);
  });
});

describe("in a file", () => {
  const mail = encoder.encode(`To: a\r\n\r\n${inLines(base64Of(gzipped(prose(6000))), 76, "\r\n")}\r\n`);
  const content = tarred({
    "a.txt": utf16(cyrillic(3000), true),
    "b.eml": mail,
    "c.txt": encoder.encode(hexOf(prose(500))),
  });

  test("they are told, with what is inside of them", async () => {
    const file = compressSync(content, options);
    expect(Buffer.compare(decompressSync(file), content)).toBe(0);
    const { opened } = (await info(file)).frames[0].blocks[0];
    expect(opened.map(({ kind }) => kind)).toEqual(["deflate", "characters", "base64", "hex"]);
    expect(file.length).toBeLessThan(0.8 * compressSync(content, { ...options, open: false }).length);
  });

  test("little of them in much else stays where it is, which costs nothing", () => {
    const program = (from: number): Uint8Array =>
      joined(...Array.from({ length: 40 }, (_, i) => joined(prose(900, from + i), noise(300, from + i))));
    const much = joined(program(1), encoder.encode(`"${base64Of(noise(200))}"`), program(100));
    const size = (open: boolean): number => compressSync(much, { level: 4, open }).length;
    expect(size(true)).toBe(size(false));
  });

  test("a flipped bit is refused", () => {
    const small = encoder.encode(`x ${base64Of(prose(240))} ${hexOf(prose(150))}`);
    expect(acceptedFlips(compressSync(small, options))).toEqual([]);
  });
});
