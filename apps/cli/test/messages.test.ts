import { readFileSync, statSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { Folder } from "./support/command.ts";

const TEXT = "Could you send me the report before the end of the week?";
const SHORT = "PAIRS-WIN";
const RECORDS = Array.from(
  { length: 100 },
  (_, i) => `{"pump":"north-${i % 5}","litres":${100 + ((i * 7) % 60)},"state":"${i % 4 === 0 ? "idle" : "running"}"}`,
);

let folder: Folder;

beforeAll(() => {
  folder = new Folder();
  writeFileSync(folder.file("text"), TEXT);
  writeFileSync(folder.file("short"), SHORT);
  writeFileSync(folder.file("records"), RECORDS.join("\n"));
  writeFileSync(folder.file("record"), RECORDS[42].replace("litres", "litre"));
});
afterAll(() => folder.remove());

function read(name: string): string {
  return readFileSync(folder.file(name), "utf8");
}

test("a message comes back", async () => {
  expect(await folder.pith("message", "text", "-o", "text.msg")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(statSync(folder.file("text.msg")).size).toBeLessThan(TEXT.length / 2);
  expect(await folder.pith("message", "-d", "text.msg")).toEqual({ code: 0, stdout: TEXT, stderr: "" });
});

test("what is shorter by letter pairs is written by them, and comes back", async () => {
  await folder.pith("message", "short", "-o", "short.msg");
  const [head] = readFileSync(folder.file("short.msg"));
  expect(head).toBeGreaterThan(0);
  expect(head).toBeLessThan(32);
  expect(await folder.pith("message", "-d", "short.msg")).toEqual({ code: 0, stdout: SHORT, stderr: "" });
});

test("a prior of one's own is made, used and asked for", async () => {
  expect(await folder.pith("prior", "train", "--base", "none", "records", "-o", "my.prior")).toMatchObject({
    code: 0,
    stderr: "",
  });
  await folder.pith("message", "--prior", "my.prior", "record", "-o", "record.msg");
  expect(statSync(folder.file("record.msg")).size).toBeLessThan(16);
  const back = await folder.pith("message", "-d", "--prior", "my.prior", "record.msg");
  expect(back).toEqual({ code: 0, stdout: read("record"), stderr: "" });
  const without = await folder.pith("message", "-d", "record.msg");
  expect(without.code).toBe(1);
  expect(without.stderr).toMatch(/hash ends.*give --prior or --reference/u);
  const noPrior = await folder.pith("message", "--prior", "text", "record", "-o", "never.msg");
  expect(noPrior).toMatchObject({ code: 1 });
  expect(noPrior.stderr).toContain("this is no prior");
});

test("short files are coded with a prior, and name the one that they need", async () => {
  expect(await folder.pith("--prior", "my.prior", "-k", "record", "-o", "own.pith")).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect(await folder.pith("-k", "record", "-o", "usual.pith")).toMatchObject({ code: 0 });
  expect(statSync(folder.file("own.pith")).size).toBeLessThan(statSync(folder.file("usual.pith")).size / 1.5);
  const back = await folder.pith("-dc", "--prior", "my.prior", "own.pith");
  expect(back).toEqual({ code: 0, stdout: read("record"), stderr: "" });
  expect(await folder.pith("-t", "--prior", "my.prior", "own.pith")).toMatchObject({ code: 0 });
  const without = await folder.pith("-dc", "own.pith");
  expect(without.code).toBe(1);
  expect(without.stderr).toMatch(
    /expected the prior [0-9a-f]{8}, got none; give it with --prior FILE, or, .* with --reference FILE/u,
  );
  expect(await folder.pith("--prior", "auto", "-k", "text", "-o", "auto.pith")).toMatchObject({ code: 0, stderr: "" });
  expect(await folder.pith("-dc", "auto.pith")).toEqual({ code: 0, stdout: TEXT, stderr: "" });
  const wrong = await folder.pith("-dc", "--prior", "my.prior", "own.pith", "auto.pith");
  expect(wrong).toEqual({ code: 0, stdout: read("record") + TEXT, stderr: "" });
  const method = await folder.pith("--prior", "my.prior", "-m", "lz", "record", "-c");
  expect(method.stderr).toContain("--prior: expected no --method beside it, got lz");
  const archive = await folder.pith("--prior", "auto", ".", "-o", "all.tar.pith");
  expect(archive.stderr).toContain("--prior: expected files");
});

test("an earlier version leaves the difference", async () => {
  writeFileSync(folder.file("new"), read("records").replace("north-3", "south-3"));
  await folder.pith("message", "--reference", "records", "new", "-o", "new.msg");
  expect(statSync(folder.file("new.msg")).size).toBeLessThan(60);
});

test("lines are measured, each by itself", async () => {
  const { code, stdout } = await folder.pith("message", "--lines", "--json", "--prior", "my.prior", "records");
  expect(code).toBe(0);
  const { lines } = JSON.parse(stdout) as { lines: { bytes: number; length: number; brotli: number }[] };
  expect(lines).toHaveLength(RECORDS.length);
  for (const [i, { bytes, length, brotli }] of lines.entries()) {
    expect(length).toBe(RECORDS[i].length);
    expect(bytes).toBeLessThan(brotli);
  }
  const shown = await folder.pith("message", "--lines", "--prior", "none", "records");
  expect(shown.stdout).toContain("brotli -q 11, mean");
});

test("a file is coded as what is new since an earlier version, which is then needed", async () => {
  const lines = Array.from({ length: 2000 }, (_, i) => `${RECORDS[i % 100]} ${Math.imul(i, 2654435761) >>> 8}`);
  folder.write("old", lines.join("\n"));
  folder.write("later", [...lines.slice(900), "and this is new", ...lines.slice(0, 900)].join("\n"));
  const patch = await folder.pith("-1", "-k", "--reference", "old", "later", "-o", "later.pith");
  expect(patch).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(statSync(folder.file("later.pith")).size).toBeLessThan(90);
  const back = await folder.pith("-dc", "--reference", "old", "later.pith");
  expect(back).toEqual({ code: 0, stdout: read("later"), stderr: "" });
  const without = await folder.pith("-t", "later.pith");
  expect(without.stderr).toMatch(/expected the prior [0-9a-f]{8}, got none/u);
  const wrong = await folder.pith("-dc", "--reference", "text", "later.pith");
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/expected the prior [0-9a-f]{8}, got [0-9a-f]{8}/u);
});
