import { describe, expect, test } from "@jest/globals";

import { parse, requireVerb, type Invocation } from "../src/interface/parse.ts";
import { FAMILIES } from "../src/verbs/registry.ts";

/** @param files names of files that are there */
function parsed(
  words: readonly string[],
  files: readonly string[] = ["a", "b", "x"],
  environment: Readonly<Record<string, string>> = {},
): Promise<Invocation> {
  return parse(words, FAMILIES, { lookUp: (name) => (files.includes(name) ? "file" : undefined), environment });
}

async function verbAndFiles(words: readonly string[], files?: readonly string[]): Promise<unknown> {
  const { verb, operands } = await parsed(words, files);
  return [verb?.name, operands];
}

async function given(...words: string[]): Promise<object> {
  return (await parsed(words)).given;
}

describe("the verb", () => {
  test("is compress unless something else is asked for", async () => {
    expect(await verbAndFiles(["a", "b"])).toEqual(["compress", ["a", "b"]]);
    expect(await verbAndFiles([])).toEqual(["compress", []]);
  });

  test("is the first word, and no other", async () => {
    expect(await verbAndFiles(["decompress", "a"])).toEqual(["decompress", ["a"]]);
    expect(await verbAndFiles(["a", "test"])).toEqual(["compress", ["a", "test"]]);
    expect(await verbAndFiles(["-v", "a", "bench"])).toEqual(["compress", ["a", "bench"]]);
  });

  test("is an option, and then every word is a file", async () => {
    expect(await verbAndFiles(["-d", "list"])).toEqual(["decompress", ["list"]]);
    expect(await verbAndFiles(["--list", "list"])).toEqual(["list", ["list"]]);
  });

  test("is two words of a family, and the second alone is a file", async () => {
    expect(await verbAndFiles(["stats", "count", "-v", "a"])).toEqual(["stats count", ["a"]]);
    expect(await verbAndFiles(["stats", "a"])).toEqual([undefined, ["a"]]);
  });

  test("is no word after --", async () => {
    expect(await verbAndFiles(["--", "list", "-d", "--"])).toEqual(["compress", ["list", "-d", "--"]]);
  });

  test("is one: two are an error", async () => {
    await expect(parsed(["-d", "-t", "a"])).rejects.toThrow("decompress and test: expected one thing to do, got two");
    await expect(parsed(["list", "-d", "a"])).rejects.toThrow("list and decompress: expected one thing to do, got two");
    expect(await verbAndFiles(["-dd", "a"])).toEqual(["decompress", ["a"]]);
    expect(await verbAndFiles(["list", "-l", "a"])).toEqual(["list", ["a"]]);
  });

  test("is asked for where a file has its name: pith * is no benchmark", async () => {
    await expect(parsed(["bench", "text"], ["bench"])).rejects.toThrow(
      "bench: is a verb, and a file here has that name; write ./bench for the file, or bench -- FILE… for the verb",
    );
    expect(await verbAndFiles(["bench", "--", "text"], ["bench"])).toEqual(["bench", ["text"]]);
    expect(await verbAndFiles(["-9", "bench", "text"], ["bench"])).toEqual(["compress", ["bench", "text"]]);
  });
});

