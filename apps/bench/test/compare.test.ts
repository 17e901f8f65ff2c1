import { describe, expect, test } from "@jest/globals";
import { findInstalled, isInstalled, missingNotice } from "../src/contestants/installed.ts";
import { compare } from "../src/commands/compare.ts";
import { prepareFile } from "../src/measure/corpus.ts";
import { absent, copy, failing, lossy, reference, withFiles } from "./fakes.ts";

const corpus = { "a.txt": "some text, and more of it", "b.bin": new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 250, 251]) };

describe("a whole comparison", () => {
  test("measures every contestant on every file in every round", async () => {
    const trials: string[] = [];
    const results = await withFiles(corpus, (source) =>
      compare({
        source,
        contestants: [reference, copy],
        rounds: 2,
        clock: "wall",
        onTrial: ({ round, file, contestant, done, total }) =>
          trials.push([round, file, contestant, done, total].join(" ")),
      }),
    );
    // The second round starts with the other contestant.
    expect(trials).toEqual([
      "1 a.txt cat 0 8",
      "1 a.txt cp 1 8",
      "1 b.bin cat 2 8",
      "1 b.bin cp 3 8",
      "2 a.txt cp 4 8",
      "2 a.txt cat 5 8",
      "2 b.bin cp 6 8",
      "2 b.bin cat 7 8",
    ]);
    expect(results.failures).toEqual([]);
    expect(results.files).toEqual([
      { name: "a.txt", size: 25, kind: "text" },
      { name: "b.bin", size: 10, kind: "binary" },
    ]);
    expect(
      results.rows.map(({ file, contestant, size, bitsPerCharacter }) => [file, contestant, size, bitsPerCharacter]),
    ).toEqual([
      ["a.txt", "zpaq-5", 25, 8],
      ["a.txt", "copy", 25, 8],
      ["b.bin", "zpaq-5", 10, 8],
      ["b.bin", "copy", 10, 8],
    ]);
    for (const { contestant, compress, decompress } of results.rows) {
      for (const direction of [compress, decompress]) {
        expect(direction.seconds).toHaveLength(2);
        expect(direction.speed).toBeGreaterThan(0);
        if (contestant === "zpaq-5") expect(direction.toReference).toBe(1);
        else expect(direction.toReference).toBeGreaterThan(0);
      }
    }
  });

  test("uses only the first bytes and the files that were asked for", async () => {
    const results = await withFiles(corpus, (source) =>
      compare({ source, contestants: [copy], rounds: 1, clock: "cpu", first: 4, only: ["a.txt"] }),
    );
    expect(results.rows.map(({ file, size }) => [file, size])).toEqual([["a.txt", 4]]);
    expect(results.rows[0].compress.toReference).toBeUndefined();
  });

  test("names what differs or fails, and goes on with the others", async () => {
    const results = await withFiles(corpus, (source) =>
      compare({ source, contestants: [lossy, failing, copy], rounds: 2, clock: "wall", only: ["a.txt"] }),
    );
    expect(results.rows.map(({ contestant }) => contestant)).toEqual(["copy"]);
    expect(results.failures[0].message).toBe("head -c 3: the decompressed file differs from the original at byte 3");
    expect(results.failures[1].message).toMatch(/^cp: exit 1: cp: .*missing/);
  });

  test("skips what is not installed, and says which package brings it", async () => {
    const notices: string[] = [];
    const results = await withFiles(corpus, (source) =>
      compare({ source, contestants: [absent, copy], rounds: 1, clock: "wall", onNotice: (n) => notices.push(n) }),
    );
    expect(notices).toContain("nosuch -9 is not installed and is skipped; apt-get install nosuch-utils brings it");
    expect(results.skipped).toEqual([{ id: "absent", name: "nosuch -9", aptPackage: "nosuch-utils" }]);
    expect(results.contestants.map(({ id }) => id)).toEqual(["copy"]);
  });

  test.each([
    [{}, undefined, /has no files with content/],
    [{ empty: "" }, undefined, /has no files with content/],
    [{ a: "x" }, ["b"], /has no file b; it has a/],
  ])("of nothing is an error for people: %j, only %p", async (files, only, message) => {
    const run = (source: string) =>
      compare({ source, contestants: [copy], rounds: 1, clock: "wall", only: only ?? [] });
    await expect(withFiles(files, run)).rejects.toThrow(message);
  });

  test("of a folder that does not exist says so", async () => {
    const run = (source: string) =>
      compare({ source: `${source}/none`, contestants: [copy], rounds: 1, clock: "wall" });
    await expect(withFiles({}, run)).rejects.toThrow(/none does not exist/);
  });
});

test("what is measured on one file takes no folder", async () => {
  await withFiles(corpus, (source) => {
    expect(prepareFile(`${source}/a.txt`, `${source}/copies`, 4)).toMatchObject({ name: "a.txt", size: 4 });
    expect(() => prepareFile(source, `${source}/copies`)).toThrow("is a folder; give one file");
  });
});

describe("findInstalled", () => {
  test("finds programs in the path and by path", () => {
    expect(isInstalled("cp")).toBe(true);
    expect(isInstalled(process.execPath)).toBe(true);
    expect(isInstalled("cp", "/nonexistent")).toBe(false);
  });
  test("asks those that are there for their version", () => {
    const { present, missing } = findInstalled([reference, absent]);
    expect(present.map(({ version }) => version)).toEqual([expect.stringMatching(/^\d+\.\d+/)]);
    expect(missing).toEqual([absent]);
  });
  test("a missing Pith needs building, not a package", () => {
    expect(missingNotice({ ...absent, aptPackage: undefined as never })).toContain("npm run build");
  });
});
