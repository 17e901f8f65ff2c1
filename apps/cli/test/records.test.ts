import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { Folder, QUIET_SUCCESS } from "./support/command.ts";

const LINES = Array.from(
  { length: 60 },
  (_, i) => `{"pump":"north-${i % 5}","litres":${100 + ((i * 7) % 60)},"state":"${i % 4 === 0 ? "idle" : "running"}"}`,
);
const MORE = ["", "the one behind an empty one"];
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

let folder: Folder;

beforeAll(async () => {
  folder = new Folder();
  folder.write("lines", text(LINES));
  folder.write("more", MORE.join("\n"));
  const created = await folder.pith("records", "create", "--lines", "--prior", "none", "lines", "-o", "a.records");
  expect(created).toEqual(QUIET_SUCCESS);
});
afterAll(() => folder.remove());

test("lines come back, one or all, also those that were appended", async () => {
  expect(folder.read("a.records").length).toBeLessThan(text(LINES).length / 1.2);
  expect(await folder.pith("records", "append", "a.records", "more")).toEqual(QUIET_SUCCESS);
  expect(await folder.pith("records", "list", "a.records")).toEqual({
    ...QUIET_SUCCESS,
    stdout: text([...LINES, ...MORE]),
  });
  const got = await folder.pith("records", "get", "a.records", "61", "3-4");
  expect(got).toEqual({ ...QUIET_SUCCESS, stdout: text([MORE[1], LINES[3], LINES[4]]) });
  const info = await folder.pith("records", "info", "--json", "a.records");
  expect(JSON.parse(info.stdout)).toMatchObject({ files: [{ records: 62, lines: true, prior: "none" }] });
  expect((await folder.pith("records", "info", "a.records")).stdout).toMatch(/bytes a record[^]* 62 .*a\.records/u);
  const beyond = await folder.pith("records", "get", "a.records", "62");
  expect(beyond).toMatchObject({ code: 1, stdout: "" });
  expect(beyond.stderr).toContain("a.records: expected a number below 62, the number of records, got 62");
  expect((await folder.pith("records", "get", "a.records", "4-3")).stderr).toContain("got 4-3");
});

test("a store stays as it is where there is no room for more", async () => {
  const before = folder.read("a.records");
  const { code, stderr } = await folder.shell("pith records append a.records more", "write:ENOSPC:0");
  expect(code).toBe(1);
  expect(stderr).toBe(
    "pith: a.records: nothing was appended, since no space is left on the disk; once that is mended, append again\n",
  );
  expect(folder.read("a.records")).toEqual(before);
});

test("files come back, by a prior of their own", async () => {
  expect(await folder.pith("prior", "train", "--base", "none", "lines", "-o", "my.prior")).toMatchObject({ code: 0 });
  const created = await folder.pith("records", "create", "--prior", "my.prior", "lines", "more", "-o", "files.records");
  expect(created).toEqual(QUIET_SUCCESS);
  const got = await folder.pith("records", "get", "--prior", "my.prior", "files.records", "1");
  expect(got).toEqual({ ...QUIET_SUCCESS, stdout: MORE.join("\n") });
  const several = await folder.pith("records", "get", "--prior", "my.prior", "files.records", "0-1");
  expect(several.stderr).toContain("records are no lines: expected one N, got 2");
  const listed = await folder.pith("records", "list", "--prior", "my.prior", "files.records");
  expect(listed.stderr).toContain("write them out one by one");
  const without = await folder.pith("records", "info", "files.records");
  expect(without.code).toBe(1);
  expect(without.stderr).toMatch(/files\.records: .*expected the prior [0-9a-f]{8}, got none.*give --prior/u);
});

test("what is missing or no store is told, and nothing is left", async () => {
  const before = folder.names();
  expect((await folder.pith("records", "create", "lines")).stderr).toContain("expected -o FILE, got none");
  expect((await folder.pith("records", "list", "lines")).stderr).toContain(
    "lines: this is no store of records at byte 0",
  );
  const stored = folder.read("a.records");
  expect(await folder.pith("records", "append", "a.records", "missing")).toMatchObject({ code: 1 });
  expect(folder.read("a.records")).toEqual(stored);
  folder.write("long", "x".repeat(65_537));
  const long = await folder.pith("records", "append", "a.records", "long");
  expect(long.stderr).toContain("long: line 1: expected a record of at most");
  expect(folder.names()).toEqual([...before, "long"].sort());
});
