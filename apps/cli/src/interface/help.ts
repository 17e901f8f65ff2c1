/** `--help`, made of the tables of options, verbs and levels. */

import type { LevelInfo } from "@pith/codec";

import { byGroup, formOf, optionsOf, type LoadedFamily } from "./command.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { heeds, type Option } from "./option.ts";
import { flagOfLevel, writeSize } from "./values.ts";
import { secondWordsOf, type Verb } from "./verb.ts";

const INDENT = 24;
const WIDTH = 80;

/** The help of all: the main job, and where to find the rest. */
export function help(version: string, [main, ...others]: readonly LoadedFamily[]): string {
  const common = main.options.filter((option) => option.common);
  const verbs = others.flatMap((family) => (family.name === undefined ? family.verbs : []));
  const named = others.filter(({ name }) => name !== undefined);
  return [
    ...title(version),
    "\nUsage: pith [OPTION…] [FILE…]       compress each FILE to FILE.pith\n",
    "       pith -d [OPTION…] [FILE…]    decompress each FILE.pith to FILE\n",
    "       pith VERB [OPTION…] [FILE…]\n",
    "\n",
    ...wrap("Without FILE, or where FILE is -, it reads standard input and writes standard output.", 0),
    "\nOptions:\n",
    ...common.map(describeOption),
    "\nVerbs, as the first word (pith VERB --help shows all options of one):\n",
    ...[...main.verbs, ...verbs].map(({ name, text }) => entry(name, text)),
    ...named.map((family) => entry(`${family.name} …`, family.text ?? "")),
    "\n",
    ...exitCodes(),
  ].join("");
}

/** The help of a verb. */
export function helpOfVerb(version: string, levels: readonly LevelInfo[], family: LoadedFamily, verb: Verb): string {
  return [
    ...title(version),
    `\nUsage: pith ${verb.name} [OPTION…] ${verb.operand.choices?.join("|") ?? verb.operand.name}\n`,
    "\n",
    ...wrap(sentences(verb), 0),
    ...describeGroups(optionsOf(verb, family).filter((option) => option.verb === undefined)),
    ...(verb.name === "compress" || verb.name === "bench" ? describeLevels(levels) : []),
    "\n",
    ...exitCodes(),
  ].join("");
}

/** The help of a family of verbs that share their first word: its verbs, and all their options. */
export function helpOfFamily(version: string, family: LoadedFamily): string {
  const { name = "", text = "", detail = "", verbs, options } = family;
  return [
    ...title(version),
    `\n${usageOf(name, secondWordsOf(family))}\n`,
    "\n",
    ...wrap(sentences({ text, detail }), 0),
    "\nVerbs (pith ",
    `${name} VERB --help shows the options of one):\n`,
    ...verbs.map((verb) => entry(`${verb.name} ${verb.operand.name}`, verb.text)),
    ...describeGroups(options.filter((option) => verbs.some((verb) => heeds(verb.name, option)))),
    "\n",
    ...exitCodes(),
  ].join("");
}

function title(version: string): string[] {
  return [`pith ${version}: compresses by prediction\n`];
}

function sentences({ text, detail }: Pick<Verb, "text" | "detail">): string {
  return `${text[0].toUpperCase()}${text.slice(1)}. ${detail}`;
}

function describeGroups(options: readonly Option[]): string[] {
  return byGroup(options).flatMap((part) => [`\n${part.group}:\n`, ...part.options.map(describeOption)]);
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

function exitCodes(): string[] {
  const codes = EXIT_STATUS.map(([code, text]) => `${code} ${text[0].toLowerCase()}${text.slice(1, -1)}`);
  return wrap(`Exit codes: ${codes.join("; ")}.`, 0);
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

/** Names all verbs of a family, if a line has room for them. */
function usageOf(name: string, verbs: readonly string[]): string {
  const [all, any] = [verbs.join("|"), "VERB"].map((verb) => `Usage: pith ${name} ${verb} [OPTION…] FILE…`);
  return all.length <= WIDTH ? all : any;
}