describe("options", () => {
  test("are what was given, and no defaults", async () => {
    expect(await given("a")).toEqual({});
    expect(await given("--kind=auto", "-5", "a")).toEqual({ kind: "auto", level: 5 });
  });

  test("of one letter can be joined, a value at the end", async () => {
    expect(await given("-9vfcT4", "a")).toEqual({ level: 9, verbose: true, force: true, stdout: true, threads: 4 });
  });

  test("may stand after files", async () => {
    expect(await parsed(["a", "-3", "b", "--kind=text"])).toMatchObject({
      given: { level: 3, kind: "text" },
      operands: ["a", "b"],
    });
  });

  test("that take each other back: the last one counts", async () => {
    expect(await given("-1", "-9")).toEqual({ level: 9 });
    expect(await given("-1", "--max")).toEqual({ max: true });
    expect(await given("--max", "-1")).toEqual({ level: 1 });
    expect(await given("--rm", "-k")).toEqual({ keep: true });
    expect(await given("-k", "--rm")).toEqual({ remove: true });
    expect(await given("-v", "-q")).toEqual({ quiet: true });
  });

  test("take any word as their value, also one that looks like an option", async () => {
    expect(await given("-o", "-10", "a")).toEqual({ output: "-10" });
    expect(await given("-o", "--", "a")).toEqual({ output: "--" });
    expect(await given("--output=-d", "a")).toEqual({ output: "-d" });
  });

  test("- is a file", async () => {
    expect(await parsed(["-o", "-", "-"])).toMatchObject({ given: { output: "-" }, operands: ["-"] });
  });

  test("of compressing are accepted where tar passes them on to decompress", async () => {
    expect(await verbAndFiles(["-9", "--neural", "hidden=9", "-d", "a"])).toEqual(["decompress", ["a"]]);
  });

  test("that may be given several times are all kept", async () => {
    expect(await given("-d", "--network", "a", "--network=b")).toMatchObject({ network: ["a", "b"] });
  });
});

describe("the environment", () => {
  const within = async (environment: Record<string, string>, ...words: string[]): Promise<object> =>
    (await parsed(words, ["a"], environment)).given;

  test("says the level where no option does", async () => {
    expect(await within({ PITH_LEVEL: "7" }, "a")).toEqual({ level: 7 });
    expect(await within({ PITH_LEVEL: "10" }, "a")).toEqual({ max: true });
    expect(await within({ PITH_LEVEL: "7" }, "-3", "a")).toEqual({ level: 3 });
    expect(await within({ PITH_LEVEL: "7" }, "--max", "a")).toEqual({ max: true });
    expect(await within({ PITH_LEVEL: "7" }, "-d", "a")).toEqual({ decompress: true });
    expect(await within({ PITH_LEVEL: "" }, "a")).toEqual({});
  });

  test("gives options, of which each verb heeds its own, before those of the command line", async () => {
    const PITH_OPTIONS = " -T4  --kind text -q ";
    expect(await within({ PITH_OPTIONS }, "a")).toEqual({ threads: 4, kind: "text", quiet: true });
    expect(await within({ PITH_OPTIONS }, "-v", "-T1", "a")).toEqual({ threads: 1, kind: "text", verbose: true });
    expect(await within({ PITH_OPTIONS }, "list", "a")).toEqual({ quiet: true });
    expect(await within({ PITH_OPTIONS }, "stats", "show", "a")).toEqual({});
  });

  test.each([
    [{ PITH_LEVEL: "11" }, "PITH_LEVEL: expected an integer from 1 to 10, got 11"],
    [{ PITH_OPTIONS: "--rm" }, "PITH_OPTIONS: --rm: expected on the command line, since it decides what is done"],
    [{ PITH_OPTIONS: "-d" }, "PITH_OPTIONS: --decompress: expected on the command line"],
    [{ PITH_OPTIONS: "--nope" }, "PITH_OPTIONS: --nope: no such option"],
    [{ PITH_OPTIONS: "file" }, "PITH_OPTIONS: expected options, got file"],
    [{ PITH_OPTIONS: "-19" }, "PITH_OPTIONS: level: expected -1 to -9 or --max, got -19"],
  ])("%j is refused", async (environment, message) => {
    await expect(parsed(["a"], ["a"], environment as Record<string, string>)).rejects.toThrow(message);
  });
});

