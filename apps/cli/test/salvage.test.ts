import { mkdirSync, readdirSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

function flip(name: string, at: number): void {
  folder.write(
    name,
    folder.read(name).map((byte, i, { length }) => (i === (at < 0 ? length + at : at) ? byte ^ 1 : byte)),
  );
}

function text(name: string): string {
  return new TextDecoder().decode(folder.read(name));
}

/** An archive of 30 files in blocks of at most 4 KiB, which end where members do. */
async function pack(): Promise<void> {
  mkdirSync(folder.file("tree"));
  for (let i = 10; i < 40; i++) folder.write(`tree/${i}`, sampleText(1000 + i));
  expect(await folder.pith("-1", "--block-size", "4KiB", "tree")).toEqual(QUIET_SUCCESS);
}

describe("pith salvage", () => {
  test("gives back the members of an archive that are whole, and names what is missing of the others", async () => {
    await pack();
    flip("tree.tar.pith", 600);
    const { code, stdout, stderr } = await folder.pith("salvage", "tree.tar.pith", "-C", "out");
    expect(code).toBe(2);
    expect(stdout).toMatch(/^tree\.tar\.pith: 30 members are whole and given back, 1 are not\n$/);
    expect(stderr).toMatch(
      /^pith: tree\.tar\.pith: warning: bytes \d+ to \d+ of the file: 2560 bytes of content are missing at \d+: a block is damaged/,
    );
    expect(stderr).toMatch(/warning: not given back: tree\/\d\d: bytes \d+ to \d+ of 10\d\d are missing/);
    const names = readdirSync(folder.file("out/tree"));
    expect(names.length).toBeGreaterThan(20);
    expect(names.every((name) => text(`out/tree/${name}`) === text(`tree/${name}`))).toBe(true);

    const { result, files } = JSON.parse(
      (await folder.pith("salvage", "--json", "tree.tar.pith", "-C", "again")).stdout,
    );
    expect([result, files[0]]).toMatchObject([
      undefined,
      { status: "warning", missing: [{ contentLength: 2560 }], unknown: [], lost: [{ header: false }] },
    ]);
  });

  test("gives back what comes before and behind the damage of a file, and zeros between where they are asked for", async () => {
    folder.write("book", sampleText(30_000));
    await folder.pith("-1", "--block-size", "4KiB", "book");
    flip("book.pith", 2000);
    const { code, stdout } = await folder.pith("salvage", "book.pith");
    expect([code, stdout]).toEqual([2, "book.salvaged: 25.90 kB are whole; 4.10 kB are missing, at 1 place\n"]);
    await folder.pith("salvage", "--zeros", "-o", "zeros", "book.pith");
    const zeros = text("zeros");
    const start = zeros.indexOf("\0");
    expect(zeros).toBe(text("book").slice(0, start) + "\0".repeat(4096) + text("book").slice(start + 4096));
    expect(text("book.salvaged")).toBe(zeros.replaceAll("\0", ""));
    const again = await folder.pith("salvage", "book.pith");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("book.salvaged exists already")]);
  });

  test("has nothing to say of a file that is whole, and nothing to give of one that is none", async () => {
    folder.write("book", sampleText(5000));
    await folder.pith("-1", "book");
    expect(await folder.pith("salvage", "book.pith", "-o", "-")).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await folder.pith("salvage", "book", "-o", "out");
    expect([code, stderr]).toEqual([1, expect.stringContaining("pith: book: nothing of it is whole: ")]);
    expect(folder.names()).toEqual(["book", "book.pith"]);
  });
});

describe("pith extract", () => {
  test("says so of damage in the last bytes of an archive, which say where its index is", async () => {
    await pack();
    flip("tree.tar.pith", -10);
    for (const words of [
      ["extract", "-C", "out"],
      ["list", "--files"],
    ]) {
      const { code, stderr } = await folder.pith(...words, "tree.tar.pith");
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^pith: tree\.tar\.pith: a block is damaged/)]);
    }
    expect(readdirSync(folder.file("out/tree")).length).toBe(30);
  });

  test("names a few of the files that are there already, and counts the others", async () => {
    await pack();
    const { code, stderr } = await folder.pith("extract", "tree.tar.pith");
    expect(code).toBe(1);
    expect(stderr.split("\n").length).toBe(7);
    expect(stderr).toContain("pith: tree.tar.pith: 25 more exist already; overwrite them with -f");
  });
});
