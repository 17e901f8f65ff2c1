import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Sampler } from "../src/verbs/analyze/sample.ts";
import { Folder, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
  const text = sampleText(20_000);
  // Blocks that come twice.
  writeFileSync(folder.file("source"), Buffer.concat([text, text.subarray(0, 8_000)]));
});
afterEach(() => folder.remove());

/** A safetensors file of one tensor. */
function weights(values: number): Buffer {
  const header = Buffer.from(
    JSON.stringify({ "layer.weight": { dtype: "F32", shape: [values], data_offsets: [0, 4 * values] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = Float32Array.from({ length: values }, (_, i) => Math.sin(i * i) / 50);
  return Buffer.concat([length, header, Buffer.from(data.buffer)]);
}

describe("a report", () => {
  test("shows what is claimed beside what can be achieved", async () => {
    const { code, stdout, stderr } = await folder.pith("analyze", "-1", "source");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^source: 28\.00 kB \(28,000 bytes\), blocks of 1,000 bytes, signature xxh64\n/);
    expect(stdout).toMatch(/^repeated blocks removed +20,0\d\d +71\.\d % /m);
    expect(stdout).toMatch(/^Pith, level 1 +[\d,]+ +\d+\.\d % /m);
    expect(stdout).toContain("Ratio by the paper's formula (RSRC, section 3.2): ");
    expect(stdout).toContain("It cannot be undone.");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("of a pipe is the same", async () => {
    const file = await folder.pith("analyze", "--sample=0", "source");
    const pipe = await folder.shell("cat source | pith analyze --sample=0 -");
    expect(pipe.stdout).toBe(file.stdout.replace("source:", "standard input:"));
    expect(file.stdout).not.toContain("Pith, level");
  });

  test("as JSON has all of it", async () => {
    const { stdout } = await folder.pith(
      "analyze",
      "--json",
      "-2",
      "--block-size=500",
      "--signature=md5",
      "--region=2",
      "source",
    );
    const { verb, exitCode, files } = JSON.parse(stdout);
    expect({ verb, exitCode }).toEqual({ verb: "analyze", exitCode: 0 });
    const [{ status, contentLength, analysis, pith, safetensors }] = files;
    expect({ status, contentLength, safetensors }).toEqual({ status: "ok", contentLength: 28_000, safetensors: null });
    expect(analysis.parameters).toMatchObject({ blockSize: 500, signature: "md5", region: 2 });
    expect(analysis.levels[0]).toMatchObject({ patternSize: 500, total: 56, repeats: { value: 16 } });
    await folder.shell("pith -2 -c source > packed.pith");
    expect(analysis.achievable.pith).toEqual({ size: pith.size, level: 2 });
    expect(pith).toEqual({
      level: 2,
      contentLength: 28_000,
      size: readFileSync(folder.file("packed.pith")).length,
      pieces: 1,
    });
  });

  test("as a page stands alone and is not written over another by accident", async () => {
    expect(await folder.pith("analyze", "--sample=0", "--html=page.html", "source")).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    const page = readFileSync(folder.file("page.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|https?:/);
    const again = await folder.pith("analyze", "--sample=0", "--html=page.html", "source");
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("page.html exists already") });
    const piped = await folder.shell("pith analyze --sample=0 --html=- --json source 2> facts");
    expect(piped.stdout).toBe(page);
    expect(JSON.parse(readFileSync(folder.file("facts"), "utf8")).files).toMatchObject([{ status: "ok", output: "-" }]);
  });

  test("goes on after a file that cannot be read", async () => {
    const { code, stdout, stderr } = await folder.pith("analyze", "--sample=0", "missing", "source");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "pith: missing: no such file or folder; check its name\n" });
    expect(stdout).toMatch(/^source: /);
  });
});

describe("of model weights", () => {
  beforeEach(() => writeFileSync(folder.file("model.safetensors"), weights(3_000)));

  test("the tensors are listed, and what a lossless code needs", async () => {
    const { code, stdout } = await folder.pith("analyze", "-1", "model.safetensors");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 tensor; F32: 1 tensor, 3,000 values, \d\d\.\d{3} bits each$/m);
    expect(stdout).toMatch(/^layer\.weight +F32 +3000 +12\.00 kB +[\d.]+ +[\d.]+ +[\d.]+ +\d\d\.\d{3}$/m);
    expect(stdout).toMatch(/^tensors, order 0 by field +[\d,]+ +\d\d\.\d % /m);
  });

  test("they are known by what they hold, whatever the file is called", async () => {
    const { stdout } = await folder.shell("pith analyze --json --sample=0 < model.safetensors");
    const [{ safetensors }] = JSON.parse(stdout).files;
    expect(safetensors.tensors).toMatchObject([{ name: "layer.weight", type: "F32", shape: [3000], values: 3000 }]);
    expect(safetensors.orderZero).toBeLessThan(12_000);
  });

  test("they can be listed without being read", async () => {
    expect(await folder.pith("analyze", "--tensors", "model.safetensors")).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^model\.safetensors: 12\.\d\d kB, 1 tensor\noffset +bytes +type +shape +tensor\n +\d+ +12000 +F32 +3000 +layer\.weight\n$/,
      ),
      stderr: "",
    });
    const { code, stderr } = await folder.pith("analyze", "--tensors", "source");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining("pith: source: bad header length at byte 0"),
    });
  });

  test("a bad header is an error with its facts", async () => {
    const bad = weights(3_000);
    bad.write("[3001]", bad.indexOf("[3000]"));
    writeFileSync(folder.file("bad.safetensors"), bad);
    const { code, stdout } = await folder.pith("analyze", "--json", "--sample=0", "bad.safetensors");
    expect(code).toBe(1);
    expect(JSON.parse(stdout).files).toEqual([
      {
        source: "bad.safetensors",
        status: "error",
        code: "invalid-field",
        message: expect.stringContaining("; take the file again from where it came; "),
        offset: bad.indexOf("[0,12000]"),
        expected: "12004 bytes (F32 × [3001])",
        got: 12_000,
      },
    ]);
  });

  test("what only looks like weights is analysed as bytes, with a warning", async () => {
    const { code, stdout, stderr } = await folder.shell("head -c 5000 model.safetensors | pith analyze --sample=0");
    expect(code).toBe(2);
    expect(stdout).toMatch(/^standard input: 5\.00 kB/);
    expect(stdout).not.toContain("layer.weight");
    expect(stderr).toMatch(
      /^pith: standard input: warning: looks like a safetensors file and is none, .* at byte 5000: /,
    );
  });
});

