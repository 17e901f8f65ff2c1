import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { COMMANDS } from "../src/registry.ts";
import { CLI, ROOT } from "../src/paths.ts";

const text = readFileSync(join(ROOT, "docs/papers.md"), "utf8");

/** The cells of all rows of all tables, without their heads. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| section"))
  .map((line) => line.split("|").slice(1, -1));

const quoted = (cell: string): string[] => Array.from(cell.matchAll(/`([^`]+)`/g), ([, words]) => words);
const flagsOf = (command: string): string[] => command.match(/--[a-z-]+|(?<= )-[a-z0-9](?= |$)/g) ?? [];

/** What `pith … --help` prints, asked once for each verb. */
const helps = new Map<string, string>();
function helpOf(verb: string): string {
  let help = helps.get(verb);
  if (help === undefined) {
    help = execFileSync(process.execPath, [CLI, ...verb.split(" "), "--help"], { encoding: "utf8" });
    helps.set(verb, help);
  }
  return help;
}

const FAMILIES = ["stats", "pairs", "shard", "prior"];

function problemOf(command: string): string | undefined {
  if (command.startsWith("npm run bench -- ")) {
    const [name, ...rest] = command.slice("npm run bench -- ".length).split(" ");
    const found = COMMANDS.find((one) => one.name === name);
    if (found === undefined) return `no command ${name}`;
    return flagsOf(` ${rest.join(" ")}`).find((flag) => !found.help.includes(flag));
  }
  const unit = /^npm test -w @pith\/(\S+) -- (\S+)$/.exec(command);
  if (unit !== null) {
    const [, name, pattern] = unit;
    const files = readdirSync(join(ROOT, "packages", name, "test"));
    return files.some((file) => file.endsWith(".test.ts") && file.includes(pattern)) ? undefined : `no test ${pattern}`;
  }
  const [program, verb, second] = command.split(" ");
  if (program !== "pith") return "no command that is known";
  const help = helpOf(FAMILIES.includes(verb) ? `${verb} ${second}` : verb);
  return flagsOf(command).find((flag) => !new RegExp(`(^|[\\s,])${flag}([\\s,…=]|$)`, "m").test(help));
}

describe("the pages of results", () => {
  const folder = join(ROOT, "docs/results");
  const pages = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");

  test.each(pages)("%s names the command that repeats it, and is listed", (page) => {
    const words = readFileSync(join(folder, page), "utf8");
    const name = /`npm run bench -- (\S+?)[ `]/.exec(words)?.[1];
    // Without a name it is the comparison with peers; and the ladder is written by the command itself.
    if (name === undefined) expect(words).toMatch(/^pith stats evaluate --ladder /m);
    else if (name !== "FOLDER") expect(COMMANDS.map((command) => command.name)).toContain(name);
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(`(${page})`);
  });
});

describe("the rows of the papers", () => {
  test("are of all three, each with its six cells", () => {
    expect(text.match(/^## The /gm)).toHaveLength(3);
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter((cells) => cells.length !== 6)).toEqual([]);
  });

  test("name files that are there", () => {
    const paths = rows.flatMap(([, , where]) => quoted(where));
    expect(paths.length).toBeGreaterThanOrEqual(rows.length);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("name commands that are there, with options that these have", () => {
    const commands = rows.map(([, , , command]) => quoted(command));
    expect(commands.filter((found) => found.length !== 1)).toEqual([]);
    const problems = [...new Set(commands.flat())].map((command) => [command, problemOf(command)]);
    expect(problems.filter(([, problem]) => problem !== undefined)).toEqual([]);
  });
});
