/** `--help`, made of the tables of options, verbs and levels. */

import type { LevelInfo } from "@pith/codec";

import { membersOf, standsAlone, VERBS, type Verb } from "../verbs/registry.ts";
import { GROUPS, heeds, OPTIONS, type Option } from "./options.ts";
import { flagOfLevel, writeSize } from "./values.ts";

const INDENT = 24;
const WIDTH = 80;

/**
 * @param verb whose options to show; undefined: those of all verbs but the families, which have a help of their own
 */
export function help(version: string, levels: readonly LevelInfo[], verb: Verb | undefined): string {
  const verbs = verb === undefined ? VERBS.filter(standsAlone) : [verb];
  const shown = OPTIONS.filter((option) => verbs.some(({ name }) => heeds(name, option)));
  const groups = GROUPS.map((group) => ({ group, options: shown.filter((option) => option.group === group) })).filter(
    ({ group, options }) => options.length > 0 && !(verb !== undefined && group === "What to do"),
  );
  return [
    `pith ${version}: compresses by prediction\n`,
    ...(verb === undefined ? usageOfAll() : usageOf(verb)),
    ...groups.flatMap(({ group, options }) => [`\n${group}:\n`, ...options.map(describeOption)]),
    ...(verb === undefined || verb.name === "compress" || verb.name === "bench" ? describeLevels(levels) : []),
    "\n",
    ...wrap("Exit codes: 0 all is well, 1 error, 2 warning (a file was left out, or changed while it was read).", 0),
  ].join("");
}

function usageOfAll(): string[] {
  return [
    "\nUsage: pith [VERB] [OPTION…] [FILE…]\n",
    "\n",
    ...wrap("Without FILE, or where FILE is -, it reads standard input and writes standard output.", 0),
    ...wrap("After --, every word is a FILE; a FILE named like a verb is written ./FILE.", 0),
    "\nVerbs:\n",
    ...VERBS.filter(({ name }) => !name.includes(" ")).map((verb) =>
      entry(
        `${verb.name} ${verb.operand.name}`,
        standsAlone(verb) ? verb.text : `${verb.text}: see pith ${verb.name} --help`,
      ),
    ),
  ];
}

function usageOf(verb: Verb): string[] {
  const operand = verb.operand.choices?.join("|") ?? verb.operand.name;
  return [
    `\nUsage: pith ${verb.name} [OPTION…] ${operand}\n`,
    "\n",
    ...wrap(capitalised(`${verb.text}. ${verb.detail}`), 0),
    ...(membersOf(verb).length === 0 ? [] : ["\nVerbs:\n"]),
    ...membersOf(verb).map(({ name, operand, text }) => entry(`${name} ${operand.name}`, text)),
  ];
}

/** How an option is written: `-T, --threads N`. */
export function formOf(option: Option): string {
  return (option.label ?? option.flags.join(", ")) + (option.value === undefined ? "" : ` ${option.value.name}`);
}

function describeOption(option: Option): string {
  const facts = [option.range, option.default !== undefined && `default ${option.default}`].filter(Boolean);
  const form = option.flags.every((flag) => flag.startsWith("--")) ? `    ${formOf(option)}` : formOf(option);
  return entry(form, option.text + (facts.length === 0 ? "" : ` [${facts.join("; ")}]`));
}

/** Levels with what a block takes, as `  5  …`. */
function describeLevels(levels: readonly LevelInfo[]): string[] {
  return [
    "\nLevels (content in a block; memory a block at most, both ways):\n",
    ...levels.map(({ level, blockSize, memory, description }) =>
      entry(`${flagOfLevel(level)}  ${writeSize(blockSize)}, ${memoryOf(memory)}`, description),
    ),
  ];
}

/** Memory of a level, rounded up to whole MiB. */
export function memoryOf(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

function entry(left: string, right: string): string {
  const lines = wrap(right, INDENT);
  const head = `  ${left}`;
  if (head.length > INDENT - 2) return `${head}\n${lines.join("")}`;
  return head.padEnd(INDENT) + lines.join("").trimStart();
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  lines.push(line);
  return lines.map((each) => `${" ".repeat(indent)}${each}\n`);
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