describe("bad input", () => {
  test.each([
    [
      "empty",
      ": > bad",
      1,
      "there is no data to analyse at byte 0: expected 1000, got 0; choose a smaller --block-size",
    ],
    [
      "too short",
      "head -c 999 source > bad",
      1,
      "the data is shorter than a block at byte 999: expected 1000, got 999; choose",
    ],
    [
      "a folder",
      "mkdir bad",
      2,
      "skipped: is a directory; name the files in it, or pack it: tar -c FOLDER | pith analyze",
    ],
  ])("a file that is %s", async (_name, script, code, message) => {
    const result = await folder.shell(`${script}; pith analyze --sample=0 bad`);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(`pith: bad: ${message}`);
  });

  test.each(["grow", "shrink"])("a file that begins to %s", async (change) => {
    const { code, stdout, stderr } = await folder.shell("pith analyze --sample=0 source", `${change}:source`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^pith: source: the data (changed its length while it was read|is shorter than a block) at byte \d+: expected \d+, got \d+; /,
    );
  });

  test.each([
    [
      ["--block-size=150", "source"],
      "--block-size: expected a multiple of 100, since patterns of a hundredth of it are looked for, got 150",
    ],
    [["--block-size=50", "source"], "--block-size: expected a size from 100 to 1000000, got 50"],
    [["--signature=sha1", "source"], "--signature: expected xxh64, md5, got sha1"],
    [["--memory=1GB", "-o", "x", "source"], "--output: expected with --refute"],
    [["--html=x", "source", "source"], "--html: expected one file, got 2"],
    [["--refute=5000", "source"], "--refute and --table: expected no FILE, got source"],
    [["--refute=5000", "--table=1KiB"], "--refute: expected without --table, got both"],
    [
      ["--refute=5000", "--block-size=500"],
      "--refute: blockSize: expected a multiple of 100 from 1000 to 3000, got 500",
    ],
  ])("%j", async (words, message) => {
    expect(await folder.pith("analyze", ...words)).toEqual({
      code: 1,
      stdout: "",
      stderr: `pith: ${message}\nTry pith --help.\n`,
    });
  });
});

