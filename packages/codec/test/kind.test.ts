import { describe, expect, test } from "@jest/globals";
import { compressSync } from "@pith/codec";
import { detectKind } from "../src/plan/kind.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { drain } from "./helpers/steps.ts";
import { utf16 } from "./helpers/texts.ts";

const WORDS = "предсказание символа есть то что прошлое говорит о нём и не более так модель учится пока читает".split(
  " ",
);

/** Words in an order that is hard to predict, with capitals and full stops. */
function russian(length: number): string {
  const order = noise(length, 3);
  let text = "";
  for (let i = 0; text.length < length; i++) {
    const word = WORDS[order[i] % WORDS.length];
    text += order[i] > 230 ? `${word}.\r\nО ${word} ` : `${word} `;
  }
  return text.slice(0, length);
}

/** Text in a code of one byte a letter, of which `lower` is that of а. */
function inOneByte(text: string, lower: number): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code < 0x80 ? code : lower + ((code - 0x430 + 32) % 32);
  });
}

const RUSSIAN = russian(60_000);
const ENGLISH = new TextDecoder().decode(prose(60_000));

const TEXTS: readonly [string, Uint8Array][] = [
  ["Windows-1251", inOneByte(RUSSIAN, 0xe0)],
  ["ISO 8859-5", inOneByte(RUSSIAN, 0xd0)],
  ["KOI8-R, about", inOneByte(RUSSIAN, 0xc0)],
  ["UTF-8", new TextEncoder().encode(RUSSIAN)],
  ["UTF-16, the lower byte first", utf16(RUSSIAN, true)],
  ["UTF-16, the upper byte first", utf16(RUSSIAN, false)],
  ["UTF-16 after one byte of something else", joined(Uint8Array.of(7), utf16(RUSSIAN, true))],
  ["UTF-16, in English", utf16(ENGLISH, true)],
];

describe("the kind of content", () => {
  test.each(TEXTS)("is text in %s", (_, content) => {
    expect(drain(detectKind(content))).toBe("text");
    const [text, binary] = (["auto", "binary"] as const).map(
      (kind) => compressSync(content, { method: "mix", level: 1, kind }).length,
    );
    expect(text).toBeLessThan(binary);
  });

  test.each<[string, Uint8Array, string]>([
    ["noise", noise(60_000), "binary"],
    ["numbers of 16 bits that are small", utf16(String.fromCharCode(...noise(60_000)), true), "binary"],
    ["bases", bases(60_000), "dna"],
    ["prose", prose(60_000), "text"],
  ])("of %s is found", (_, content, kind) => {
    expect(drain(detectKind(content))).toBe(kind);
  });
});
