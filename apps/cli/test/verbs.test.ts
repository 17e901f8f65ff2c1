import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
  writeFileSync(folder.file("source"), sampleText(20_000));
});
afterEach(() => folder.remove());

const VERSION: string = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

describe("messages", () => {
  test("-v prints a line a file", async () => {
    const { code, stdout, stderr } = await folder.pith("-v", "source");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(
      /^source: 20\.00 kB → \d+\.\d\d kB \(\d+\.\d %, \d\.\d\d bpc\), \d+\.\d s, \d+\.\d\d MB\/s\n$/,
    );
  });

  test("--version and --help go to standard output", async () => {
    expect(await folder.pith("--version")).toEqual({ code: 0, stdout: `pith ${VERSION}\n`, stderr: "" });
    const help = await folder.pith("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Usage: pith [OPTION…] [FILE…]");
  });

  test("misuse is an error that points to the help", async () => {
    expect(await folder.pith("--force=1", "--frobnicate")).toMatchObject({ code: 1, stdout: "" });
    expect(await folder.pith("--frobnicate")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: --frobnicate: no such option\nTry pith --help.\n",
    });
  });

  test("completions are printed for a shell that is known", async () => {
    expect((await folder.shell("pith completion bash | bash -n")).code).toBe(0);
    expect(await folder.pith("completion", "tcsh")).toMatchObject({
      code: 1,
      stderr: "pith: completion: expected bash, zsh, fish, got tcsh\nTry pith --help.\n",
    });
  });
});

describe("--json", () => {
  test("tells what compress and decompress did", async () => {
    const compressed = JSON.parse((await folder.pith("--json", "source", "missing")).stdout);
    expect(compressed).toMatchObject({
      verb: "compress",
      exitCode: 1,
      files: [
        { source: "source", status: "ok", output: "source.pith", contentLength: 20_000, removed: false },
        { source: "missing", status: "error", code: "ENOENT", message: "no such file or folder; check its name" },
      ],
    });
    const [{ fileLength, ratio, bitsPerCharacter }] = compressed.files;
    expect(fileLength).toBe(readFileSync(folder.file("source.pith")).length);
    expect(ratio).toBeCloseTo(fileLength / 20_000);
    expect(bitsPerCharacter).toBeCloseTo((8 * fileLength) / 20_000);
    const back = JSON.parse((await folder.pith("-d", "--json", "-f", "source.pith")).stdout);
    expect(back.files).toMatchObject([{ output: "source", contentLength: 20_000, fileLength }]);
  });

  test("goes to standard error where standard output carries the data", async () => {
    const { stderr } = await folder.shell("pith -c --json source > out.pith");
    expect(JSON.parse(stderr).files).toMatchObject([{ source: "source", output: "-" }]);
    expect((await folder.pith("-t", "out.pith")).code).toBe(0);
  });

  test("gives the facts of bad data", async () => {
    writeFileSync(folder.file("bad.pith"), "This is no compressed data at all.");
    const { code, stdout, stderr } = await folder.pith("-t", "--json", "bad.pith");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout).files).toMatchObject([{ status: "error", code: "not-pith", offset: 0 }]);
  });

  test("gives warnings", async () => {
    await folder.shell("ln -s source link");
    expect(JSON.parse((await folder.pith("--json", "--rm", "link")).stdout)).toMatchObject({
      exitCode: 2,
      files: [{ source: "link", status: "warning", warnings: ["not removed: is a symbolic link"] }],
    });
  });

  test.each([
    [["--nope"], { verb: null, error: { message: "--nope: no such option" } }],
    [["bench", "-"], { verb: "bench", error: { message: "bench: expected FILE, got standard input" } }],
    [["train", "source"], { verb: null, error: { message: "train: expected -o MODEL, got none" } }],
    [
      ["stats", "merge", "source", "-o", "x"],
      {
        verb: "stats merge",
        files: [{ status: "error" }],
        error: { message: expect.stringContaining("x was not written") },
      },
    ],
  ])("says what keeps a verb from being done: %j", async (words, document) => {
    const { code, stdout, stderr } = await folder.pith(...words, "--json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, ...document });
  });

  test("is valid for every verb", async () => {
    await folder.pith("source");
    for (const words of [
      ["-t", "source.pith"],
      ["-l", "source.pith"],
      ["-b", "--rounds=1", "--levels=1", "source"],
    ]) {
      const { verb, exitCode, files } = JSON.parse((await folder.pith("--json", ...words)).stdout);
      expect({ verb, exitCode }).toEqual({
        verb: { "-t": "test", "-l": "list", "-b": "bench" }[words[0]],
        exitCode: 0,
      });
      expect(files).toMatchObject([{ status: "ok", contentLength: 20_000 }]);
    }
  });
});