describe("--refute", () => {
  test("makes two different files that have the same representation", async () => {
    const { code, stdout } = await folder.pith("analyze", "--refute=60000", "-o", "two");
    expect(code).toBe(0);
    const [first, second] = ["two.1", "two.2"].map((name) => readFileSync(folder.file(name)));
    expect([first.length, second.length]).toEqual([60_000, 60_000]);
    expect(first.equals(second)).toBe(false);
    for (const file of [first, second]) {
      expect(stdout).toContain(createHash("sha256").update(file).digest("hex"));
    }
    expect(stdout).toMatch(/"compressed representation" by the RSRC paper, \d+ bytes: the same/);
    expect(await folder.pith("analyze", "--refute=60000", "-o", "two")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("two.1 exists already"),
    });
    // And so says the analysis of the files themselves.
    const { files } = JSON.parse((await folder.pith("analyze", "--json", "--sample=0", "two.1", "two.2")).stdout);
    expect(files[0].analysis.claimed).toEqual(files[1].analysis.claimed);
  });

  test("gives its facts as JSON", async () => {
    const { files } = JSON.parse((await folder.pith("analyze", "--refute=3000", "--json")).stdout);
    expect(files).toMatchObject([{ size: 3000, representationsEqual: true, status: "ok" }]);
    expect(files[0].differentBytes).toBeGreaterThan(0);
    expect(files[0].sha256[0]).not.toBe(files[0].sha256[1]);
  });
});

test("--table reproduces the paper's rows up to a size, claimed beside achieved", async () => {
  const { code, stdout } = await folder.pith("analyze", "--table=10KiB", "-1");
  expect(code).toBe(0);
  const rows = stdout.split("\n").map((line) => line.trim().split(/ +/));
  expect(rows.slice(1, 9).map(([size, kind, claimed]) => [size, kind, claimed])).toEqual(
    ["1KB", "10KB"].flatMap((size) =>
      ["random", "structured", "text", "weights"].map((kind) => [size, kind, size === "1KB" ? "6.48" : "30.52"]),
    ),
  );
  expect(rows.slice(1, 9).every((row) => row.length === 8)).toBe(true);
  expect(stdout).toContain("The next row comes with --table 102400.");
});

describe("a sample", () => {
  const content = Uint8Array.from({ length: 1_000 }, (_, i) => i);
  const sampleOf = (
    limit: number,
    size: number | undefined,
    piece: number,
  ): { content: number[]; pieces: number } | undefined => {
    const sampler = new Sampler(limit, size);
    for (let i = 0; i < content.length; i += piece) sampler.push(content.subarray(i, i + piece));
    const sample = sampler.take();
    return sample && { content: [...sample.content], pieces: sample.pieces };
  };

  test.each([1, 7, 64, 1_000])("of a file is spread evenly over it, read in pieces of %i bytes", (piece) => {
    const starts = [0, 141, 282, 424, 565, 707, 848, 990];
    expect(sampleOf(80, 1_000, piece)).toEqual({
      content: starts.flatMap((start) => [...content.subarray(start, start + 10)]),
      pieces: 8,
    });
  });

  test("of a pipe is its beginning", () => {
    expect(sampleOf(80, undefined, 33)).toEqual({ content: [...content.subarray(0, 80)], pieces: 1 });
  });

  test("of what is short is all of it, and of size 0 none", () => {
    expect(sampleOf(2_000, 1_000, 100)).toEqual({ content: [...content], pieces: 1 });
    expect(sampleOf(0, 1_000, 100)).toBeUndefined();
  });
});
