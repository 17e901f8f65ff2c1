import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../src/commands/arguments.ts";
import { patchesCommand } from "../src/patches/command.ts";
import { toPage } from "../src/patches/page.ts";
import type { PatchesResults } from "../src/patches/results.ts";
import { withFiles } from "./fakes.ts";

beforeEach(() => {
  for (const name of ["log", "error"] as const) jest.spyOn(console, name).mockReturnValue(undefined);
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => void jest.restoreAllMocks());

test("a new version is measured alone and as a patch, and comes back of each", async () => {
  let state = 5;
  const noise = Uint8Array.from({ length: 3000 }, () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24);
  const turned = Uint8Array.from([...noise.subarray(1500), ...noise.subarray(0, 1500)]);
  await withFiles({ "old.bin": noise, "next.bin": turned }, async (folder) => {
    const files = ["old.bin", "next.bin"].map((name) => join(folder, name));
    expect(await patchesCommand.run([...files, "--level", "1", "--out", folder])).toBe(0);
    const results = JSON.parse(readFileSync(join(folder, "patches.json"), "utf8")) as PatchesResults;
    const [row] = results.rows;
    expect(row).toMatchObject({ old: "old.bin", next: "next.bin", oldSize: 3000, size: 3000 });
    expect(row.alone).toBeGreaterThan(3000);
    expect(row.patch).toBeLessThan(100);
    expect(Object.keys(row.peers)).toEqual(results.peers.map(({ id }) => id));
    expect(readFileSync(join(folder, "patches.md"), "utf8")).toBe(toPage(results));
    await expect(patchesCommand.run(files.slice(1))).rejects.toThrow(
      new UsageError("expected OLD NEW [OLD NEW…], got 1 files"),
    );
  });
});
