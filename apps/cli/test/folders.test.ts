import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";

import { compressSync } from "@pith/codec";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { globFilter } from "../src/files/glob.ts";
import { leadsInside, placeOf } from "../src/files/extract/place.ts";
import { Folder, QUIET_SUCCESS, sampleText, until } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

/** Files of all sorts in `tree`. */
function plant(): void {
  mkdirSync(folder.file("tree/sub/deep"), { recursive: true });
  mkdirSync(folder.file("tree/.git"));
  folder.write("tree/b.txt", "the first");
  folder.write("tree/a.js", "let a;");
  folder.write("tree/sub/c.txt", sampleText(4_000));
  folder.write("tree/.git/HEAD", "ref");
  writeFileSync(Buffer.concat([Buffer.from(folder.file("tree/odd-")), Buffer.of(0xff)]), "odd");
  linkSync(folder.file("tree/b.txt"), folder.file("tree/sub/hard"));
  symlinkSync("../b.txt", folder.file("tree/sub/soft"));
  folder.write("tree/sub/hole", new Uint8Array(100_000));
  chmodSync(folder.file("tree/a.js"), 0o750);
  utimesSync(folder.file("tree/a.js"), "-300000000.25", "-300000000.25");
  lutimesSync(folder.file("tree/sub/soft"), 1000, 1000);
  chmodSync(folder.file("tree/sub/deep"), 0o555);
  // Finer times than those of microseconds Node cannot set.
  for (const name of ["b.txt", "sub/c.txt", "sub/hole", ".git/HEAD"])
    utimesSync(folder.file(`tree/${name}`), 1500, "1500.123456");
  utimesSync(Buffer.concat([Buffer.from(folder.file("tree/odd-")), Buffer.of(0xff)]), 1500, 1500);
  for (const name of ["sub/deep", "sub", ".git", ""]) utimesSync(folder.file(`tree/${name}`), 2000, 2000);
}

const [FOLDER, FILE, LINK] = [0o040000, 0o100000, 0o120000];

