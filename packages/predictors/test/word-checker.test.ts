import { describe, expect, test } from "@jest/globals";
import { createWordChecker, type LetterDecoder } from "../src/index.ts";

const GROUPS = ["fd", "pk", "cl", "go", "nw", "az", "hx", "mq", "is", "je", "yv", "bu", "tr", " ", "."];
const WORDS = ["the", "a", "upon", "bun", "big", "bug", "down", "dow", "don't", "Big"];

/** Cells of a text whose letters are known by their codes, but for those that are capitals or written as digits say. */
function cellsOf(text: string): Uint16Array {
  return Uint16Array.from(text, (character) => {
    const code = GROUPS.findIndex((group) => group.includes(character));
    return code < 0 ? character.charCodeAt(0) : 256 + code;
  });
}

/** Answers with a text whatever it is asked. */
const saying = (text: string): LetterDecoder => ({ decode: () => new TextEncoder().encode(text) });

function checked(truth: string, guess: string, words: readonly string[] = WORDS): string {
  const checker = createWordChecker({ decoder: saying(guess), groups: GROUPS, words });
  return new TextDecoder().decode(checker.decode(cellsOf(truth)));
}

describe("a word that is none", () => {
  test("becomes the word that has the same codes", () => {
    expect(checked("once upon a", "onle bpon z")).toBe("onle upon a");
  });

  test("becomes the one that differs least, and then the one that comes first", () => {
    // bis, bus: neither is a word; b u / g o / i s share codes.
    expect(checked("big", "uio", ["big", "bio"])).toBe("bio");
    expect(checked("big", "uso", ["usg", "uio"])).toBe("usg");
    expect(checked("big", "uso", ["uio", "usg"])).toBe("uio");
  });

  test("stays where no word has its codes, and where a letter is known to be another", () => {
    expect(checked("xyzzy", "hyaav")).toBe("hyaav");
    // The capital U is no code: it cannot have been a B.
    expect(checked("Upon", "Upow", ["upon", "bpon"])).toBe("Upon");
    expect(checked("Bpon", "Bpow", ["upon"])).toBe("Bpow");
  });
});

test("words stay as they are, and so does all that is no letter", () => {
  expect(checked("the bun, the bug.", "the bun, the bug.")).toBe("the bun, the bug.");
  expect(checked("12 a-the", "12 a-the")).toBe("12 a-the");
});

test("groups that are none are refused", () => {
  expect(() => createWordChecker({ decoder: saying(""), groups: [], words: [] })).toThrow(RangeError);
});