describe("test", () => {
  test("says that a file is whole", async () => {
    await folder.pith("source");
    expect(await folder.pith("test", "source.pith")).toEqual({
      code: 0,
      stdout: "source.pith: whole, 20.00 kB in 1 block\n",
      stderr: "",
    });
    expect(await folder.shell("pith -t < source.pith")).toMatchObject({
      code: 0,
      stdout: "standard input: whole, 20.00 kB in 1 block\n",
    });
    expect(await folder.shell("cat source.pith | pith -t")).toMatchObject({
      code: 0,
      stdout: "standard input: whole, 20.00 kB\n",
    });
  });

  test.each([
    ["cut off", "head -c 100 source.pith > bad", "it is cut off or damaged"],
    ["of another kind", "cp source bad", "is it a .pith file?"],
    ["of length 0", ": > bad", ""],
  ])("a file %s is an error", async (_name, script, advice) => {
    await folder.pith("source");
    const { code, stdout, stderr } = await folder.shell(`${script}; pith -t bad`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^pith: bad: /);
    expect(stderr).toContain(advice);
  });
});

test("what lies before the damage can be rescued", async () => {
  await folder.pith("-m", "stored", "--block-size=4KiB", "source");
  const file = new Uint8Array(readFileSync(folder.file("source.pith")));
  file[10_000] ^= 1;
  writeFileSync(folder.file("source.pith"), file);
  const { code, stdout, stderr } = await folder.pith("-dc", "source.pith");
  expect(code).toBe(1);
  expect(stdout).toBe(new TextDecoder().decode(sampleText(20_000).subarray(0, 8192)));
  expect(stderr).toContain("what is whole of it, and what is not, tells: pith salvage FILE");
});

test("list shows what a file is made of", async () => {
  await folder.shell("pith -c -m stored --block-size=16KiB source source > both.pith");
  const { code, stdout } = await folder.pith("list", "-v", "both.pith");
  expect(code).toBe(0);
  const lines = stdout.split("\n").map((line) => line.trim().split(/ {2,}/));
  expect(lines[0]).toEqual(["frames", "blocks", "file", "content", "ratio", "memory", "methods", "transforms", "name"]);
  expect(lines[1].slice(0, 2)).toEqual(["2", "4"]);
  expect(lines[1].slice(3, 4)).toEqual(["40.00 kB"]);
  expect(lines[1].slice(6)).toEqual(["stored", "–", "both.pith"]);
  // Frame, block, and where its content lies.
  expect(lines.slice(5, 9).map((line) => [line[0], line[1], line[4], line[5]])).toEqual([
    ["0", "0", "0", "16384"],
    ["0", "1", "16384", "3616"],
    ["1", "0", "20000", "16384"],
    ["1", "1", "36384", "3616"],
  ]);
  expect(lines[5][8]).toMatch(/^[0-9a-f]{16}$/);
  expect(lines[7][8]).toBe(lines[5][8]);
});

test("list of several files ends in their sum", async () => {
  await folder.shell("pith -m stored source; pith -c -1 source > small.pith");
  const { stdout } = await folder.pith("list", "source.pith", "small.pith");
  const rows = stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/));
  expect(rows.length).toBe(4);
  expect([rows[3][0], rows[3][1], rows[3][3], rows[3][6], rows[3].at(-1)]).toEqual([
    "2",
    "2",
    "40.00 kB",
    "stored, lz",
    "2 files",
  ]);
});

test("list of a pipe is that of the file", async () => {
  await folder.pith("source");
  const ofFile = JSON.parse((await folder.pith("list", "--json", "source.pith")).stdout).files[0];
  const { code, stdout } = await folder.shell("cat source.pith | pith list --json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout).files[0]).toEqual({ ...ofFile, source: "-" });
});

describe("a file of another format is named", () => {
  beforeEach(() => folder.shell("gzip -k source"));

  test.each([
    "pith -t source.gz",
    "pith -l source.gz",
    "pith -d -c source.gz",
    "cat source.gz | pith -t",
    "cat source.gz | pith -l",
  ])("%s", async (script) => {
    const { code, stdout, stderr } = await folder.shell(script);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/this is not a \.pith file .*; it is a file of gzip, which gunzip reads\n$/);
  });
});