/** What is in a folder: of each its kind, rights, times, and what it holds. */
function facts(root: string): Record<string, unknown> {
  const all: [string, unknown][] = [];
  const look = (path: Buffer, place: Buffer): void => {
    for (const entry of readdirSync(path, { encoding: "buffer" })) {
      const inside = Buffer.concat([path, Buffer.from("/"), entry]);
      const name = Buffer.concat([place, entry]);
      const { mode, mtimeMs, nlink } = lstatSync(inside);
      const kind = mode & 0o170000;
      const held = kind === LINK ? readlinkSync(inside) : kind === FILE ? digestOf(readFileSync(inside)) : "";
      all.push([name.toString("latin1"), [mode, mtimeMs, kind === FILE ? nlink : 1, held]]);
      if (kind === FOLDER) look(inside, Buffer.concat([name, Buffer.from("/")]));
    }
  };
  look(Buffer.from(folder.file(root)), Buffer.alloc(0));
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A file that `tar` writes. */
function tarred(name: string, script: string): void {
  const { status, stderr } = spawnSync("bash", ["-ec", `mkdir -p made; cd made; ${script}`], {
    cwd: folder.path,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  folder.write(name, compressSync(folder.read(`made/${name}.tar`), { level: 1 }));
}

describe("pith FOLDER", () => {
  test("makes one archive, and extract gives back all that was in it", async () => {
    plant();
    expect(await folder.pith("-1", "tree")).toEqual(QUIET_SUCCESS);
    expect(folder.names()).toEqual(["tree", "tree.tar.pith"]);
    expect(await folder.pith("extract", "tree.tar.pith", "-C", "new/out")).toEqual(QUIET_SUCCESS);
    expect(facts("new/out")).toEqual({ tree: expect.anything(), ...prefixed(facts("tree")) });
    expect(statSync(folder.file("new/out/tree")).mtimeMs).toBe(2_000_000);
    // Some file systems take a block for a hole.
    expect(statSync(folder.file("new/out/tree/sub/hole")).blocks).toBeLessThan(100);
  });

  const prefixed = (all: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(all).map(([name, fact]) => [`tree/${name}`, fact]));

  test("makes what every tar reads in a pipe, and stops writing when that does", async () => {
    plant();
    const { code, stderr } = await folder.shell(
      "set -o pipefail; pith -1 -c tree > t.tar.pith; mkdir out; pith -dc t.tar.pith | tar -x -C out --warning=no-timestamp; pith -dc t.tar.pith | head -c 100 > /dev/null; echo ${PIPESTATUS[0]} > status",
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(facts("out/tree")).toEqual(facts("tree"));
    expect(["0\n", "141\n"]).toContain(Buffer.from(folder.read("status")).toString());
  });

  test("puts what is alike together, or leaves it as it is, and leaves out what it is told to", async () => {
    plant();
    const list = async (...words: string[]): Promise<string[]> => {
      const { stdout } = await folder.shell(
        `pith -1 tree ${words.join(" ")} -fo t.tar.pith && pith list --files t.tar.pith`,
      );
      return stdout.trim().split("\n");
    };
    expect(await list()).toEqual(
      [".git/HEAD", "a.js", "b.txt", "odd-\\xFF", "sub/c.txt", "sub/hole"]
        .map((name) => `tree/${name}`)
        .concat("tree", ...[".git", "sub", "sub/deep", "sub/hard", "sub/soft"].map((name) => `tree/${name}`)),
    );
    expect(await list("--order as-is --exclude-vcs --exclude '*.txt' --exclude 'tree/sub/[hd]*'")).toEqual([
      "tree",
      "tree/a.js",
      "tree/odd-\\xFF",
      "tree/sub",
      "tree/sub/soft",
    ]);
  });

  test("joins folders and files in one archive that has a name, and not itself", async () => {
    plant();
    folder.write("note", "noted");
    expect(await folder.pith("tree", "note", "-1")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("expected -o FILE"),
    });
    expect(await folder.pith("tree", "note", "-1o", "all.tar.pith")).toEqual(QUIET_SUCCESS);
    expect(await folder.pith("note", "tree/b.txt", "-1o", "two.tar.pith")).toEqual(QUIET_SUCCESS);
    expect((await folder.pith("list", "--files", "two.tar.pith")).stdout).toBe("b.txt\nnote\n");
    expect(
      await folder.shell(
        "cd tree; cp b.txt here.tar.pith; pith -1f . -o here.tar.pith && pith list --files here.tar.pith | grep here",
      ),
    ).toMatchObject({ code: 1, stdout: "", stderr: "" });
  });

  test.each([
    ["tree sub/tree -o t.tar.pith", "expected names that differ"],
    [". -1", "expected -o FILE for an archive of ."],
    ["tree --rm", "--rm: expected without folders"],
    ["tree --exclude '[a'", "expected a pattern with a ] for each ["],
  ])("%s is refused", async (words, message) => {
    mkdirSync(folder.file("tree"));
    mkdirSync(folder.file("sub/tree"), { recursive: true });
    expect(await folder.shell(`pith ${words}`)).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
    expect(folder.names()).toEqual(["sub", "tree"]);
  });

  test("warns of what it cannot read, and packs the rest", async () => {
    plant();
    const { code, stderr } = await folder.shell("pith -1 tree; test $? = 2 && pith -tq tree.tar.pith", "readdir:sub");
    expect([code, stderr]).toEqual([0, expect.stringContaining("tree/sub: warning: what is in it was left out")]);
  });
});

describe("pith extract", () => {
  test("gives back what is named: files, folders with all in them, patterns, a link as the file that it is", async () => {
    plant();
    await folder.pith("-1", "tree");
    const names = async (...words: string[]): Promise<string[]> => {
      const { code, stdout } = await folder.shell(
        `rm -rf out; pith extract tree.tar.pith -C out ${words.join(" ")}; s=$?; cd out; find . ! -type d | sort; exit $s`,
      );
      return [...stdout.trim().split("\n"), `${code}`];
    };
    expect(await names("tree/a.js")).toEqual(["./tree/a.js", "0"]);
    expect(await names("tree/sub/")).toEqual([
      "./tree/sub/c.txt",
      "./tree/sub/hard",
      "./tree/sub/hole",
      "./tree/sub/soft",
      "0",
    ]);
    expect(await names("'*.txt'", "nothing")).toEqual(["./tree/b.txt", "./tree/sub/c.txt", "1"]);
    expect(readFileSync(folder.file("out/tree/b.txt"), "utf8")).toBe("the first");
    expect(await names("tree/sub/hard")).toEqual(["./tree/sub/hard", "0"]);
    expect(readFileSync(folder.file("out/tree/sub/hard"), "utf8")).toBe("the first");
  });

  test("on a full disk leaves whole files alone, and says which option names another place", async () => {
    plant();
    await folder.pith("tree");
    const { code, stderr } = await folder.shell("pith extract tree.tar.pith tree/sub/c.txt -C out", "write:ENOSPC:0");
    expect([code, stderr]).toEqual([
      1,
      "pith: tree.tar.pith: no space is left on the disk; free some, or write elsewhere with -C\n",
    ]);
    expect(readdirSync(folder.file("out/tree/sub"))).toEqual([]);
  });

  test("leaves what is there, unless it is told otherwise", async () => {
    plant();
    await folder.pith("-1", "tree");
    folder.write("tree/b.txt", "changed");
    const refused = await folder.pith("extract", "tree.tar.pith", "tree/b.txt", "tree/a.js");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("tree/b.txt exists already; overwrite it with -f");
    expect(Buffer.from(folder.read("tree/b.txt")).toString()).toBe("changed");
    expect(await folder.pith("extract", "-f", "tree.tar.pith", "tree/b.txt")).toEqual(QUIET_SUCCESS);
    expect(Buffer.from(folder.read("tree/b.txt")).toString()).toBe("the first");
    // What else had the old file's name still has it.
    expect(readFileSync(folder.file("tree/sub/hard"), "utf8")).toBe("changed");
  });

  test("reads what tar and pith made together, from a pipe too", async () => {
    plant();
    const script = "tar -c tree | pith -1 | pith extract - -C out tree/sub/c.txt tree/a.js";
    expect(await folder.shell(script)).toEqual(QUIET_SUCCESS);
    expect(folder.read("out/tree/sub/c.txt")).toEqual(folder.read("tree/sub/c.txt"));
    expect(readdirSync(folder.file("out/tree")).sort()).toEqual(["a.js", "sub"]);
  });

  test("writes nothing outside of its folder, whatever an archive says, and does the rest", async () => {
    tarred(
      "evil.pith",
      `echo bad > x; ln -s /etc passwd; ln -s .. up; mkdir d; ln -s . d/dot; ln -s dot/../.. d/far; ln -s ../x d/fine; mkfifo pipe
       tar -Pcf evil.pith.tar --transform 's,^abs,/tmp/pith-evil,;s,^climb,../climbed,;s,^within,d/../../in,' passwd up d pipe x
       cp x abs; cp x climb; cp x within; mkdir e; cp x e/shadow
       tar -Prf evil.pith.tar --transform 's,^abs,/tmp/pith-evil,;s,^climb,../climbed,;s,^within,d/../../in,;s,^e/,passwd/,' abs climb within e/shadow`,
    );
    const { code, stderr } = await folder.pith("extract", "evil.pith", "-C", "a/out");
    expect(code).toBe(1);
    const problems = stderr
      .trim()
      .split("\n")
      .map((line) => line.replace(/^pith: /, "").replace(/; .*/, ""));
    expect(problems).toEqual([
      expect.stringMatching(/^passwd: not extracted: it is a symbolic link that may lead out of the folder, to \/etc/),
      expect.stringMatching(/^up: not extracted/),
      expect.stringMatching(/^d\/far: not extracted/),
      expect.stringMatching(/^pipe: not extracted: it is a fifo/),
      "/tmp/pith-evil: not extracted: its name is an absolute path",
      "../climbed: not extracted: its name leads out of its folder by ..",
      "d/../../in: not extracted: its name leads out of its folder by ..",
    ]);
    expect(readdirSync(folder.file("a"))).toEqual(["out"]);
    expect(Object.keys(facts("a/out")).sort()).toEqual(["d", "d/dot", "d/fine", "passwd", "passwd/shadow", "x"]);
  });

  test("follows no link that is there, nor one of the archive itself", async () => {
    tarred(
      "through.pith",
      "mkdir real; echo bad > real/file; ln -s elsewhere link; tar -cf through.pith.tar link real/file --transform 's,^real,link,'",
    );
    mkdirSync(folder.file("elsewhere"));
    mkdirSync(folder.file("out"));
    symlinkSync("../elsewhere", folder.file("out/link"));
    expect((await folder.pith("extract", "through.pith", "-C", "out")).stderr).toContain(
      "is a symbolic link, which is not followed",
    );
    expect((await folder.pith("extract", "-f", "through.pith", "-C", "fresh")).code).toBe(1);
    expect([readdirSync(folder.file("elsewhere")), readdirSync(folder.file("fresh/link"))]).toEqual([[], ["file"]]);
  });

  test("makes no hard link to what it did not extract: not around, and not to what was there", async () => {
    tarred(
      "hard.pith",
      "echo a > a; ln a b; tar -cf hard.pith.tar a b; tar -f hard.pith.tar --delete a; echo c > c; ln c d; tar -rf hard.pith.tar --transform 'flags=h;s,^c$,d,' c d",
    );
    mkdirSync(folder.file("out"));
    folder.write("out/a", "mine");
    const { code, stderr } = await folder.pith("extract", "hard.pith", "-C", "out");
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("b: not extracted: it is another name of a, which was not extracted"),
    ]);
    expect(statSync(folder.file("out/a")).nlink).toBe(1);
  });

  test("of two members with one name keeps the later, and makes what it is allowed to", async () => {
    tarred(
      "twice.pith",
      "echo 1 > f; ln -s /etc abs; mkfifo p; tar -cf twice.pith.tar f; echo 2 > f; tar -rf twice.pith.tar f abs p",
    );
    expect(await folder.pith("extract", "twice.pith", "-C", "out", "--any-links", "--devices")).toEqual(QUIET_SUCCESS);
    expect(readFileSync(folder.file("out/f"), "utf8")).toBe("2\n");
    expect(readlinkSync(folder.file("out/abs"))).toBe("/etc");
    expect(statSync(folder.file("out/p")).isFIFO()).toBe(true);
  });

  test("that is killed leaves whole files only, and the next run clears away the rest", async () => {
    mkdirSync(folder.file("many"));
    for (let i = 0; i < 25; i++) folder.write(`many/${i}`, sampleText(60_000 + i));
    await folder.pith("-1", "-m", "lz", "--block-size", "64KiB", "many");
    const child = folder.start("extract", "many.tar.pith", "-C", "out");
    await until(() => {
      try {
        return readdirSync(folder.file("out/many")).length > 3;
      } catch {
        return child.exitCode !== null;
      }
    });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    for (const name of readdirSync(folder.file("out/many"))) {
      if (!name.startsWith(".")) expect(folder.read(`out/many/${name}`)).toEqual(folder.read(`many/${name}`));
    }
    expect((await folder.pith("extract", "-f", "many.tar.pith", "-C", "out")).code).toBe(0);
    expect(readdirSync(folder.file("out/many")).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("says so of a damaged archive, after what comes before the damage", async () => {
    mkdirSync(folder.file("many"));
    for (let i = 0; i < 8; i++) folder.write(`many/${i}`, sampleText(60_000 + i));
    await folder.pith("-1", "-m", "lz", "--block-size", "64KiB", "many");
    const bytes = folder.read("many.tar.pith");
    bytes[bytes.length >> 1] ^= 1;
    folder.write("many.tar.pith", bytes);
    const { code, stderr } = await folder.pith("extract", "many.tar.pith", "-C", "out");
    expect([code, stderr]).toEqual([1, expect.stringContaining("pith: many.tar.pith: a block is damaged")]);
    expect(readdirSync(folder.file("out/many"))).toContain("0");
  });
});

describe("pith FOLDER --reference", () => {
  /** A tree that has been packed, and was changed since: a file is new, one is gone, one is another. */
  async function grow(): Promise<void> {
    plant();
    for (let i = 0; i < 20; i++) {
      folder.write(`tree/many-${i}`, sampleText(3000 + i));
      utimesSync(folder.file(`tree/many-${i}`), 1600, 1600);
    }
    await folder.pith("-1", "tree", "-o", "old.tar.pith");
    await folder.shell(
      "rm tree/a.js; echo new > tree/new; echo other > tree/many-3; touch -d @1700 tree/new tree/many-3 tree",
    );
  }

  test("packs only what is new, and both together give the tree as it is now", async () => {
    await grow();
    expect(await folder.pith("-1", "tree", "--reference", "old.tar.pith", "-o", "new.tar.pith")).toEqual(QUIET_SUCCESS);
    expect(folder.read("new.tar.pith").length).toBeLessThan(folder.read("old.tar.pith").length / 2);
    expect(await folder.pith("extract", "new.tar.pith", "-C", "out")).toEqual(QUIET_SUCCESS);
    expect(facts("out/tree")).toEqual(facts("tree"));
    const { stdout, stderr } = await folder.pith("list", "--files", "-v", "new.tar.pith");
    expect(stdout.split("\n").filter((line) => line.includes("many-")).length).toBe(20);
    expect(stderr).toMatch(/^builds on old\.tar\.pith, [\da-f]{64}: \d+ of its \d+ members are as they were\n$/);
  });

  test("says which archive it needs, by its fingerprint, and takes no other", async () => {
    await grow();
    const { stderr } = await folder.shell(
      "pith -1 tree --reference old.tar.pith -o new.tar.pith; mkdir far; mv old.tar.pith far/; pith extract new.tar.pith -C a; " +
        "pith -1 tree/sub -o old.tar.pith; pith extract new.tar.pith -C a; " +
        "cat new.tar.pith | pith extract - -C a; pith -1 tree -f --reference new.tar.pith -o new.tar.pith; pith tree/new --reference x; " +
        "pith extract new.tar.pith -C b --reference far/old.tar.pith",
    );
    const needs =
      "pith: new.tar.pith: it builds on old.tar.pith: expected an archive with the fingerprint ([\\da-f]{64})";
    const lines = [
      `${needs}, got none; name it with --reference`,
      `${needs}, got old.tar.pith with [\\da-f]{64}; name it with --reference`,
      "pith: standard input: the archive holds only what is new since another.*; where it builds on another archive, save it to a file first; .*",
      "pith: tree: it builds on .*|pith: tree: new.tar.pith cannot build on itself; write the new archive elsewhere with -o",
      "pith: x: no such file or folder; check its name",
      "",
    ];
    expect(stderr.split("\n").length).toBe(lines.length);
    for (const [i, line] of stderr.split("\n").entries()) expect(line).toMatch(new RegExp(`^(${lines[i]})$`));
    expect(facts("b/tree")).toEqual(facts("tree"));
  });
});

describe("pith list --files", () => {
  test("shows names; with -v all that is said; with --json to the nanosecond", async () => {
    plant();
    await folder.pith("-1", "tree");
    const { stdout } = await folder.pith("list", "--files", "-v", "tree.tar.pith");
    expect(stdout).toContain("-rwxr-x---            6 1960-06-29 18:39:59 tree/a.js\n");
    expect(stdout).toContain("lrwxrwxrwx            0 1970-01-01 00:16:40 tree/sub/soft -> ../b.txt\n");
    expect(stdout).toContain("tree/sub/hard = tree/b.txt\n");
    const { files }: { files: [{ members: { name: string }[] }] } = JSON.parse(
      (await folder.pith("list", "--files", "--json", "tree.tar.pith")).stdout,
    );
    expect(files[0].members.find(({ name }) => name === "tree/a.js")).toMatchObject({
      type: "file",
      size: 6,
      mode: 0o750,
      modified: "-300000000250000000",
    });
  });
});

test.each<[string, readonly string[], readonly string[]]>([
  ["*.js", ["a.js", "d/a.js", "a.js/b"], ["a.ts", "ajs", "a.js.map"]],
  ["d/*.js", ["d/a.js"], ["a.js", "d/e/a.js", "x/d/a.js"]],
  ["d/**/a", ["d/a", "d/e/a", "d/e/f/a/g"], ["e/d/a", "d/ba"]],
  ["**/a", ["a", "d/a"], ["ab"]],
  ["[ab]?", ["ax", "d/bé"], ["cx", "a", "axy"]],
  ["[!a-c]", ["d"], ["a", "b"]],
  ["[]]", ["]"], ["["]],
  ["a.b+(c)|$^", ["a.b+(c)|$^"], ["aXb"]],
  ["./d/", ["d", "d/x"], ["e/x"]],
])("the pattern %s means %p and not %p", (pattern, meant, others) => {
  const means = globFilter(pattern);
  expect([...meant, ...others].filter(means)).toEqual(meant);
});

test.each([
  ["a/b", 0, true],
  ["../a", 0, false],
  ["../a", 1, true],
  ["../../a", 1, false],
  ["a/../b", 3, false],
  ["./.././a", 1, true],
  ["/a", 5, false],
  ["..", 0, false],
  ["", 0, true],
])("a link to %p, %d deep, leads inside: %p", (link, depth, expected) => {
  expect(leadsInside(link, depth)).toBe(expected);
});

test("a place has no part that leads elsewhere", () => {
  expect(placeOf("./a//b/./c/")).toEqual(["a", "b", "c"]);
  expect(placeOf(".")).toEqual([]);
  expect(() => placeOf("a/..")).toThrow(/leads out/);
  expect(() => placeOf("//a")).toThrow(/absolute/);
});
