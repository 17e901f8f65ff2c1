import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, PITH, QUIET_SUCCESS, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

function source(name = "source", content: Uint8Array = sampleText(5_000)): Uint8Array {
  folder.write(name, content);
  return content;
}

describe("a file and back", () => {
  test.each([
    ["empty", new Uint8Array()],
    ["of one byte", Uint8Array.of(0)],
    ["of all byte values", Uint8Array.from({ length: 256 }, (_, i) => i)],
    ["small enough to be coded at once", sampleText(100_000)],
    ["that streams through a worker", sampleText(400_000)],
  ])("%s", async (_name, bytes) => {
    source("source", bytes);
    expect(await folder.pith("-1", "source")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["source", "source.pith"]);
    expect(await folder.pith("-d", "source.pith", "-o", "back")).toEqual(QUIET_SUCCESS);
    expect(folder.read("back")).toEqual(bytes);
  });

  test("several files each get an output of their own", async () => {
    const a = source("a");
    const b = source("b", sampleText(10));
    expect(await folder.pith("a", "b")).toEqual(QUIET_SUCCESS);
    expect(await folder.shell("rm a b; pith -d a.pith b.pith")).toEqual(QUIET_SUCCESS);
    expect([folder.read("a"), folder.read("b")]).toEqual([a, b]);
  });

  test("a file named like a verb or an option", async () => {
    for (const name of ["test", "-d"]) source(name);
    expect(await folder.pith("--", "test", "-d")).toEqual(QUIET_SUCCESS);
    expect(await folder.pith("./test", "-f")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["-d", "-d.pith", "test", "test.pith"]);
  });
});

describe("pipes", () => {
  test("without files it reads standard input and writes standard output", async () => {
    expect(await folder.shell("seq 1000 | pith -1 | pith -d | cksum; seq 1000 | cksum")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^(.+)\n\1\n$/),
      stderr: "",
    });
  });

  test("a long pipe comes back whole", async () => {
    const { stdout } = await folder.shell("seq 60000 | pith -1 | pith -d | cksum; seq 60000 | cksum");
    expect(stdout).toMatch(/^(.+)\n\1\n$/);
  });

  test("- is standard input among files, and joined outputs decompress to joined contents", async () => {
    writeFileSync(folder.file("a"), "one ");
    expect(await folder.shell("echo two | pith -c a - > both.pith; cat both.pith both.pith | pith -d")).toEqual({
      code: 0,
      stdout: "one two\none two\n",
      stderr: "",
    });
  });

  test("the names of standard input and output mean those", async () => {
    const script =
      "echo hello | pith /dev/stdin | pith -d -o /dev/stdout; echo again | pith -c /dev/fd/0 | pith -d /proc/self/fd/0";
    expect(await folder.shell(script)).toEqual({ ...QUIET_SUCCESS, stdout: "hello\nagain\n" });
  });

  test("a substituted process is read as a pipe", async () => {
    expect(await folder.shell("pith <(echo hello) | pith -d")).toEqual({ ...QUIET_SUCCESS, stdout: "hello\n" });
  });

  test("closed standard input is an error, and no empty file", async () => {
    expect(await folder.shell("pith -o out <&-")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: standard input: is closed; name a file, or open it with < FILE\n",
    });
    expect(folder.names()).toEqual([]);
    expect(await folder.shell("pith < /dev/null | pith -d")).toEqual(QUIET_SUCCESS);
  });

  test("closed standard output is an error where it would carry the data", async () => {
    source();
    const { code, stderr } = await folder.shell("pith -c source >&-");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "pith: source: standard output is closed, so that the output would be lost; use > FILE, or -o FILE\n",
    });
    expect(await folder.shell("pith -c source > /dev/null && pith source >&-")).toEqual(QUIET_SUCCESS);
  });

  test("a pipe at standard output leaves packages behind links what they are", async () => {
    source();
    const unbundled = PITH.replace("bin/pith.js", "dist/main.js");
    const { stderr, stdout } = await folder.shell(`"${process.execPath}" "${unbundled}" -1c source | pith -d`);
    expect({ stderr, stdout }).toEqual({ stderr: "", stdout: new TextDecoder().decode(folder.read("source")) });
  });

  test("a reader that stops early ends it quietly, as a broken pipe does", async () => {
    source("source", sampleText(300_000));
    await folder.pith("-1", "source");
    const { stderr, stdout } = await folder.shell(
      "pith -dc source.pith source.pith source.pith | head -c 10; status=${PIPESTATUS[0]}; echo; echo $status",
    );
    expect(stderr).toBe("");
    expect(stdout).toBe(`${new TextDecoder().decode(sampleText(10))}\n141\n`);
  });

  test("a full disk at standard output is an error", async () => {
    if (!existsSync("/dev/full")) return;
    source();
    expect(await folder.shell("pith -c source > /dev/full")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "pith: source: cannot write to standard output, where a part may lie now: " +
        "no space is left on the disk; free some, or write elsewhere with -o\n",
    });
  });

  test("a named pipe is read where the output needs no attributes", async () => {
    expect(await folder.shell("mkfifo pipe; (echo hello > pipe) & pith -c pipe | pith -d")).toMatchObject({
      code: 0,
      stdout: "hello\n",
    });
  });
});

