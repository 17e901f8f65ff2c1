import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { compileKernel } from "@pith/core";
import { KERNELS } from "../src/generated/kernels.ts";
import { compress, compressSync, decompress, decompressSync, loadKernels } from "../src/index.ts";
import { needsToEncode } from "../src/plan/kernels.ts";

const english = new TextEncoder().encode("It was a dark and stormy night; the rain fell in torrents. ".repeat(60));
const bases = new TextEncoder().encode("ACGTTGCAAC".repeat(500));
const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) ^ (i >> 3));
/** Looks like neither: a text with some bytes that none has. */
const doubtful = Uint8Array.from(english, (byte, i) => (i % 20 === 0 ? 0 : byte));

const settings = { level: 5, method: "auto", kind: "auto" } as const;
const namesOf = (...[of, content]: Parameters<typeof needsToEncode>): string[] =>
  needsToEncode(of, content)
    .kernels.map(({ name }) => name.replace("@pith/codec/", ""))
    .sort();

describe("kernels that a block may take", () => {
  test("are one where a look decides what the content is", () => {
    expect(namesOf(settings, english)).toEqual(["mix-text"]);
    expect(namesOf(settings, bytes)).toEqual(["mix-binary", "mix-data"]);
    expect(namesOf(settings, bases)).toEqual(["dna", "mix-text"]);
  });

  test("are those of both kinds, and of the trial, where it does not", () => {
    const trial = ["mix-binary-fast", "mix-text-fast"];
    expect(namesOf(settings, doubtful)).toEqual(["mix-binary", "mix-data", "mix-text", ...trial].sort());
  });

  test("are that of the level, and those of lower levels that may do better where little is coded", () => {
    const of = (level: number): string[] =>
      namesOf({ ...settings, level, method: "mix" }, english).map((name) => name.slice(9));
    expect([1, 3, 6].map(of)).toEqual([["fast"], [""], ["", "plus"]]);
    expect(of(9)).toEqual(["", "best", "plus", "strong", "strong-plus"]);
    expect(namesOf({ ...settings, level: 3 }, english)).toEqual(["lz", "ppm"]);
  });

  test("are that of copies at the levels that copy", () => {
    for (const content of [english, bytes, doubtful])
      expect(namesOf({ ...settings, level: 1 }, content)).toEqual(["lz"]);
    expect(namesOf({ ...settings, level: 2 }, bases)).toEqual(["dna", "mix-text"]);
    expect(namesOf({ ...settings, level: 2 })).toEqual(["dna", "lz", "mix-text"]);
    expect(needsToEncode({ ...settings, level: 1 }, bytes).words).toBe(false);
    expect(needsToEncode({ ...settings, level: 1 }, english).words).toBe(true);
  });

  test("are those of text and of lines of fields where text is not all prose", () => {
    const log = new TextEncoder().encode("08:15:02 [disk] 4711 = 0x12ab;\n".repeat(90));
    expect(namesOf(settings, log)).toEqual(["mix-lines", "mix-text"]);
  });

  test("are those of machine code where content has calls that share targets", () => {
    const code = readFileSync(new URL("golden/calls.bin", import.meta.url));
    expect(namesOf({ ...settings, method: "mix", kind: "binary" }, code)).toEqual(["mix-binary", "mix-code"]);
  });

  test("are those of the method that is asked for", () => {
    expect(namesOf({ ...settings, method: "mix", level: 1 }, english)).toEqual(["mix-text-fast"]);
    expect(namesOf({ ...settings, method: "neural" }, english)).toEqual(["neural"]);
    expect(namesOf({ ...settings, method: "stored" }, english)).toEqual([]);
    expect(namesOf({ ...settings, method: "mix", kind: "dna" }, bases)).toEqual(["mix-text"]);
  });

  test("without content are those of every kind", () => {
    const all = [
      "dna",
      "mix-binary",
      "mix-binary-fast",
      "mix-code",
      "mix-data",
      "mix-lines",
      "mix-text",
      "mix-text-fast",
    ];
    expect(namesOf(settings)).toEqual(all);
  });
});

describe("a kernel", () => {
  test("is loaded when a block names it, and not before", async () => {
    const file = compressSync(english, { level: 8, kind: "text" });
    expect(KERNELS["mix-data-plus"].isThere).toBe(false);
    expect(await decompress(file, { threads: 0 })).toEqual(english);
    const other = await compress(bytes, { level: 8, threads: 0 });
    expect(KERNELS["mix-data-plus"].isThere).toBe(true);
    expect(decompressSync(other)).toEqual(bytes);
  });

  test("of a level is there after loadKernels", async () => {
    expect(KERNELS["mix-text-best"].isThere).toBe(false);
    await loadKernels({ level: 9, kind: "text" });
    expect(KERNELS["mix-text-best"].isThere).toBe(true);
    expect(KERNELS["mix-binary-best"].isThere).toBe(false);
    await loadKernels();
    expect(Object.values(KERNELS).filter(({ isThere }) => !isThere)).toEqual([]);
  });

  test("gives the same module to all who load it", async () => {
    await loadKernels();
    expect(await compileKernel(KERNELS.dna)).toBe(await compileKernel(KERNELS.dna));
  });

  test("is not loaded for wrong options", async () => {
    await expect(loadKernels({ level: 11 })).rejects.toThrow(RangeError);
  });
});
