import { describe, expect, test } from "@jest/globals";

import { parse } from "../src/interface/parse.ts";

function verbAndFiles(...words: string[]): [string, readonly string[]] {
  const { verb, operands } = parse(words);
  return [verb.name, operands];
}

describe("the verb", () => {
  test("is compress unless something else is asked for", () => {
    expect(verbAndFiles("a", "b")).toEqual(["compress", ["a", "b"]]);
    expect(verbAndFiles()).toEqual(["compress", []]);
  });

  test("is the first word, also after options and their values", () => {
    expect(verbAndFiles("decompress", "a")).toEqual(["decompress", ["a"]]);
    expect(verbAndFiles("-T", "2", "-v", "test", "a")).toEqual(["test", ["a"]]);
  });

  test("is an option, and then every word is a file", () => {
    expect(verbAndFiles("-d", "list")).toEqual(["decompress", ["list"]]);
    expect(verbAndFiles("--list", "list")).toEqual(["list", ["list"]]);
  });

  test("is two words of a family, and the second alone is a file", () => {
    expect(verbAndFiles("stats", "-v", "count", "a")).toEqual(["stats count", ["a"]]);
    expect(verbAndFiles("count", "a")).toEqual(["compress", ["count", "a"]]);
    expect(verbAndFiles("stats", "a")).toEqual(["stats", ["a"]]);
  });

  test("is no word after --", () => {
    expect(verbAndFiles("--", "list", "-d", "--")).toEqual(["compress", ["list", "-d", "--"]]);
  });

  test("is one: two are an error", () => {
    expect(() => parse(["-d", "-t", "a"])).toThrow("decompress and test: expected one thing to do, got two");
    expect(verbAndFiles("-dd", "a")).toEqual(["decompress", ["a"]]);
  });
});

describe("options", () => {
  test("have defaults", () => {
    expect(parse(["a"]).settings).toMatchObject({
      level: 5,
      method: "auto",
      threads: 1,
      memoryLimit: 2 ** 30,
      remove: false,
    });
  });

  test("of one letter can be joined, a value at the end", () => {
    expect(parse(["-9vfcT4", "a"]).settings).toMatchObject({
      level: 9,
      verbose: true,
      force: true,
      stdout: true,
      threads: 4,
    });
  });

  test("may stand after files", () => {
    expect(parse(["a", "-3", "b", "--kind=text"])).toMatchObject({
      settings: { level: 3, kind: "text" },
      operands: ["a", "b"],
    });
  });

  test("that contradict each other: the last one counts", () => {
    expect(parse(["-1", "-9"]).settings.level).toBe(9);
    expect(parse(["-1", "--max"]).settings.level).toBe(10);
    expect(parse(["--rm", "-k"]).settings.remove).toBe(false);
    expect(parse(["-k", "--rm"]).settings.remove).toBe(true);
    expect(parse(["-v", "-q"]).settings).toMatchObject({ verbose: false, quiet: true });
  });

  test("- is a file, and as an output it is standard output", () => {
    expect(parse(["-o", "-", "-"])).toMatchObject({ settings: { stdout: true, output: undefined }, operands: ["-"] });
  });

  test("of compressing are accepted where tar passes them on to decompress", () => {
    expect(parse(["-9", "-d"])).toMatchObject({ verb: { name: "decompress" } });
  });

  test("threads 0 is one a core", () => {
    expect(parse(["-T0"]).settings.threads).toBeGreaterThanOrEqual(1);
  });
});

describe("misuse shows what was expected and what came", () => {
  test.each([
    [["-0"], "level: expected -1 to -9 or --max, got -0"],
    [["-19"], "level: expected -1 to -9 or --max, got -19"],
    [["--nope"], "unknown option '--nope'"],
    [["-z"], "unknown option '-z'"],
    [["-m"], "option '-m, --method <METHOD>' argument missing"],
    [["-m", "zip"], "--method: expected auto, mix, dna, pairs, neural, rank, dedupe, stored, got zip"],
    [["-T", "65"], "--threads: expected an integer from 0 to 64, got 65"],
    [["-t", "--rm"], "--rm: expected with compress, decompress, got with test"],
    [
      ["bench", "-T", "2"],
      "--threads: expected with compress, decompress, test, pairs encode, pairs decode, got with bench",
    ],
    [["stats", "count", "--rm"], "--rm: expected with compress, decompress, got with stats count"],
    [["--alphabet", "ab", "a"], "--alphabet: expected with stats count, got with compress"],
    [["-o", ""], "--output: expected the name of a file, got an empty one"],
  ])("%j", (words, message) => {
    expect(() => parse(words)).toThrow(message);
  });
});
