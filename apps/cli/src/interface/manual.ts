/** The man page, made of the tables of options, verbs and levels. */

import type { LevelInfo } from "@pith/codec";

import { either } from "../either.ts";
import { byGroup, formOf, type LoadedFamily } from "./command.ts";
import { COMMON_OPTIONS } from "./common-options.ts";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import { memoryOf } from "./help.ts";
import type { Option } from "./option.ts";
import { flagOfLevel, writeSize } from "./values.ts";

/** `pith.1` in the macros of man(7). */
export function manual(levels: readonly LevelInfo[], families: readonly LoadedFamily[]): string {
  const [main] = families;
  const shared = new Set<Option>(Object.values(COMMON_OPTIONS));
  return [
    ".TH PITH 1",
    ".SH NAME",
    "pith \\- compress files by prediction",
    ".SH SYNOPSIS",
    ...families
      .flatMap(({ verbs }) => verbs)
      .flatMap(({ name, operand }, i) => [
        ...(i === 0 ? [] : [".br"]),
        `.B pith ${i === 0 ? `[${name}]` : name}`,
        `[\\fIOPTION\\fR…] \\fI${escape(operand.name)}\\fR`,
      ]),
    ".SH DESCRIPTION",
    escape(
      "pith guesses the next byte from what came before and stores how the guess was wrong. It makes files smaller " +
        "than most programs do and takes longer, in both directions.",
    ),
    ".PP",
    escape(
      "Sources are kept. Output goes to a temporary file in the folder where it is to lie, and gets its name once it is " +
        "whole and on the disk; after an error or Ctrl-C nothing of it is left. Mode and time are those of the source.",
    ),
    ".PP",
    escape(
      "Without FILE, or where FILE is -, pith reads standard input and writes standard output. After --, every word is " +
        "a FILE. A verb is the first word, and only there; where a file has that name, ./NAME is the file and NAME -- is " +
        "the verb.",
    ),
    ".SH VERBS",
    ...families.flatMap(({ name = "", text = "", detail = "", verbs }) => [
      ...(name === "" ? [] : describeVerb({ name, text, detail })),
      ...verbs.flatMap(describeVerb),
    ]),
    ".SH OPTIONS",
    ...describeGroups(main.options),
    ...families.slice(1).flatMap(({ name, verbs, options }) => {
      const own = options.filter((option) => !shared.has(option));
      const title = `OPTIONS OF pith ${name ?? verbs.map((verb) => verb.name).join(", ")}`;
      return own.length === 0 ? [] : [`.SH ${escape(title)}`, ...describeGroups(own)];
    }),
    ".SH LEVELS",
    "Content in a block, and the memory that a block takes at most, in both directions:",
    ...levels.flatMap(({ level, blockSize, memory, description }) => [
      ".TP",
      `.B ${escape(flagOfLevel(level))}`,
      escape(`${writeSize(blockSize)}, ${memoryOf(memory)}: ${description}.`),
    ]),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.flatMap(([name, text]) => [".TP", `.B ${escape(name)}`, escape(text)]),
    ".SH EXIT STATUS",
    ...EXIT_STATUS.flatMap(([code, text]) => [".TP", `.B ${code}`, escape(text)]),
    ".SH EXAMPLES",
    ...EXAMPLES.flatMap(([command, text]) => [".TP", `.B ${escape(command)}`, escape(text)]),
    ".SH SEE ALSO",
    "xz(1), zstd(1), gzip(1)",
    "",
  ].join("\n");
}

const EXAMPLES = [
  ["pith book.txt", "Writes book.txt.pith and keeps book.txt."],
  ["pith -d book.txt.pith", "Writes book.txt."],
  ["tar -c FOLDER | pith -9 > FOLDER.tar.pith", "Packs a folder."],
  ["pith -d --range 0:100 book.txt.pith", "Shows the first 100 bytes without decoding the rest."],
  ["pith bench --levels 1-10 --rounds 3 book.txt", "Shows what each level would bring."],
] as const;

function describeVerb({ name, text, detail }: { name: string; text: string; detail: string }): string[] {
  return [".TP", `.B ${escape(name)}`, escape(`${sentence(text)} ${detail}`)];
}

function describeGroups(options: readonly Option[]): string[] {
  return byGroup(options).flatMap((part) => [`.SS ${escape(part.group)}`, ...part.options.flatMap(describe)]);
}

function describe(option: Option): string[] {
  const sentences = [
    sentence(option.text),
    option.range !== undefined && `Range: ${option.range}.`,
    option.default !== undefined && `Default: ${option.default}.`,
    option.verbs !== undefined && `With ${option.verbs.join(", ")}.`,
    ...(option.requires ?? []).map(
      ({ verbs, oneOf }) => `Needs ${either(oneOf)}${verbs === undefined ? "" : ` with ${verbs.join(", ")}`}.`,
    ),
    option.conflicts !== undefined && `Not with ${option.conflicts.join(", ")}.`,
    option.detail,
  ];
  return [".TP", `.B ${escape(formOf(option))}`, escape(sentences.filter(Boolean).join(" "))];
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** A minus that can be copied, backslashes that are shown, and no line that is taken for a macro. */
function escape(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/, "\\&");
}
