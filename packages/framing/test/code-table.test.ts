import { describe, expect, test } from "@jest/globals";
import {
  ALPHABETICAL_TABLE,
  THESIS_TABLE,
  UNCODED,
  breakCode,
  codesByByte,
  formatCodeTable,
  parseCodeTable,
  type CodeTable,
} from "../src/index.ts";

const THREE_BITS: CodeTable = { bits: 3, groups: ["aeiou", "bcdfg", "hjklm", "npqr", "stv", "wxyz", " "] };

describe("code tables", () => {
  test("the thesis's table codes 28 characters in 15 codes", () => {
    const codes = codesByByte(THESIS_TABLE);
    const text = "fd pk. tr";
    expect(Array.from(text, (c) => codes[c.charCodeAt(0)])).toEqual([0, 0, 13, 1, 1, 14, 13, 12, 12]);
    expect(codes.filter((code) => code !== UNCODED)).toHaveLength(28);
    expect(breakCode(THESIS_TABLE)).toBe(15);
    expect(Array.from("AZ,\n0_~", (c) => codes[c.charCodeAt(0)])).toEqual(new Array(7).fill(UNCODED));
  });

  test("a table is read back as it was written", () => {
    expect(formatCodeTable(THESIS_TABLE)).toBe("fd pk cl go nw az hx mq is je yv bu tr _ .");
    const odd: CodeTable = { bits: 3, groups: ["\n\r", "\\", "_ ", "x", "A", "~\x7f", "\0"] };
    expect(formatCodeTable(odd)).toBe("\\x0a\\x0d \\x5c \\x5f_ x A ~\\x7f \\x00");
    for (const table of [THESIS_TABLE, ALPHABETICAL_TABLE, THREE_BITS, odd]) {
      expect(parseCodeTable(formatCodeTable(table))).toEqual(table);
    }
  });

  test.each([
    ["too few groups", "ab cd", "code table: expected 7 or 15 groups with spaces between them, got 2"],
    ["no groups", "", "code table: expected 7 or 15 groups with spaces between them, got 0"],
    ["a letter twice", "ab cd ef gh ij kl ma", 'groups[6]: expected each character once, got "a" as in groups[0]'],
    ["a character beyond ASCII", "ab cd ef gh ij kl mä", 'groups[6]: expected ASCII, got "ä"'],
    ["a lone backslash", "ab cd ef gh ij kl m\\n", "code table: expected \\xHH after a backslash, got m\\n"],
    ["a code beyond ASCII", "ab cd ef gh ij kl m\\xff", 'groups[6]: expected ASCII, got "ÿ"'],
  ])("%s is refused", (_, text, message) => {
    expect(() => parseCodeTable(text)).toThrow(new RangeError(message));
  });

  test.each([
    [{ bits: 4, groups: THREE_BITS.groups }, "groups: expected 15 for codes of 4 bits, got 7"],
    [{ bits: 3, groups: ["a", "", "c", "d", "e", "f", "g"] }, "groups[1]: expected at least one character, got none"],
    [{ bits: 5, groups: THREE_BITS.groups }, "bits: expected 3 or 4, got 5"],
  ])("a table that does not fit its bits is refused: %#", (table, message) => {
    expect(() => codesByByte(table as CodeTable)).toThrow(new RangeError(message));
    expect(() => formatCodeTable(table as CodeTable)).toThrow(new RangeError(message));
  });
});
