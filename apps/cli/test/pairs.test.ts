import { readFileSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { Folder } from "./support/command.ts";

const TEXT =
  "It was a bright cold day in April, and the clocks were striking. \u201cWho's there?\u201d he asked: nobody knew.\n" +
  "She paid $12.50 for 3 loaves of bread, as the zebra and the quick fox looked on; NASA said nothing at all.\n";

let folder: Folder;

beforeAll(async () => {
  folder = new Folder();
  writeFileSync(folder.file("text"), TEXT.repeat(30));
  writeFileSync(folder.file("lines"), TEXT);
  writeFileSync(folder.file("binary"), Uint8Array.of(0x61, 0x62, 0xff, 0x00, 0x63));
  await folder.pith("stats", "count", "text", "-o", "text.h5");
});
afterAll(() => folder.remove());

function read(name: string): string {
  return readFileSync(folder.file(name), "utf8");
}

describe("raw streams", () => {
  test.each([
    ["as it is", []],
    ["in the thesis's framing", ["--framing", "thesis"]],
    ["by the table", ["--model", "letter-table"]],
    ["by the table with other codes", ["--model", "letter-table", "--codes", "alphabetical"]],
    ["by the large resolver on two threads", ["--model", "resolver-large", "-T", "2"]],
  ])("come back: %s", async (_, options) => {
    expect(await folder.pith("pairs", "encode", "-f", ...options, "text")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await folder.pith("pairs", "decode", "-f", "text.pairs", "-o", "back")).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(read("back")).toBe(read("text"));
  });

  test("come back by a table whose words are looked up, with the same words alone", async () => {
    const options = ["--framing", "thesis", "--words", "english"];
    expect(await folder.pith("pairs", "encode", ...options, "text", "-o", "checked.pairs")).toMatchObject({ code: 0 });
    const back = await folder.pith("pairs", "decode", "--words", "english", "-c", "checked.pairs");
    expect(back).toEqual({ code: 0, stdout: read("text"), stderr: "" });
    writeFileSync(folder.file("list"), "zebra\nquick\n");
    for (const words of [[], ["--words", "list"]]) {
      const other = await folder.pith("pairs", "decode", ...words, "-c", "checked.pairs");
      expect([other.code, other.stderr]).toEqual([1, expect.stringMatching(/--words if it was written with them\n$/u)]);
    }
  });

  test("are searched for a word by its codes", async () => {
    await folder.pith("pairs", "encode", "lines", "-o", "lines.pairs");
    const found = await folder.pith("pairs", "find", "the", "lines.pairs");
    const places = Array.from(TEXT.matchAll(/\bthe\b/gi), ({ index }) => Buffer.byteLength(TEXT.slice(0, index)));
    expect(found).toEqual({ code: 0, stdout: `lines.pairs: ${places.join(" ")}\n`, stderr: "" });
    const { code, stderr } = await folder.pith("pairs", "find", "the", "text");
    expect([code, stderr]).toEqual([1, expect.stringContaining("pith pairs encode writes such streams")]);
  });

  test("by statistics need them again", async () => {
    await folder.pith(
      "pairs",
      "encode",
      "--statistics",
      "text.h5",
      "--framing",
      "thesis",
      "text",
      "-o",
      "by-statistics.pairs",
    );
    const again = await folder.pith("pairs", "decode", "--statistics", "text.h5", "-c", "by-statistics.pairs");
    expect(again).toEqual({ code: 0, stdout: read("text"), stderr: "" });
    const without = await folder.pith("pairs", "decode", "-c", "by-statistics.pairs");
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(/needs a decoder.* name the right one with --model or --statistics, /u);
  });

  test.each([
    ["the thesis's table", []],
    ["the large resolver", ["--model", "resolver-large"]],
    ["statistics and other codes", ["--statistics", "text.h5", "--codes", "alphabetical"]],
  ])("bare, they are text in the thesis's framing, and say what does not come back: %s", async (_, options) => {
    const { code, stderr } = await folder.pith("pairs", "encode", "--bare", "-f", ...options, "text", "-o", "bare");
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^pith: text: (lost \d+ of \d+|lossy, but nothing)/u)]);
    const bare = readFileSync(folder.file("bare"));
    // Nothing stands before the text, of which the first run begins with four letters as they are.
    expect(bare.subarray(0, 5).toString("latin1")).toBe("It was a bright".slice(0, 5));
    expect(bare.length).toBeLessThan(0.85 * read("text").length);
    const back = await folder.pith("pairs", "decode", "--bare", ...options, "-c", "bare");
    expect([back.code, back.stderr]).toEqual([0, ""]);
    expect(Buffer.from(back.stdout)).toHaveLength(Buffer.from(read("text")).length);
    const lost = Number(/lost (\d+)/u.exec(stderr)?.[1] ?? 0);
    const [was, is] = [Buffer.from(read("text")), Buffer.from(back.stdout)];
    expect(was.filter((byte, i) => byte !== is[i])).toHaveLength(lost);
  });

  test("bare, refuse what is no text, what is not framed, and codes that a model has not", async () => {
    const encoded = await folder.pith("pairs", "encode", "--bare", "binary", "-c");
    expect([encoded.code, encoded.stdout, encoded.stderr]).toEqual([
      1,
      "",
      expect.stringMatching(/at byte 2: .*UTF-8 first/u),
    ]);
    const decoded = await folder.pith("pairs", "decode", "--bare", "-c", "text.h5");
    expect([decoded.code, decoded.stderr]).toEqual([
      1,
      expect.stringContaining("pith pairs encode --bare writes such files"),
    ]);
    const codes = await folder.pith(
      "pairs",
      "encode",
      "--bare",
      "--model",
      "letter-table",
      "--codes",
      "thesis",
      "text",
      "-c",
    );
    expect(codes.stderr).toContain("--codes: with --bare expected beside --statistics, got with letter-table");
  });

  test("say what a lossy one lost, and where", async () => {
    const { code, stderr } = await folder.pith(
      "pairs",
      "encode",
      "--lossy",
      "--model",
      "letter-table",
      "text",
      "-o",
      "lossy",
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^pith: text: lost \d+ of \d+ coded characters \([\d.]+ %\): . → . \d+.*; at bytes \d+/u);
    expect((await folder.pith("pairs", "decode", "-c", "lossy")).stdout).toHaveLength(read("text").length);
    const { stdout } = await folder.pith("pairs", "encode", "--lossy", "--json", "text", "-f", "-o", "lossy");
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ status: "ok", wrong: expect.any(Number) }] });
  });

  test("keep what is not UTF-8, or refuse it with its place", async () => {
    await folder.pith("pairs", "encode", "binary");
    await folder.shell("pith pairs decode -c binary.pairs | cmp - binary && echo same > compared");
    expect(read("compared")).toBe("same\n");
    expect(await folder.pith("pairs", "encode", "--strict", "-c", "binary")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "pith: binary: a text is not UTF-8 at byte 2: expected UTF-8, got 0xff; without --strict it is kept as it is\n",
    });
  });

  test("that are none are refused", async () => {
    const { code, stderr } = await folder.pith("pairs", "decode", "-c", "text");
    expect([code, stderr]).toEqual([
      1,
      "pith: text: this is no stream of letter pairs at byte 0: expected 181, got 73; " +
        "pith pairs encode writes such streams; a .pith file is for pith -d\n",
    ]);
  });

  test("take a code table only where the decoder has none", async () => {
    const { code, stderr } = await folder.pith("pairs", "encode", "--codes", "thesis", "text");
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("--codes: expected with --statistics or --model letter-table"),
    ]);
  });
});

