import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

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
    ["auto", "text", "binary", "dna", ...["f64", "f32", "f16", "bf16", "f8", "i8"].map((type) => `weights:${type}`)],
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

/** Whether a shell is there: that of bash always is. */
function available(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit 0"]).status === 0;
}

(available("fish") ? describe : describe.skip)("fish", () => {
  /** What fish offers at the end of a line. */
  async function inFish(line: string): Promise<string[]> {
    writeFileSync(folder.file("pith.fish"), await completionOf("fish", FAMILIES));
    const script = "source pith.fish; complete -C $argv[1]";
    const { stdout } = spawnSync("fish", ["--no-config", "-c", script, line], { cwd: folder.path, encoding: "utf8" });
    return stdout.split("\n").flatMap((offer) => (offer === "" ? [] : [offer.split("\t")[0]]));
  }

  test.each([
    ["pith --ki", ["--kind"]],
    ["pith --kind b", ["binary"]],
    ["pith dec", ["decompress"]],
    ["pith -d ", ["a*b.pith", "text.pith", "texts/", "two words.pith"]],
    ["pith -mdna -vd two", ["two words.pith"]],
    ["pith list te", ["text.pith", "texts/"]],
    ["pith pairs decode ", ["c.pairs", "texts/"]],
    ["pith stats cou", ["count"]],
    ["pith stats count --alph", ["--alphabet"]],
    ["pith bench --rou", ["--rounds"]],
    ["pith list --rou", []],
  ])("completes %j", async (line, offered) => {
    expect((await inFish(line)).sort()).toEqual([...offered].sort());
  });
});

(available("zsh") ? describe : describe.skip)("zsh", () => {
  /** What the script asks zsh's own functions to complete, for the last word. */
  async function inZsh(...words: string[]): Promise<string[]> {
    writeFileSync(folder.file("pith.zsh"), await completionOf("zsh", FAMILIES));
    const script = `
      compdef() { : }
      for name in _arguments _describe _files compadd; do functions[$name]='print -rl -- "$0 $CURRENT $words" "$@"'; done
      source ./pith.zsh
      words=(pith "$@"); CURRENT=$#words; _pith`;
    const { stdout, stderr } = spawnSync("zsh", ["-f", "-c", script, "zsh", ...words], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.trimEnd().split("\n");
  }

  test.each([
    [["-d", ""], "_arguments 3 pith -d ", '*:file:_files -g "*.pith"'],
    [["-vl", ""], "_arguments 3 pith -vl ", '*:file:_files -g "*.pith"'],
    [["-mdna", ""], "_arguments 3 pith -mdna ", "*:file:_files"],
    [["list", ""], "_arguments 2 pith ", '*:file:_files -g "*.pith"'],
    [["stats", "count", "--al"], "_arguments 2 pith --al", "*:file:_files"],
    [["pairs", "decode", ""], "_arguments 2 pith ", '*:file:_files -g "*.pairs"'],
    [["completion", ""], "_arguments 2 pith ", "1:SHELL:(bash zsh fish)"],
    [["stats", ""], "compadd 3 pith stats ", "evaluate"],
  ])("completes %j", async (words, call, last) => {
    const lines = await inZsh(...words);
    expect([lines[0], lines.at(-1)]).toEqual([call, last]);
  });

  test("offers verbs and files for the first word", async () => {
    expect((await inZsh("de")).filter((line) => line.startsWith("_"))).toEqual([
      "_describe 2 pith de",
      "_files 2 pith de",
    ]);
  });

  test("knows the options of each verb", async () => {
    const flags = async (...words: string[]): Promise<string> => (await inZsh(...words)).join("\n");
    expect(await flags("bench", "-")).toContain("*--rounds[");
    expect(await flags("list", "-")).not.toContain("*--rounds[");
    expect(await flags("stats", "count", "-")).toContain("*--alphabet[");
  });
});
