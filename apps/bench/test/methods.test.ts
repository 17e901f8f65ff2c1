import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { methodsCommand } from "../src/methods/command.ts";
import type { MethodsResults } from "../src/methods/results.ts";
import { UsageError } from "../src/commands/arguments.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { withFiles } from "./fakes.ts";

beforeEach(() => void jest.spyOn(console, "log").mockReturnValue(undefined));
afterEach(() => void jest.restoreAllMocks());

test("methods are timed both ways, each on files that it is for", async () => {
  await withFiles({ "a.txt": pseudoText(3000, 1), "b.dna": "acgtta".repeat(200) }, async (folder) => {
    const files = [join(folder, "a.txt"), join(folder, "b.dna")];
    expect(await methodsCommand.run([...files, "--only", "lz,pairs,dna", "--rounds", "1", "--out", folder])).toBe(0);
    const { rows } = JSON.parse(readFileSync(join(folder, "methods.json"), "utf8")) as MethodsResults;
    const methodsOf = (name: string): string[] => rows.filter(({ file }) => file === name).map(({ method }) => method);
    expect(methodsOf("a.txt")).toEqual(["lz", "lz", "pairs"]);
    expect(methodsOf("b.dna")).toEqual(["lz", "lz", "dna"]);
    for (const { compress, decompress, size, length } of rows) {
      expect([compress.length, decompress.length]).toEqual([1, 1]);
      expect(size).toBeLessThan(length);
    }
    expect(readFileSync(join(folder, "methods.md"), "utf8")).toMatch(/ pairs, level 5 \|/);
  });
  await expect(methodsCommand.run([])).rejects.toThrow(UsageError);
});