test("the method pairs compresses from the command line, and comes back", async () => {
  for (const words of [["text"], ["-T", "2", "--block-size", "4096", "text"]]) {
    expect(await folder.pith("-m", "pairs", "-f", ...words)).toMatchObject({ code: 0, stderr: "" });
    expect(await folder.pith("-dc", "text.pith")).toEqual({ code: 0, stdout: read("text"), stderr: "" });
  }
  expect((await folder.pith("-l", "text.pith")).stdout).toContain("pairs");
});

describe("messages", () => {
  test.each([[[]], [["--bits", "3"]], [["--form", "plain"]], [["--bits", "3", "--form", "plain"]]])(
    "come back: %j",
    async (options) => {
      await folder.shell(
        `printf 'See you at 8, at the usual place!' | pith pairs message ${options.join(" ")} > message`,
      );
      expect(readFileSync(folder.file("message")).length).toBeLessThan(25);
      expect(await folder.pith("pairs", "message", "--decode", "message")).toEqual({
        code: 0,
        stdout: "See you at 8, at the usual place!",
        stderr: "",
      });
    },
  );

  test("say what a lossy one lost", async () => {
    const { code, stderr } = await folder.shell(
      "printf 'the vexed quokka' | pith pairs message --bits 3 --lossy > message",
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^pith: standard input: (lost \d+ of 14|lossy, but nothing)/u),
    ]);
  });

  test("are measured line by line beside brotli", async () => {
    const { stdout } = await folder.pith("pairs", "message", "--lines", "lines");
    expect(stdout).toMatch(
      /^lines +number +message, mean +brotli -q 11, mean +not below brotli\nall lines +2 +\d+\.\d\d %/u,
    );
    const json = JSON.parse((await folder.pith("pairs", "message", "--lines", "--json", "lines")).stdout) as {
      files: { summaries: { count: number; mean: number; notBelow: number }[] }[];
    };
    expect(json.files[0].summaries[0]).toMatchObject({ count: 2, notBelow: 0 });
  });

  test("of other versions are named", async () => {
    writeFileSync(folder.file("other"), Uint8Array.of(0x41, 1, 2, 3));
    const { code, stderr } = await folder.pith("pairs", "message", "--decode", "other");
    expect([code, stderr]).toEqual([
      1,
      "pith: other: a message needs models of another version at byte 0: expected 0, got 2; " +
        "another version of pith wrote it; install that\n",
    ]);
  });
});
