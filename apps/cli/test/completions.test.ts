import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "@jest/globals";

import { completionOf } from "../src/interface/completions/completions.ts";
import { FAMILIES } from "../src/verbs/registry.ts";
import { Folder } from "./support/command.ts";

let folder: Folder;
beforeAll(() => {
  folder = new Folder();
  for (const name of ["text", "text.pith", "two words.pith", "a*b.pith", "c.pairs"])
    writeFileSync(folder.file(name), "");
  mkdirSync(folder.file("texts"));
});
afterAll(() => folder.remove());

/** What bash offers for the last word. */
async function inBash(...words: string[]): Promise<string[]> {
  const script = `${await completionOf("bash", FAMILIES)}
    COMP_WORDS=(pith "$@"); COMP_CWORD=$#; _pith; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["-c", script, "bash", ...words], { cwd: folder.path, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}

test.each([
  [["--ki"], ["--kind"]],
  [["--kind", "b"], ["binary"]],
  [["--kind", "=", "b"], ["binary"]],
  [
    ["--kind", "="],
    ["auto", "text", "binary", "dna"],
  ],
  [["dec"], ["decompress"]],
  [["completion", "f"], ["fish"]],
  [["-o", "texts"], ["texts"]],
  [["stats", "cou"], ["count"]],
  [["stats", "count", "--alph"], ["--alphabet"]],
  [
    ["stats", "count", "text"],
    ["text", "text.pith", "texts"],
  ],
  [["a"], ["a*b.pith", "analyze"]],
  [["two"], ["two words.pith"]],
  [["two\\ w"], ["two words.pith"]],
  [["'two w"], ["two words.pith"]],
])("bash completes %j", async (words, offered) => {
  expect((await inBash(...words)).sort()).toEqual([...offered].sort());
});

test.each([["-d"], ["-vd"], ["--decompress"], ["decompress"], ["-t"], ["-lv"], ["list"]])(
  "bash offers .pith files and folders after %s",
  async (flag) => {
    expect((await inBash(flag, "")).sort()).toEqual(["a*b.pith", "text.pith", "texts", "two words.pith"]);
  },
);

test("bash takes the value of a short option for no options", async () => {
  expect(await inBash("-mdna", "c")).toEqual(["c.pairs"]);
  expect(await inBash("pairs", "decode", "")).toEqual(["texts", "c.pairs"]);
});

test("bash offers the options of the verb, each once", async () => {
  for (const verb of ["bench", "compress", "list"]) {
    const offered = await inBash(verb, "-");
    expect(new Set(offered).size).toBe(offered.length);
    expect(offered.includes("--rounds")).toBe(verb === "bench");
  }
});
