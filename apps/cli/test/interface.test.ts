import { readFileSync } from "node:fs";

import { LEVELS } from "@pith/codec";
import { beforeAll, describe, expect, test } from "@jest/globals";

import { loadFamilies, optionsOf, type LoadedFamily } from "../src/interface/command.ts";
import { COMMON_OPTIONS } from "../src/interface/common-options.ts";
import { completionOf } from "../src/interface/completions/completions.ts";
import { help, helpOfFamily, helpOfVerb } from "../src/interface/help.ts";
import { manual } from "../src/interface/manual.ts";
import { nameOf, type Option } from "../src/interface/option.ts";
import { withGeneratedParts } from "../src/interface/readme.ts";
import type { Shell } from "../src/interface/shells.ts";
import { flagOfLevel } from "../src/interface/values.ts";
import { FAMILIES } from "../src/verbs/registry.ts";

const families = await loadFamilies(FAMILIES);
const [main] = families;
const verbs = families.flatMap((family) => family.verbs.map((verb) => ({ family, verb })));
const options = families.flatMap((family) => family.options.map((option) => ({ family, option })));
const manualText = manual(LEVELS, families).replaceAll("\\-", "-");
const helpText = help("1.2.3", families);

function helpOf(name: string): string {
  const found = verbs.find(({ verb }) => verb.name === name);
  if (found === undefined) throw new Error(name);
  return helpOfVerb("1.2.3", LEVELS, found.family, found.verb);
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}

describe.each(families.map((family) => [family.name ?? family.verbs[0].name, family] as const))(
  "the table of %s",
  (_name, family) => {
    test("has each flag once", () => {
      const flags = family.options.flatMap((option) => option.flags);
      expect(new Set(flags).size).toBe(flags.length);
    });

    test("names in its rules only options and values that it has", () => {
      for (const { requires = [], conflicts = [] } of family.options) {
        for (const form of [...requires.flatMap(({ oneOf }) => oneOf), ...conflicts]) {
          const named = family.options.flatMap((option) => [
            nameOf(option),
            ...(option.value?.choices ?? []).map((choice) => `${nameOf(option)} ${choice}`),
          ]);
          expect(named).toContain(form);
        }
      }
    });

    test("names only verbs of the family, and options to override that it has", async () => {
      const names = family.verbs.map(({ name }) => name);
      const keys = Object.keys(await family.loadOptions());
      for (const { verbs: heeding = [], tolerated = [], overrides = [], verb } of family.options) {
        expect(names).toEqual(
          expect.arrayContaining([...heeding, ...tolerated, ...(verb === undefined ? [] : [verb])]),
        );
        expect([...keys, ...Object.keys(COMMON_OPTIONS)]).toEqual(expect.arrayContaining([...overrides]));
      }
    });
  },
);

test("a key of the options that every verb has is no key of a family", async () => {
  for (const family of FAMILIES) {
    const own = Object.keys(await family.loadOptions());
    for (const key of Object.keys(COMMON_OPTIONS)) expect(own).not.toContain(key);
  }
});

describe.each(options.map(({ family, option }) => [option.label ?? option.flags.join(", "), family, option] as const))(
  "%s",
  (form, family, option) => {
    test("is in the help of the verbs that heed it, with its range and its default", () => {
      for (const verb of family.verbs.filter((each) => optionsOf(each, family).includes(option))) {
        if (option.verb !== undefined) continue; // In the help of all: it takes the place of a verb.
        const text = flat(helpOf(verb.name));
        expect(text).toContain(form);
        expect(text).toContain(option.text);
        if (option.range !== undefined) expect(text).toContain(`[${option.range}`);
        if (option.default !== undefined) expect(text).toContain(`default ${option.default}]`);
      }
    });

    test("is in the man page", () => {
      expect(manualText).toContain(`\n.B ${form}`);
      if (option.default !== undefined) expect(manualText).toContain(`Default: ${option.default}.`);
    });
  },
);

test("the options that stand for verbs are in the help or in the man page of all", () => {
  for (const option of main.options.filter(({ verb }) => verb !== undefined))
    expect(manualText).toContain(nameOf(option));
});

