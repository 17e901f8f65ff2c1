import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { Dictionary } from "../src/transforms/words/dictionary.ts";
import { ENGLISH } from "../src/transforms/words/english.ts";
import { englishDictionary, installEnglish } from "../src/transforms/words/english-dictionary.ts";
import * as packing from "../src/transforms/words/packing.ts";
import * as slots from "../src/transforms/words/slots.ts";

installEnglish(ENGLISH);

const { byEnding, packWords, unpackWords } = packing;
const { FIRST_LONG_SLOT, GROUP_SLOTS, ONE_BYTE_SLOTS, SLOTS } = slots;

function wordsOf({ letters, starts }: packing.WordList): string[] {
  return Array.from({ length: SLOTS }, (_, slot) =>
    String.fromCharCode(...letters.subarray(starts[slot], starts[slot + 1])),
  );
}

function emptySlots(): string[] {
  return new Array<string>(SLOTS).fill("");
}

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("the English dictionary", () => {
  test("is the one that the format names", () => {
    expect(englishDictionary().hash.toString(16).padStart(8, "0")).toBe("099a51ab");
  });

  test("fills every slot with another word of small letters, no longer codes than words", () => {
    const words = wordsOf(englishDictionary());
    expect(new Set(words).size).toBe(SLOTS);
    words.forEach((word, slot) => {
      if (!/^[a-z]{1,31}$/.test(word) || word.length < slots.codeLength(slot)) throw new Error(`slot ${slot}: ${word}`);
    });
  });

  test("finds each of its words, in any case, and no other", () => {
    const dictionary = englishDictionary();
    wordsOf(dictionary).forEach((word, slot) => {
      if (dictionary.find(latin(word), 0, word.length) !== slot) throw new Error(`slot ${slot}: ${word}`);
    });
    const text = latin("xTHEx");
    expect(dictionary.find(text, 1, 4)).toBe(dictionary.find(latin("the"), 0, 3));
    expect(dictionary.find(text, 0, 5)).toBe(-1);
    expect(dictionary.find(text, 1, 1)).toBe(-1);
  });
});

describe("packing a word list", () => {
  test("gives the words back in their slots", () => {
    const words = emptySlots();
    words.splice(0, 3, "the", "a", "of");
    words.splice(ONE_BYTE_SLOTS, 2, "window", "door");
    words.splice(FIRST_LONG_SLOT, 3, ..."walking talking zygote".split(" ").sort(byEnding));
    words.splice(
      FIRST_LONG_SLOT + 5 * GROUP_SLOTS,
      2,
      ..."abcdefghijklmnopqrstuvwxyzabcde melancholy".split(" ").sort(byEnding),
    );
    expect(wordsOf(unpackWords(packWords(words)))).toEqual(words);
    expect(wordsOf(unpackWords(packWords(emptySlots())))).toEqual(emptySlots());
  });

  test("takes less than half the letters", () => {
    const words = wordsOf(englishDictionary());
    expect(packWords(words).length).toBeLessThan(0.35 * words.join("").length);
  });

  test("is refused where bytes are missing or too many", () => {
    const words = emptySlots();
    words.splice(0, 3, "the", "a", "of");
    const packed = packWords(words);
    expect(() => unpackWords(Uint8Array.of(...packed, 0))).toThrow(PithError);
    expect(() => unpackWords(packed.subarray(0, -1))).toThrow();
    expect(() => unpackWords(new Uint8Array(40).fill(255))).toThrow();
  });

  test("orders by the last letter, then the one before it", () => {
    expect(["ab", "b", "aa", "ba", "a"].sort(byEnding)).toEqual(["a", "aa", "ba", "b", "ab"]);
  });
});

describe("a dictionary's hash", () => {
  test("changes with a word and with a slot", () => {
    const hashOf = (...words: string[]) => {
      const list = emptySlots();
      list.splice(0, words.length, ...words);
      return new Dictionary(unpackWords(packWords(list))).hash;
    };
    expect(new Set([hashOf(), hashOf("the"), hashOf("then"), hashOf("the", "a"), hashOf("a", "the")]).size).toBe(5);
  });
});

describe("building a dictionary", () => {
  let folder = "";
  let buildWords: (folder: string, format: object) => string[];

  beforeAll(async () => {
    const builder = (await import(new URL("../scripts/dictionary/build.mjs", import.meta.url).href)) as {
      buildWords: typeof buildWords;
    };
    ({ buildWords } = builder);
    folder = mkdtempSync(join(tmpdir(), "pith-dictionary-"));
    mkdirSync(join(folder, "books"));
    // Sentences of one pattern, so that words of a kind have the same neighbours.
    const animals = "cat dog horse mouse sheep goat".split(" ");
    const verbs = "eats sees likes hears finds".split(" ");
    let seed = 1;
    const pick = <T>(list: readonly T[]) =>
      list[((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % 65521) % list.length];
    const text = (lines: number) =>
      Array.from({ length: lines }, () => `the ${pick(animals)} ${pick(verbs)} a ${pick(animals)} .`).join("\n");
    writeFileSync(join(folder, "books", "one.txt"), text(300));
    writeFileSync(join(folder, "books", "two.txt"), `${text(300)} Nicholas Nicholas Nicholas`);
    writeFileSync(join(folder, "three.txt"), text(300));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("gives the same words in the same slots each time", () => {
    const words = buildWords(folder, { ...slots, ...packing });
    expect(buildWords(folder, { ...slots, ...packing })).toEqual(words);
    expect(words.length).toBe(SLOTS);
    expect(wordsOf(unpackWords(packWords(words)))).toEqual(words);
  });

  test("takes words that more than one file has", () => {
    const words = buildWords(folder, { ...slots, ...packing });
    expect(words.filter((word) => word !== "").length).toBe(13);
    expect(words).not.toContain("nicholas");
  });

  test("puts words of one kind side by side", () => {
    const words = buildWords(folder, { ...slots, ...packing });
    const animals = "cat dog horse mouse sheep goat".split(" ").map((word) => words.indexOf(word));
    expect(Math.max(...animals) - Math.min(...animals)).toBe(5);
  });
});