describe("a slip shows what may have been meant", () => {
  test.each([
    [["--outptu", "a"], "--outptu: no such option; did you mean --output?"],
    [["stats", "show", "--neighbors", "e", "a"], "--neighbors: no such option; did you mean --neighbours?"],
    [["--alphabett", "ab", "a"], "--alphabett: no such option; did you mean --alphabet?"],
    [["decompres", "a"], "decompres: no such file, and no verb; did you mean pith decompress?"],
    [["-v", "list", "a"], "list: no such file, and a verb is the first word; did you mean pith list?"],
    [["count", "a"], "count: no such file, and no verb; did you mean pith stats count?"],
    [["help"], "help: no such file, and no verb; did you mean pith --help?"],
    [
      ["stats", "cuont", "a"],
      "stats: expected count, merge, import, normalise, pair, show, evaluate, got cuont; did you mean count?",
    ],
  ])("%j", async (words, message) => {
    await expect(parsed(words).then(requireVerb)).rejects.toThrow(message);
  });

  test("and nothing where a file is there, or nothing is near", async () => {
    expect(await verbAndFiles(["lists"], ["lists"])).toEqual(["compress", ["lists"]]);
    expect(await verbAndFiles(["elephant"])).toEqual(["compress", ["elephant"]]);
    expect(await verbAndFiles(["--", "lists"])).toEqual(["compress", ["lists"]]);
    await expect(parsed(["--elephant"])).rejects.toThrow(/no such option$/);
  });
});

describe("misuse shows what was expected and what came", () => {
  test.each([
    [["-0"], "--null: expected with --files-from"],
    [["-19"], "level: expected -1 to -9 or --max, got -19"],
    [["--nope"], "--nope: no such option"],
    [["-z"], "-z: no such option"],
    [["-m"], "--method: expected METHOD, got nothing"],
    [["--force=1"], "--force: takes no value, got 1"],
    [
      ["-m", "zip"],
      "--method: expected auto, mix, ppm, dna, pairs, neural, rank, jpeg, lz, samples, weights, dedupe, stored, got zip",
    ],
    [["-T", "65"], "--threads: expected an integer from 0 to 64, got 65"],
    [["-t", "--rm"], "--rm: expected with compress, decompress, got with test"],
    [["bench", "-T", "2", "a"], "--threads: expected with compress, decompress, test, got with bench"],
    [["stats", "count", "--rm", "a"], "--rm: expected with compress, decompress, got with stats count"],
    [["--alphabet", "ab", "a"], "--alphabet: expected with shard plan, stats count, stats import, got with compress"],
    [["-o", ""], "--output: expected the name of a file, got an empty one"],
    [["-c", "-o", "a"], "--output: expected without --stdout, got both"],
    [["bench"], "bench: expected FILE, got none"],
    [["stats", "pair", "a", "b"], "stats pair: expected one FILE, got 2"],
    [["completion"], "completion: expected one SHELL, got none"],
    [["bench", "--levels", "5,9-1", "a"], "--levels: expected a range that goes up, got 9-1"],
  ])("%j", async (words, message) => {
    await expect(parsed(words)).rejects.toThrow(message);
  });
});

describe("an option that would do nothing is refused, also with the value that it has anyhow", () => {
  test.each([
    [["--neural", "hidden=64", "a"], "--neural: expected with --method neural or --method rank"],
    [
      ["-m", "mix", "--network", "n", "a"],
      "--network: expected with --method neural or --method rank, got --method mix",
    ],
    [["train", "a", "-o", "n", "--from", "m", "--hidden", "64"], "--hidden: expected without --from, got both"],
    [["train", "a", "-o", "n", "--backend", "cpu"], "--backend: expected with --trainer tensorflow"],
    [["stats", "evaluate", "a", "--statistics", "s", "--epochs", "100"], "--epochs: expected with --train"],
    [["stats", "pair", "a", "--steps", "2000"], "--steps: expected with --by swaps"],
    [["stats", "pair", "a", "--by", "exact", "--seed", "1"], "--seed: expected with --by swaps, got --by exact"],
    [["analyze", "a", "-o", "b"], "--output: expected with --refute"],
    [["pairs", "encode", "a", "--codes", "thesis"], "--codes: expected with --statistics or --model letter-table"],
  ])("%j", async (words, message) => {
    await expect(parsed(words)).rejects.toThrow(message);
  });
});
