/** The options that every verb has. */

import type { Arguments, OptionTable } from "./option.ts";

export const COMMON_OPTIONS = {
  help: {
    flags: ["-h", "--help"],
    group: "What to do",
    common: true,
    text: "show this help; after a verb, the help of that verb",
  },
  version: { flags: ["-V", "--version"], group: "What to do", common: true, text: "show the version" },
  verbose: {
    flags: ["-v", "--verbose"],
    group: "Messages",
    common: true,
    text: "a line about each file; with list, each block; with analyze, all of each list",
    overrides: ["quiet"],
  },
  quiet: {
    flags: ["-q", "--quiet"],
    group: "Messages",
    common: true,
    text: "only errors: no warnings, no progress, no questions",
    overrides: ["verbose"],
  },
  json: {
    flags: ["--json"],
    group: "Messages",
    text: "results and problems as one JSON document",
    detail:
      "It goes to standard output, or to standard error where standard output carries the data. Its files are a list " +
      "with source, status (ok, warning, skipped or error), and what the verb has to say: lengths in bytes, times in " +
      "seconds; of an error its message and code, and of bad data offset, expected and got. What keeps a verb from being " +
      "done at all is an error of the document itself.",
  },
} as const satisfies OptionTable;

/** How the command speaks. */
export interface MessageSettings {
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

export function messageSettings(given: Arguments<typeof COMMON_OPTIONS>): MessageSettings {
  const { verbose = false, quiet = false, json = false } = given;
  return { verbose, quiet, json };
}
