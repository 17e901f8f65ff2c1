import { closeSync, ftruncateSync, openSync, statSync, writeSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

const LENGTH = 8_000_000;

/** A file of zeros but for a few bytes, some of them beside the edge of a page. */
function plant(): void {
  const file = openSync(folder.file("source"), "w");
  for (const [text, position] of [
    ["begin", 0],
    ["edge", 4_194_302],
    ["page", 5_242_880],
  ] as const)
    writeSync(file, text, position);
  ftruncateSync(file, LENGTH);
  closeSync(file);
}

/** Bytes on the disk. */
function taken(name: string): number {
  return statSync(folder.file(name)).blocks * 512;
}

describe("decompressed zeros", () => {
  test("become holes, and the file is the same", async () => {
    plant();
    expect(await folder.shell("pith -1 -m dedupe source && pith -d -o back source.pith && cmp source back")).toEqual(
      QUIET_SUCCESS,
    );
    expect(taken("back")).toBeLessThan(LENGTH / 10);
  });

  test("are written with --no-sparse", async () => {
    plant();
    const script = "pith -1 -m dedupe source && pith -d --no-sparse -o back source.pith && cmp source back";
    expect(await folder.shell(script)).toEqual(QUIET_SUCCESS);
    expect(taken("back")).toBeGreaterThanOrEqual(LENGTH);
  });
});
