import { mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

/** A file in `tree` at its top, one in a folder of its own; one that is compressed already; a symbolic link. */
function plant(): void {
  mkdirSync(folder.file("tree/sub"), { recursive: true, mode: 0o750 });
  folder.write("tree/a", "the first");
  folder.write("tree/sub/b", "the second");
  folder.write("tree/sub/old.pith");
  symlinkSync("a", folder.file("tree/link"));
}

function all(): string[] {
  return readdirSync(folder.path, { recursive: true, encoding: "utf8" })
    .filter((name) => !statSync(folder.file(name)).isDirectory())
    .sort();
}

describe("-r", () => {
  test("does the files in folders and in the folders in them, each where it lies", async () => {
    plant();
    expect(await folder.pith("-r", "tree")).toEqual(QUIET_SUCCESS);
    expect(all()).toEqual(
      ["tree/a", "tree/a.pith", "tree/link", "tree/sub/b", "tree/sub/b.pith", "tree/sub/old.pith"].sort(),
    );
    const { code, stdout } = await folder.shell(
      "rm tree/sub/old.pith; cd tree; pith -r --json -t . ; pith -rl ../tree",
    );
    expect(code).toBe(0);
    expect(stdout).toContain('"source": "./a.pith"');
    expect(stdout).toContain('"source": "sub/b.pith"');
    expect(stdout).toMatch(/ \.\.\/tree\/a\.pith\n.* \.\.\/tree\/sub\/b\.pith\n/);
    expect(await folder.shell("rm tree/a tree/sub/b; pith -dr tree; cat tree/a tree/sub/b")).toEqual({
      ...QUIET_SUCCESS,
      stdout: "the firstthe second",
    });
  });

  test("reports what cannot be read, and does the rest", async () => {
    plant();
    expect(await folder.shell("pith -r tree missing", "readdir:sub")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "pith: tree/sub: permission denied; the rights of the file or of its folder do not allow this\n" +
        "pith: missing: no such file or folder; check its name\n",
    });
    expect(all()).toContain("tree/a.pith");
  });
});

describe("--files-from", () => {
  test("takes names from a list, each a line, and from operands", async () => {
    for (const name of ["a", "two words", "-", "c"]) folder.write(name, name);
    folder.write("list", "a\n\ntwo words\n-");
    expect(await folder.pith("--files-from", "list", "c")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual([
      "-",
      "-.pith",
      "a",
      "a.pith",
      "c",
      "c.pith",
      "list",
      "two words",
      "two words.pith",
    ]);
  });

  test("takes names that end with zeros, from standard input, whatever their bytes", async () => {
    const script = String.raw`
      printf 'one\n' > "$(printf 'a\nb')"; mkdir d; printf two > "$(printf 'd/\377')"
      find . -type f -print0 | pith -0 --files-from - -c | pith -d | sort
      printf d | pith -r --files-from - && ls d | wc -l`;
    expect(await folder.shell(script)).toMatchObject({ code: 0, stdout: "one\ntwo\n2\n", stderr: "" });
  });

  test("an empty list is nothing to do, and not standard input", async () => {
    folder.write("list", "");
    expect(await folder.shell("echo hello | pith --files-from list")).toEqual(QUIET_SUCCESS);
    expect(await folder.pith("--files-from", "missing")).toMatchObject({
      code: 1,
      stderr: "pith: missing: no such file or folder; check its name\n",
    });
  });
});

describe("-o FOLDER/", () => {
  test("puts the outputs there as the sources lie under what was named, and makes the folders", async () => {
    plant();
    folder.write("c");
    expect(await folder.pith("-r", "tree/sub/b", "tree", "c", "-o", "new/out/")).toEqual(QUIET_SUCCESS);
    expect(readdirSync(folder.file("new/out"), { recursive: true, encoding: "utf8" }).sort()).toEqual(
      ["b.pith", "c.pith", "tree", "tree/a.pith", "tree/sub", "tree/sub/b.pith"].sort(),
    );
    expect(statSync(folder.file("new/out/tree/sub")).mode & 0o777).toBe(0o750);
    expect(await folder.shell("pith -dr new/out/tree -o back/ && diff -r -x '*.pith' -x link tree back/tree")).toEqual(
      QUIET_SUCCESS,
    );
  });

  test("is meant by the name of a folder that is there, too", async () => {
    folder.write("a");
    mkdirSync(folder.file("out"));
    expect(await folder.pith("-o", "out", "a")).toEqual(QUIET_SUCCESS);
    expect(readdirSync(folder.file("out"))).toEqual(["a.pith"]);
  });

  test("gives output of standard input no name", async () => {
    expect(await folder.shell("echo hello | pith -o out/")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: standard input: has no name that its output could have in a folder; name a file with -o\n",
    });
  });
});

describe("--output-dir-flat", () => {
  test("puts all outputs side by side, and never one in place of another", async () => {
    plant();
    mkdirSync(folder.file("other"));
    folder.write("other/b");
    expect(await folder.pith("-rf", "tree", "other", "--output-dir-flat", "out")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: other/b: out/b.pith is the output of another file already; write this one elsewhere with -o\n",
    });
    expect(readdirSync(folder.file("out")).sort()).toEqual(["a.pith", "b.pith"]);
    expect(await folder.shell("pith -dc out/b.pith")).toMatchObject({ stdout: "the second" });
  });
});

describe("-S", () => {
  test("is the suffix of outputs, and is taken off again, as the usual one is", async () => {
    folder.write("a", "hello ");
    folder.write("c", "again");
    expect(await folder.shell("pith -S .p a && pith c && rm a c && pith -dr -S .p . && cat a c")).toEqual({
      ...QUIET_SUCCESS,
      stdout: "hello again",
    });
    expect(folder.names()).toEqual(["a", "a.p", "c", "c.pith"]);
    expect(await folder.pith("-S", "a/b", "a")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--suffix: expected"),
    });
  });
});

describe("-dcf", () => {
  test("gives out as it is what no .pith file is", async () => {
    folder.write("a", "compressed ");
    folder.write("b", "plain ");
    folder.write("long", sampleText(300_000));
    expect(await folder.shell("pith a; : > empty; pith -dcf a.pith b empty; echo piped | pith -dcf")).toEqual({
      ...QUIET_SUCCESS,
      stdout: "compressed plain piped\n",
    });
    expect(await folder.shell("pith -dcf long | cmp - long")).toEqual(QUIET_SUCCESS);
    expect(await folder.pith("-dc", "b")).toMatchObject({ code: 1, stdout: "" });
    expect(await folder.pith("-df", "b", "-o", "out")).toMatchObject({ code: 1, stdout: "" });
  });
});