test("--exclude-compressed leaves out what is compressed, by content, and this is no warning", async () => {
  await folder.shell("gzip -c source > packed; pith -c source > ours");
  const { code, stderr } = await folder.pith("--exclude-compressed", "-v", "packed", "ours", "source");
  expect(code).toBe(0);
  expect(stderr.split("\n").slice(0, 2)).toEqual([
    "packed: skipped: is compressed already: gzip",
    "ours: skipped: is compressed already: Pith",
  ]);
  expect(existsSync(folder.file("packed.pith"))).toBe(false);
  expect(existsSync(folder.file("source.pith"))).toBe(true);
});

describe("--range", () => {
  beforeEach(async () => {
    writeFileSync(folder.file("digits"), "0123456789".repeat(2_000));
    await folder.pith("-1", "--block-size=4KiB", "digits");
  });

  test.each([
    ["0:10", "0123456789"],
    ["4090:4103", "0123456789012"],
    ["19995:", "56789"],
    ["7:7", ""],
  ])("%s", async (range, expected) => {
    expect(await folder.pith("-d", "--range", range, "digits.pith")).toEqual({ code: 0, stdout: expected, stderr: "" });
  });

  test("over many blocks, into a file", async () => {
    expect((await folder.pith("-d", "-T2", "--range=1:19999", "-o", "part", "digits.pith")).code).toBe(0);
    expect(readFileSync(folder.file("part"), "utf8")).toBe("0123456789".repeat(2_000).slice(1, -1));
  });

  test("beyond the content is an error", async () => {
    expect(await folder.pith("-d", "--range", "0:20001", "digits.pith")).toMatchObject({
      code: 1,
      stderr:
        "pith: digits.pith: --range: expected START and END from 0 to 20000, the length of the content, got 0:20001\n",
    });
  });

  test("of a pipe is an error that says what to do", async () => {
    expect(await folder.shell("cat digits.pith | pith -d --range 0:1")).toMatchObject({
      code: 1,
      stderr: "pith: standard input: is a pipe, in which one cannot go back and forth; save it to a file first\n",
    });
  });
});

describe("a memory limit", () => {
  test("in which no level fits is an error that says what to do, and of threads nothing", async () => {
    const { code, stderr } = await folder.shell(
      "cat source source source source source source source | pith -9 --memory=1MiB -o out.pith",
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^pith: standard input: memoryLimit: .* lowest level, got 1048576; allow more with --memory/,
    );
    expect(stderr).not.toContain("threads");
  });

  test("that suffices for a short file changes nothing", async () => {
    const { code, stderr } = await folder.shell("pith -9 -c --memory=64MiB source | cmp - <(pith -9 -c source)");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test.each(["source", "< source"])("that does not suffice for the level is told, of %s", async (input) => {
    const { code, stderr } = await folder.shell(`pith -9 -c --memory=24MiB ${input} | pith -d | cmp - source`);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^pith: (source|standard input): warning: level 9 takes more than 24 MiB of memory: coded with level \d.*, which take \d+ MiB; allow more with --memory\n$/,
    );
  });
});

test("a limit of the output is an error before anything is written, and says what to do", async () => {
  const script = "pith -1 -f -o limited.pith source && pith -d --max-output 19999 -o limited.out limited.pith";
  const { code, stderr } = await folder.shell(script);
  expect(code).toBe(1);
  expect(stderr).toMatch(/at most 19999 bytes, got 20000 or more; allow more with --max-output/);
  expect((await folder.shell("pith -t --max-output 20000 limited.pith; ls limited.*")).stdout).toBe(
    "limited.pith: whole, 20.00 kB in 1 block\nlimited.pith\n",
  );
});

test("every number of threads gives the same output", async () => {
  const script = "for n in 1 2 3; do pith -1 -T$n --block-size=64KiB -c source source | cksum; done | uniq | wc -l";
  expect((await folder.shell(script)).stdout.trim()).toBe("1");
});

test("bench compares with gzip and brotli, and names their windows", async () => {
  const { code, stdout } = await folder.pith("bench", "--rounds=1", "--levels=1,3", "source");
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines[0]).toBe("source: 20.00 kB, one thread, median of 1 round");
  expect(lines.slice(2).map((line) => line.split("  ")[0])).toEqual([
    "pith -1",
    "pith -3",
    "gzip -1 (window 32 KiB)",
    "gzip -6 (window 32 KiB)",
    "gzip -9 (window 32 KiB)",
    "brotli -q 5 (window 16 MiB)",
    "brotli -q 9 (window 16 MiB)",
    "brotli -q 11 (window 16 MiB)",
  ]);
});