describe("files that the system makes up", () => {
  test("have a size of 0 and are read to their end", async () => {
    if (!existsSync("/proc/self/mountinfo")) return;
    expect(await folder.shell("pith -c /proc/version | pith -d | cmp - /proc/version")).toEqual(QUIET_SUCCESS);
    expect(await folder.shell("pith -o version.pith /proc/version")).toEqual(QUIET_SUCCESS);
    expect(await folder.shell("pith < /proc/version | pith -d | cmp - /proc/version")).toEqual(QUIET_SUCCESS);
  });
});

describe("overwriting", () => {
  const REFUSAL = {
    code: 1,
    stdout: "",
    stderr: "pith: source: source.pith exists already; overwrite it with -f, or write elsewhere with -o\n",
  };

  test("is refused, and what was there stays", async () => {
    source();
    source("source.pith", sampleText(10));
    expect(await folder.pith("source")).toEqual(REFUSAL);
    expect(folder.read("source.pith")).toEqual(sampleText(10));
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test("is done with -f", async () => {
    const bytes = source();
    source("source.pith", sampleText(10));
    expect(await folder.pith("-f", "source")).toEqual(QUIET_SUCCESS);
    await folder.pith("-do", "back", "source.pith");
    expect(folder.read("back")).toEqual(bytes);
  });

  test("of what appeared meanwhile is refused, and done with -f", async () => {
    source();
    expect(await folder.shell("pith source", "race:read:appear")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: source: cannot write source.pith: it has appeared meanwhile; overwrite it with -f\n",
    });
    expect(folder.read("source.pith")).toEqual(new TextEncoder().encode("somebody else's"));
    expect(await folder.shell("rm source.pith; pith -f source", "race:read:appear")).toEqual(QUIET_SUCCESS);
    expect(await folder.shell("pith -dc source.pith | cmp - source")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test("of the source itself is refused even with -f", async () => {
    const bytes = source();
    expect(await folder.pith("-f", "-o", "./source", "source")).toMatchObject({
      code: 1,
      stderr: "pith: source: ./source is the source itself; name another file with -o\n",
    });
    expect(folder.read("source")).toEqual(bytes);
  });

  test("of a folder is refused even with -f", async () => {
    source();
    mkdirSync(folder.file("source.pith"));
    expect(await folder.pith("-f", "source")).toMatchObject({
      code: 1,
      stderr: "pith: source: source.pith is a directory; name a file with -o\n",
    });
  });

  test("a device is written to and stays what it is", async () => {
    source();
    expect(await folder.pith("-o", "/dev/null", "source")).toEqual(QUIET_SUCCESS);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(await folder.pith("--rm", "-o", "/dev/null", "source")).toMatchObject({ code: 1 });
    expect(folder.names()).toEqual(["source"]);
  });
});

describe("what is no file to compress", () => {
  test("a folder in a list of files is left out with a warning", async () => {
    mkdirSync(folder.file("sub"));
    folder.write("list", "sub\n");
    expect(await folder.pith("--files-from", "list")).toEqual({
      code: 2,
      stdout: "",
      stderr: "pith: sub: skipped: is a directory; use -r for the files in it; pith FOLDER packs it\n",
    });
  });

  test("a pipe or device is left out with a warning", async () => {
    expect(await folder.shell("mkfifo pipe; pith pipe")).toMatchObject({
      code: 2,
      stderr: "pith: pipe: skipped: is not a regular file; with -c or -o it is read as a stream\n",
    });
  });

  test("a missing file is an error, and the others are done", async () => {
    source();
    expect(await folder.pith("missing", "source")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: missing: no such file or folder; check its name\n",
    });
    expect(folder.names()).toEqual(["source", "source.pith"]);
  });

  test("-q silences warnings, not errors", async () => {
    folder.write("old.pith");
    expect(await folder.pith("-q", "old.pith")).toEqual({ code: 2, stdout: "", stderr: "" });
    expect((await folder.pith("-q", "missing")).stderr).not.toBe("");
  });

  test("a file without permission is an error", async () => {
    source();
    expect(await folder.shell("pith source", "open:EACCES")).toMatchObject({
      code: 1,
      stderr: "pith: source: permission denied; the rights of the file or of its folder do not allow this\n",
    });
  });

  test("a folder for the output that does not exist is an error", async () => {
    source();
    expect(await folder.pith("-o", "sub/out", "source")).toMatchObject({
      code: 1,
      stderr: "pith: source: cannot write sub/out: no such file or folder; check its name\n",
    });
  });
});

describe("a file that changes while it is read", () => {
  test("grows: what was read is kept, with a warning", async () => {
    const bytes = source();
    const { code, stderr } = await folder.shell("pith --rm source", `grow:${folder.file("source")}`);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "pith: source: warning: not removed: grew while it was read: 5000 bytes at first, 5008 at last; " +
        "the output holds what was read, 5008 bytes\n",
    });
    expect(folder.names()).toEqual(["source", "source.pith"]);
    await folder.pith("-do", "back", "source.pith");
    expect(folder.read("back").subarray(0, bytes.length)).toEqual(bytes);
  });

  test("shrinks: what was read is kept, with a warning", async () => {
    source();
    expect(await folder.shell("pith source", `shrink:${folder.file("source")}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("shrank while it was read: 5000 bytes at first, 10 at last"),
    });
  });
});
