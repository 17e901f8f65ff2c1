import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { UsageError } from "../src/commands/arguments.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { predictorsCommand } from "../src/predictors/command.ts";
import type { PredictorsResults } from "../src/predictors/results.ts";
import { withFiles } from "./fakes.ts";

beforeEach(() => void jest.spyOn(console, "log").mockReturnValue(undefined));
afterEach(() => void jest.restoreAllMocks());

test("models are timed on the bytes behind those that were learnt before", async () => {
  await withFiles({ "a.txt": pseudoText(3000, 1) }, async (folder) => {
    const file = join(folder, "a.txt");
    const options = ["--only", "text-fast,data", "--before", "500", "--rounds", "2", "--out", folder];
    expect(await predictorsCommand.run([file, "--first", "200", ...options])).toBe(0);
    const { rows, length } = JSON.parse(readFileSync(join(folder, "predictors.json"), "utf8")) as PredictorsResults;
    expect(rows.map(({ model }) => model)).toEqual(["text-fast", "data"]);
    expect(length).toBe(200);
    for (const { seconds } of rows) {
      for (const times of Object.values(seconds)) expect(times).toHaveLength(2);
      expect(Math.min(...seconds.update)).toBeGreaterThan(0);
    }
    expect(readFileSync(join(folder, "predictors.md"), "utf8")).toMatch(/\| data +\|/);
    expect(() => predictorsCommand.run([file, "--first", "2501", ...options])).toThrow(
      new UsageError("a.txt: expected 3001 bytes or more, got 3000"),
    );
  });
});
