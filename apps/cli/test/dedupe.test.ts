import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

import { afterEach, beforeEach, expect, test } from "@jest/globals";

import { Folder } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
  const bytes = Array.from({ length: 3000 }, (_, i) => createHash("sha256").update(`${i}`).digest());
  const noise = Buffer.concat(bytes);
  writeFileSync(folder.file("backups"), Buffer.concat([noise, noise, noise]));
});
afterEach(() => folder.remove());

const OPTIONS = ["-1", "--block-size", "64KiB"];

test("what comes again in later blocks is coded once, and the same from a file as from a pipe", async () => {
  expect(await folder.pith(...OPTIONS, "backups")).toMatchObject({ code: 0, stderr: "" });
  const { files } = JSON.parse((await folder.pith("--json", "-l", "backups.pith")).stdout);
  const [{ fileLength, frames }] = files;
  expect(fileLength).toBeLessThan(98_000);
  expect(frames[0].blocks).toMatchObject([{ transforms: ["dedupe"], contentLength: 288_000 }]);
  for (const source of ["< backups", "< <(cat backups)"]) {
    expect((await folder.shell(`pith ${OPTIONS.join(" ")} > piped ${source}`)).code).toBe(0);
    expect(readFileSync(folder.file("piped")).equals(readFileSync(folder.file("backups.pith")))).toBe(true);
  }
  expect((await folder.shell("pith -d -c backups.pith | cmp - backups")).code).toBe(0);
});

test("a file that shrinks while it is looked through is coded as far as it is there, with a warning", async () => {
  // The first read has all of it; the second is the look at the whole.
  const result = await folder.shell(`pith ${OPTIONS.join(" ")} backups`, "shrink:backups:1");
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toMatch(
    /^pith: backups: warning: shrank while it was read: 288000 bytes at first, 10 at last/u,
  );
  expect((await folder.shell("pith -d -c backups.pith | wc -c")).stdout.trim()).toBe("288000");
});
