/** The options of `pith extract`. */

import type { OptionTable } from "../../interface/option.ts";
import { file } from "../../interface/readers.ts";
import { RESOURCE_OPTIONS } from "../../interface/resource-options.ts";
import type { VerbName } from "../../interface/verb.ts";
import { CODING_OPTIONS } from "../coding/options.ts";

const salvaging: readonly VerbName[] = ["salvage"];

export const ARCHIVE_OPTIONS = {
  directory: {
    flags: ["-C", "--directory"],
    ...file("FOLDER"),
    group: "Where the output goes",
    text: "extract into FOLDER, which is made if it is not there",
    default: "the folder that one is in",
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    verbs: salvaging,
    text: "write the content to FILE, also that of an archive, which is a tar",
    default: "of what is no archive, its name with .salvaged in place of .pith",
    conflicts: ["--directory"],
  },
  zeros: {
    flags: ["--zeros"],
    group: "Where the output goes",
    verbs: salvaging,
    text: "put zeros where content is missing, as far as it is known how much: what follows lies where it was",
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    text: "overwrite files that are there",
    detail:
      "Each is replaced once the new one is whole. A folder that is there gets rights and times of the one in the archive.",
  },
  reference: {
    flags: ["--reference"],
    ...file("OLD"),
    group: "Archives",
    verbs: ["extract"],
    text: "an archive that ARCHIVE builds on, where that does not lie beside it",
    detail: "It is told by its fingerprint, not by its name. May be given several times.",
    several: true,
  },
  owners: {
    flags: ["--owners"],
    group: "Archives",
    text: "give files the owners and groups that they had, by number, and set-user-ID and its like",
    detail: "The archive must have been made with --owners. Without it, files belong to whoever extracts them.",
  },
  devices: {
    flags: ["--devices"],
    group: "Archives",
    text: "make devices and pipes, too",
  },
  anyLinks: {
    flags: ["--any-links"],
    group: "Archives",
    text: "make symbolic links wherever they lead",
    detail:
      "Only for archives of people whom one trusts: other programs follow such a link out of the folder. Links are made last, so that nothing " +
      "of the archive itself is written through them.",
  },
  networks: { ...CODING_OPTIONS.network, group: "What to decode with", verbs: salvaging, requires: [] },
  threads: RESOURCE_OPTIONS.threads,
  memory: RESOURCE_OPTIONS.memory,
} as const satisfies OptionTable;
