/** Tables of other programs; test/hdf5-files/make.py made them with h5py. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";

import { importStatistics, readStatistics, writeStatistics, type ImportOptions, type Imported } from "../src/index.ts";

const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "hdf5-files", name)));

const imported = (name: string, options?: ImportOptions): Promise<Imported> => importStatistics(bytesOf(name), options);

/** What make.py has at a place of a table of this shape. */
const numberAt = ([, b, c]: readonly number[], [i, j, k]: readonly number[]): number => ((i * b + j) * c + k) % 7;

describe("a table of another program is imported", () => {
  test("the thesis's 29 characters: big-endian floats that are counts, deflated; its break is left out", async () => {
    const result = await imported("foreign-thesis.h5");
    expect(result).toMatchObject({ dataset: "frame", values: "counts", leftOut: { break: true, middle: false } });
    const { alphabet, window, pairs, characters, total } = result.counts;
    expect([alphabet, window]).toEqual(["abcdefghijklmnopqrstuvwxyz .", { before: 4, after: 3 }]);
    expect(pairs).toHaveLength(28 * 28 * 7);
    expect(pairs[(3 * 28 + 5) * 7 + 2]).toBe(BigInt(numberAt([29, 29, 7], [3, 5, 2])));
    const sums = Array.from({ length: 7 }, (_, d) =>
      Array.from({ length: 28 }, (_, n) => numberAt([29, 29, 7], [4, n, d])).reduce((a, b) => a + b),
    );
    expect(characters[4]).toBe(BigInt(Math.max(...sums)));
    expect(total).toBe(characters.reduce((a, b) => a + b));
  });

  test("is found in a group, with its distances first and the character's own place among them", async () => {
    const options = { alphabet: "abcde" } as const;
    const result = await imported("foreign-order.h5", options);
    expect(result).toMatchObject({
      dataset: "a/deep/one",
      axes: ["distance", "character", "neighbour"],
      values: "counts",
      leftOut: { break: false, middle: true },
    });
    const at = (character: number, neighbour: number, distance: number): bigint =>
      result.counts.pairs[(character * 5 + neighbour) * 7 + distance];
    expect(at(1, 2, 3)).toBe(BigInt(numberAt([8, 5, 5], [3, 1, 2])));
    // Behind the middle.
    expect(at(1, 2, 4)).toBe(BigInt(numberAt([8, 5, 5], [5, 1, 2])));
    const turned = await imported("foreign-order.h5", { ...options, axes: ["distance", "neighbour", "character"] });
    expect(turned.counts.pairs[(2 * 5 + 1) * 7 + 3]).toBe(at(1, 2, 3));
  });

  test("z-scores are told by their signs, probabilities by their fractions, and may be said to be something else", async () => {
    const options = { alphabet: "abc", window: { before: 1, after: 1 } } as const;
    const scores = await imported("foreign-scores.h5", { ...options, dataset: "/x" });
    expect(scores.values).toBe("z-scores");
    expect(scores.table).toMatchObject({ quantity: "probability", normalised: "neighbour" });
    expect(scores.table?.values[7]).toBe(numberAt([3, 3, 2], [1, 0, 1]) - 3.5);
    expect(scores.counts.total).toBe(0n);
    const shares = await imported("foreign-scores.h5", { ...options, dataset: "y" });
    expect([shares.values, shares.table?.normalised]).toEqual(["probability", "none"]);
    const said = await imported("foreign-scores.h5", { ...options, dataset: "y", values: "scores" });
    expect(said.table?.quantity).toBe("score");
  });

  test("and is written as statistics that are read again", async () => {
    const { counts, table } = await imported("foreign-scores.h5", {
      alphabet: "abc",
      window: { before: 2, after: 0 },
      dataset: "x",
    });
    expect(table).toBeDefined();
    const statistics = { counts, table: table! };
    expect(await readStatistics(await writeStatistics(statistics))).toEqual(statistics);
  });
});

describe("what cannot be imported says what would tell it", () => {
  test.each<[string, string, ImportOptions, RegExp]>([
    ["several tables", "foreign-scores.h5", {}, /several, name the one, got x \(3 × 3 × 2\), y \(3 × 3 × 2\)/],
    ["no such dataset", "foreign-scores.h5", { dataset: "z" }, /^dataset z: expected one of x \(3/],
    [
      "another shape",
      "foreign-order.h5",
      { dataset: "b" },
      /^dataset b: expected numbers along three axes, got .*4 × 4/,
    ],
    ["another alphabet", "foreign-scores.h5", { dataset: "x" }, /characters: expected 28, or an alphabet .*, got 3/],
    [
      "another window",
      "foreign-scores.h5",
      { dataset: "x", alphabet: "abc" },
      /distances: expected 7, or a window .*, got 2/,
    ],
    [
      "axes that do not fit",
      "foreign-thesis.h5",
      { axes: ["character", "distance", "neighbour"] },
      /expected as many characters as neighbours; .*got 29 × 29 × 7/,
    ],
    [
      "counts that are none",
      "foreign-scores.h5",
      { dataset: "x", alphabet: "abc", window: { before: 1, after: 1 }, values: "counts" },
      /expected counts: whole numbers .*, got -3.5/,
    ],
    ["a filter that is not there", "foreign-lzf.h5", {}, /filter that is not there.*h5repack/],
    ["another program's text", "make.py", {}, /signature/],
  ])("%s", async (_what, name, options, message) => {
    const failure = expect(imported(name, options)).rejects;
    await failure.toThrow(message);
    await expect(imported(name, options)).rejects.toMatchObject({ name: "PithError" });
  });

  test("options that are none", () => {
    expect(() => importStatistics(new Uint8Array(), { axes: ["character", "character", "distance"] })).toThrow(
      RangeError,
    );
    expect(() => importStatistics(new Uint8Array(), { values: "words" as "counts" })).toThrow(
      /^values: expected counts/,
    );
  });

  test("damage anywhere is refused or leaves numbers that a table may have", async () => {
    const bytes = bytesOf("foreign-thesis.h5");
    for (let at = 0; at < bytes.length; at += 397) {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << (at % 8);
      await importStatistics(damaged).then(
        ({ counts }) => expect(counts.pairs).toHaveLength(28 * 28 * 7),
        (error: unknown) => expect(error).toMatchObject({ name: "PithError" }),
      );
    }
  });
});
