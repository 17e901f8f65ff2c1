import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { threadsCommand } from "../src/threads/command.ts";
import type { ThreadsResults } from "../src/threads/results.ts";
import { withFiles } from "./fakes.ts";

beforeEach(() => void jest.spyOn(console, "log").mockReturnValue(undefined));
afterEach(() => void jest.restoreAllMocks());

test("a file is timed on one thread and on two", async () => {
  await withFiles({ "a.txt": pseudoText(20_000, 1) }, async (folder) => {
    const file = join(folder, "a.txt");
    const options = ["--levels", "1", "--blocks", "2", "--rounds", "1", "--out", folder];
    expect(await threadsCommand.run([file, ...options])).toBe(0);
    const { rows, length } = JSON.parse(readFileSync(join(folder, "threads.json"), "utf8")) as ThreadsResults;
    expect({ length, of: rows.map(({ level, blocks }) => [level, blocks]) }).toEqual({ length: 20_000, of: [[1, 2]] });
    const speeds = rows[0].speeds.flatMap(({ compress, decompress }) => [...compress, ...decompress]);
    expect(speeds).toHaveLength(4);
    expect(Math.min(...speeds)).toBeGreaterThan(0);
    expect(readFileSync(join(folder, "threads.md"), "utf8")).toMatch(/\| 1 +\| +2 \|/);
    await expect(threadsCommand.run([file, "--blocks", "65"])).rejects.toThrow(/--blocks/);
  });
});
