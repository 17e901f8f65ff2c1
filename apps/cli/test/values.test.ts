import { describe, expect, test } from "@jest/globals";

import { parseChoice, parseInteger, parseLevels, parseRange, parseSize, writeSize } from "../src/interface/values.ts";

describe("sizes", () => {
  test.each([
    ["4096", 4096],
    ["4k", 4096],
    ["4K", 4096],
    ["4KiB", 4096],
    ["4kB", 4096],
    ["1.5MiB", 1_572_864],
    ["1GiB", 2 ** 30],
  ])("%s is %d bytes", (text, size) => {
    expect(parseSize("--block-size", text, 1, 2 ** 31)).toBe(size);
  });

  test.each(["", "x", "-1", "4 MiB", "4T", "1e6", "0x10", "4KiBs"])("%j is no size", (text) => {
    expect(() => parseSize("--block-size", text, 1, 2 ** 31)).toThrow(
      `--block-size: expected a size from 1 to 2GiB, got ${text === "" ? "nothing" : text}`,
    );
  });

  test("beyond the limits is an error that names both limits", () => {
    expect(() => parseSize("--block-size", "2GiB", 4096, 2 ** 30)).toThrow(
      "expected a size from 4KiB to 1GiB, got 2GiB",
    );
    expect(() => parseSize("--block-size", "4095", 4096, 2 ** 30)).toThrow("from 4KiB to 1GiB, got 4095");
  });

  test("a written size reads as the same size", () => {
    for (const size of [0, 1, 1023, 1024, 1536, 2 ** 20, 3 * 2 ** 20, 2 ** 30, 2 ** 40, 12_345]) {
      expect(parseSize("size", writeSize(size), 0, 2 ** 50)).toBe(size);
    }
  });
});

test("integers keep to their limits", () => {
  expect(parseInteger("--threads", "64", 0, 64)).toBe(64);
  for (const text of ["65", "-1", "1.5", "", "two", "1 "]) {
    expect(() => parseInteger("--threads", text, 0, 64)).toThrow("--threads: expected an integer from 0 to 64, got");
  }
});

test("choices are spelled out in the error", () => {
  expect(parseChoice("--kind", "dna", ["text", "dna"])).toBe("dna");
  expect(() => parseChoice("--kind", "rna", ["text", "dna"])).toThrow("--kind: expected text, dna, got rna");
});

test("ranges may leave the end out", () => {
  expect(parseRange("--range", "3:10")).toEqual({ start: 3, end: 10 });
  expect(parseRange("--range", "3:")).toEqual({ start: 3, end: undefined });
  expect(parseRange("--range", ":10")).toEqual({ start: 0, end: 10 });
  expect(parseRange("--range", "5:5")).toEqual({ start: 5, end: 5 });
});

test.each(["", "5", "a:b", "10:5", "-1:5", "1:2:3", "9007199254740993:"])("%j is no range", (text) => {
  expect(() => parseRange("--range", text)).toThrow("--range: expected START:END in bytes");
});

test("lists of levels are sorted, without doubles", () => {
  expect(parseLevels("--levels", "9,1,3-5,4")).toEqual([1, 3, 4, 5, 9]);
  expect(parseLevels("--levels", "9-10")).toEqual([9, 10]);
});

test.each(["", "0", "11", "1,", "5-3", "1-11", "a"])("%j is no list of levels", (text) => {
  expect(() => parseLevels("--levels", text)).toThrow(/^--levels: expected/);
});
