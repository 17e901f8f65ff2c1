import { describe, expect, test } from "@jest/globals";
import {
  byteCount,
  integer,
  levelList,
  nameList,
  onlyPositional,
  parse,
  UsageError,
} from "../src/commands/arguments.ts";
import { parseVersion } from "../src/contestants/installed.ts";
import { parseAccounting, parseLastCore, parseOwnTime, wrap } from "../src/measure/child.ts";
import { duration, figure } from "../src/report/format.ts";

describe("parseVersion", () => {
  test.each([
    ["gzip 1.12\nCopyright (C) 2018 Free Software Foundation, Inc.", "1.12"],
    ["bzip2, a block-sorting file compressor.  Version 1.0.8, 13-Jul-2019.", "1.0.8"],
    ["xz (XZ Utils) 5.4.1\nliblzma 5.4.1", "5.4.1"],
    ["*** Zstandard CLI (64-bit) v1.5.4, by Yann Collet ***", "1.5.4"],
    ["brotli 1.0.9", "1.0.9"],
    ["\n7-Zip [64] 16.02 : Copyright (c) 1999-2016 Igor Pavlov : 2016-05-21", "16.02"],
    ["zpaq v7.15 journaling archiver, compiled Jan  5 2021", "7.15"],
    ["usage: something [options]", "unknown"],
  ])("finds the version in %j", (output, version) => expect(parseVersion(output)).toBe(version));
});

describe("parseAccounting", () => {
  test("reads KiB and the sum of user and system time", () => {
    expect(parseAccounting("93900 1.65 0.03\n")).toEqual({ peakMemory: 93900 * 1024, cpuSeconds: 1.68 });
  });
  test("takes the last line, behind a program's complaints", () => {
    expect(parseAccounting("Command terminated\n1532 0.00 0.01\n").peakMemory).toBe(1532 * 1024);
  });
  test("refuses anything else", () => expect(() => parseAccounting("")).toThrow("expected"));
});

test("a program that times itself says so in JSON, whatever else it prints there", () => {
  expect(parseOwnTime('{"seconds":1.5,"cpuSeconds":1.25,"more":1}\n')).toEqual({ seconds: 1.5, cpuSeconds: 1.25 });
});

test.each([
  ["Name:\tnode\nCpus_allowed_list:\t0-1\n", 1],
  ["Cpus_allowed_list:\t0,2-3,7\n", 7],
  ["Cpus_allowed_list:\t4\n", 4],
  ["Name:\tnode\n", undefined],
])("the last core of %j is %p", (status, core) => expect(parseLastCore(status)).toBe(core));

test("a program is pinned and accounted for only where the machine can", () => {
  expect(wrap(["xz", "-9"], { core: 1, accounting: true }, "a")).toEqual([
    "taskset",
    "-c",
    "1",
    "/usr/bin/time",
    "-q",
    "-f",
    "%M %U %S",
    "-o",
    "a",
    "xz",
    "-9",
  ]);
  expect(wrap(["xz", "-9"], { core: undefined, accounting: false }, "a")).toEqual(["xz", "-9"]);
});

describe("arguments", () => {
  test("options have their defaults, and the rest is positional", () => {
    const { values, positionals } = parse(["folder", "--rounds", "5"], {
      rounds: { type: "string", default: "3" },
      level: { type: "string", default: "1" },
      out: { type: "string" },
    });
    expect([values.rounds, values.level, values.out, positionals]).toEqual(["5", "1", undefined, ["folder"]]);
  });
  test("an unknown option is a wrong command line", () => expect(() => parse(["--fast"], {})).toThrow(UsageError));
  test("bytes may be given in powers of 1024", () => {
    expect(["1000000", "64K", "3MiB", "2g"].map((text) => byteCount("--first", text))).toEqual([
      1_000_000,
      65_536,
      3 * 2 ** 20,
      2 ** 31,
    ]);
  });
  test.each(["0", "-1", "1.5", "many", "", "9999999999G"])("%j is no number of bytes", (text) => {
    expect(() => byteCount("--first", text)).toThrow(
      `--first: expected a number of bytes such as 1000000, 64K or 2G, got ${text}`,
    );
  });
  test("a level beyond 9 is refused with both sides in the message", () => {
    expect(levelList("--levels", "1,5,9")).toEqual([1, 5, 9]);
    expect(() => levelList("--levels", "1,12")).toThrow("--levels: expected an integer from 1 to 10, got 12");
  });
  test("integers are digits alone", () => {
    expect(integer("--rounds", "7", 1, 100)).toBe(7);
    expect(() => integer("--rounds", "1e2", 1, 100)).toThrow(UsageError);
  });
  test("a peer that is not in the table is refused with those that are", () => {
    expect(() => nameList("--peers", "gzip,rar", ["gzip", "xz"])).toThrow(
      "--peers: expected some of gzip, xz, got rar",
    );
  });
  test("a missing folder is a wrong command line", () => {
    expect(() => onlyPositional([], "one folder of files")).toThrow("expected one folder of files, got 0 arguments");
  });
});

describe("format", () => {
  test("figures have three significant digits", () => {
    expect([123.4, 12.34, 1.234, 0.1234, undefined].map(figure)).toEqual(["123", "12.3", "1.23", "0.123", "–"]);
  });
  test("durations show hours only where there are any", () => {
    expect([0.4, 59.6, 61, 3723].map(duration)).toEqual(["0:00", "1:00", "1:01", "1:02:03"]);
  });
});