describe("completions", () => {
  let scripts: Readonly<Record<Shell, string>>;
  beforeAll(async () => {
    scripts = {
      bash: await completionOf("bash", FAMILIES),
      zsh: await completionOf("zsh", FAMILIES),
      fish: await completionOf("fish", FAMILIES),
    };
  });

  test.each(options.map(({ option }) => [option.flags.join(", "), option] as const))("have %s", (_form, option) => {
    for (const flag of option.flags) {
      expect(scripts.bash.split(/[\s"|)]+/)).toContain(flag);
      expect(scripts.zsh).toContain(`'*${flag}[`);
      expect(scripts.fish).toContain(flag.startsWith("--") ? `-l ${flag.slice(2)} ` : `-s ${flag.slice(1)} `);
    }
  });

  test.each(verbs.map(({ verb }) => verb.name))("have %s", (name) => {
    for (const script of Object.values(scripts)) {
      expect(script.split(/[\s"':]+/)).toEqual(expect.arrayContaining(name.split(" ")));
    }
  });
});

test.each(verbs.map(({ verb }) => verb.name))("%s is in help and man page", (name) => {
  const family = verbs.find(({ verb }) => verb.name === name)?.family;
  expect(family?.name === undefined ? helpText : helpOfFamily("1.2.3", family)).toContain(`\n  ${name} `);
  expect(manualText).toContain(`\n.B ${name}\n`);
  expect(helpOf(name)).toContain(`Usage: pith ${name} `);
});

test("the help of a verb shows its options alone", () => {
  const text = helpOf("decompress");
  expect(text).toContain("--range");
  expect(text).not.toContain("--rounds");
  expect(text).not.toContain("--method");
});

test("the help of a family shows its verbs and their options", () => {
  const text = helpOfFamily("1.2.3", families.find(({ name }) => name === "stats") as LoadedFamily);
  expect(text).toContain("\n  stats count FILE…");
  expect(text).toContain("--alphabet");
  expect(text).not.toContain("--level");
});

test("the help of all is the main job: each option once, no option of another family, on a screen", () => {
  expect(helpText.split("\n").length).toBeLessThanOrEqual(60);
  const forms = helpText.split("\n").filter((line) => /^ {2} *-/.test(line));
  expect(new Set(forms).size).toBe(forms.length);
  for (const flag of ["-d", "-9", "-o", "-f", "--rm", "-T"]) {
    expect(forms.filter((line) => line.slice(0, 24).split(/[ ,]+/).includes(flag)).length).toBe(1);
  }
  expect(helpText).not.toContain("--alphabet");
});

test("every level has an option, and the highest its own name", () => {
  const flags = main.options.flatMap((option: Option) => option.flags);
  expect(flags).toEqual(expect.arrayContaining(LEVELS.map(({ level }) => flagOfLevel(level))));
  expect(flagOfLevel(LEVELS.length)).toBe("--max");
});

test("help states the memory of each level", () => {
  const text = helpOf("compress");
  for (const { level, memory, description } of LEVELS) {
    const entry = text.slice(text.indexOf(`\n  ${flagOfLevel(level)}  `));
    expect(entry).toContain(`${Math.ceil(memory / 2 ** 20)} MiB`);
    expect(flat(entry)).toContain(description);
  }
});

test("help fits a terminal of 80 columns", () => {
  const ofFamilies = families.filter(({ name }) => name !== undefined).map((family) => helpOfFamily("1.2.3", family));
  const all = [helpText, ...ofFamilies, ...verbs.map(({ verb }) => helpOf(verb.name))];
  for (const line of all.join("\n").split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("man page and README are current: npm run documents writes them anew", () => {
  expect(readFileSync(new URL("../man/pith.1", import.meta.url), "utf8")).toBe(manual(LEVELS, families));
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(withGeneratedParts(readme, families)).toBe(readme);
});

test("npm installs the man page: it links those of a list that end in a section", () => {
  const { man, files } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(man).toEqual(["./man/pith.1"]);
  expect(files).toContain("man");
});
