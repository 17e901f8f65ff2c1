import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { LEVELS } from "@pith/codec";
import { describe, expect, test } from "@jest/globals";

import { completionOf, SHELLS } from "../src/interface/completions.ts";
import { help } from "../src/interface/help.ts";
import { manual } from "../src/interface/manual.ts";
import { heeds, OPTIONS } from "../src/interface/options.ts";
import { flagOfLevel } from "../src/interface/values.ts";
import { membersOf, VERBS } from "../src/verbs/registry.ts";

const helpText = help("1.2.3", LEVELS, undefined);
const families = VERBS.filter((verb) => membersOf(verb).length > 0);
const helpOfFamilies = families.map((family) => help("1.2.3", LEVELS, family));
const manualText = manual(LEVELS).replaceAll("\\-", "-");

test("no verb heeds two options of the same flag", () => {
  for (const { name } of VERBS.filter((verb) => !families.includes(verb))) {
    const flags = OPTIONS.filter((option) => heeds(name, option)).flatMap((option) => option.flags);
    expect(new Set(flags).size).toBe(flags.length);
  }
});

test("options of the same flag have the same flags, and both or none a value", () => {
  for (const { flags, value } of OPTIONS) {
    for (const other of OPTIONS.filter((option) => option.flags.some((flag) => flags.includes(flag)))) {
      expect([other.flags, other.value === undefined]).toEqual([flags, value === undefined]);
    }
  }
});

describe.each(OPTIONS.map((option) => [option.label ?? option.flags.join(", "), option] as const))(
  "%s",
  (form, option) => {
    test("is in the help, with its range and its default", () => {
      const flat = [helpText, ...helpOfFamilies].join("\n").replace(/\s+/g, " ");
      expect(flat).toContain(form);
      expect(flat).toContain(option.text);
      if (option.range !== undefined) expect(flat).toContain(`[${option.range}`);
      if (option.default !== undefined) expect(flat).toContain(`default ${option.default}]`);
    });

    test("is in the man page", () => {
      expect(manualText).toContain(`\n.B ${form}`);
      if (option.default !== undefined) expect(manualText).toContain(`Default: ${option.default}.`);
    });

    test("is in the completions of each shell", () => {
      const [bash, zsh, fish] = SHELLS.map(completionOf);
      for (const flag of option.flags) {
        expect(bash.split(/[\s"|)]+/)).toContain(flag);
        expect(zsh).toContain(`'*${flag}[`);
        expect(fish).toContain(flag.startsWith("--") ? `-l ${flag.slice(2)} ` : `-s ${flag.slice(1)} `);
      }
    });
  },
);

test.each(VERBS.map((verb) => [verb.name, verb] as const))("%s is in help, man page and completions", (name, verb) => {
  expect(name.includes(" ") ? helpOfFamilies.join("\n") : helpText).toContain(`\n  ${name} `);
  expect(manualText).toContain(`\n.B ${name}\n`);
  for (const shell of SHELLS)
    expect(completionOf(shell).split(/[\s"':]+/)).toEqual(expect.arrayContaining(name.split(" ")));
  expect(help("1.2.3", LEVELS, verb)).toContain(`Usage: pith ${name} `);
});

test("the help of a verb shows its options alone", () => {
  const text = help(
    "1.2.3",
    LEVELS,
    VERBS.find(({ name }) => name === "decompress"),
  );
  expect(text).toContain("--range");
  expect(text).not.toContain("--rounds");
  expect(text).not.toContain("--method");
});

test("the help of a family shows its verbs and their options, and the help of all leaves those out", () => {
  const [text] = helpOfFamilies;
  expect(text).toContain("\n  stats count FILE…");
  expect(text).toContain("--alphabet");
  expect(text).not.toContain("--level");
  expect(helpText).not.toContain("--alphabet");
});

test("every level has an option, and the highest its own name", () => {
  const flags = OPTIONS.filter(({ verbs }) => verbs?.includes("compress")).flatMap((option) => option.flags);
  expect(flags).toEqual(expect.arrayContaining(LEVELS.map(({ level }) => flagOfLevel(level))));
  expect(flagOfLevel(LEVELS.length)).toBe("--max");
});

test("help states the memory of each level", () => {
  for (const { level, memory, description } of LEVELS) {
    const entry = helpText.slice(helpText.indexOf(`\n  ${flagOfLevel(level)}  `));
    expect(entry).toContain(`${Math.ceil(memory / 2 ** 20)} MiB`);
    expect(entry.replace(/\s+/g, " ")).toContain(description);
  }
});

test("help fits a terminal of 80 columns", () => {
  for (const line of [helpText, ...helpOfFamilies].join("\n").split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("the man page is current: npm run man writes it anew", () => {
  expect(readFileSync(new URL("../man/pith.1", import.meta.url), "utf8")).toBe(manual(LEVELS));
});

test("bash completes options, values, verbs and files", () => {
  const complete = (...words: string[]): string[] => {
    const script = `${completionOf("bash")}
      COMP_WORDS=(pith ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _pith; echo "\${COMPREPLY[*]}"`;
    return spawnSync("bash", ["-c", script], { cwd: fileURLToPath(new URL(".", import.meta.url)), encoding: "utf8" })
      .stdout.trim()
      .split(/\s+/);
  };
  expect(complete("--ki")).toEqual(["--kind"]);
  expect(complete("--kind", "b")).toEqual(["binary"]);
  expect(complete("dec")).toEqual(["decompress"]);
  expect(complete("-o", "interface")).toEqual(["interface.test.ts"]);
  expect(complete("completion", "f")).toEqual(["fish"]);
  expect(complete("-d", "interface")).toEqual(["interface.test.ts"]);
  expect(complete("stats", "cou")).toEqual(["count"]);
  expect(complete("stats", "count", "--alph")).toEqual(["--alphabet"]);
  expect(complete("stats", "count", "interface")).toEqual(["interface.test.ts"]);
});
