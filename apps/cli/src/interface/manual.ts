/** The man page, made of the tables of options, verbs and levels. */

import type { LevelInfo } from "@pith/codec";

import { membersOf, VERBS } from "../verbs/registry.ts";
import { formOf, memoryOf } from "./help.ts";
import { GROUPS, OPTIONS, type Option } from "./options.ts";
import { flagOfLevel, writeSize } from "./values.ts";

/** `pith.1` in the macros of man(7). */
export function manual(levels: readonly LevelInfo[]): string {
  return [
    ".TH PITH 1",
    ".SH NAME",
    "pith \\- compress files by prediction",
    ".SH SYNOPSIS",
    ...VERBS.filter((verb) => membersOf(verb).length === 0).flatMap(({ name, operand }, i) => [
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
        "a FILE. A FILE that is named like a verb is written ./FILE.",
    ),
    ".SH VERBS",
    ...VERBS.flatMap(({ name, text, detail }) => [".TP", `.B ${escape(name)}`, escape(`${sentence(text)} ${detail}`)]),
    ".SH OPTIONS",
    ...GROUPS.flatMap((group) => [
      `.SS ${escape(group)}`,
      ...OPTIONS.filter((option) => option.group === group).flatMap(describe),
    ]),
    ".SH LEVELS",
    "Content in a block, and the memory that a block takes at most, in both directions:",
    ...levels.flatMap(({ level, blockSize, memory, description }) => [
      ".TP",
      `.B ${escape(flagOfLevel(level))}`,
      escape(`${writeSize(blockSize)}, ${memoryOf(memory)}: ${description}.`),
    ]),
    ".SH EXIT STATUS",
    ...EXIT_STATUS.flatMap(([code, text]) => [".TP", `.B ${code}`, escape(text)]),
    ".SH EXAMPLES",
    ...EXAMPLES.flatMap(([command, text]) => [".TP", `.B ${escape(command)}`, escape(text)]),
    ".SH SEE ALSO",
    "xz(1), zstd(1), gzip(1)",
    "",
  ].join("\n");
}

const EXIT_STATUS = [
  ["0", "All is well."],
  ["1", "An error; every other file was done all the same."],
  ["2", "A warning: a file was left out, or changed while it was read."],
  ["129, 130, 143", "Ended by SIGHUP, SIGINT (Ctrl-C) or SIGTERM."],
  ["141", "Whoever read standard output stopped reading."],
] as const;

const EXAMPLES = [
  ["pith book.txt", "Writes book.txt.pith and keeps book.txt."],
  ["pith -d book.txt.pith", "Writes book.txt."],
  ["tar -c FOLDER | pith -9 > FOLDER.tar.pith", "Packs a folder."],
  ["pith -d --range 0:100 book.txt.pith", "Shows the first 100 bytes without decoding the rest."],
  ["pith bench --levels 1,5,9 book.txt", "Shows what each level would bring."],
] as const;

function describe(option: Option): string[] {
  const sentences = [
    sentence(option.text),
    option.range !== undefined && `Range: ${option.range}.`,
    option.default !== undefined && `Default: ${option.default}.`,
    option.verbs !== undefined && `With ${option.verbs.join(", ")}.`,
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
