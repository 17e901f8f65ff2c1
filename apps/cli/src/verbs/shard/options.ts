/** The options of `pith shard`. */

import type { OptionTable } from "../../interface/option.ts";
import { choice, file, size } from "../../interface/readers.ts";
import { RESOURCE_OPTIONS } from "../../interface/resource-options.ts";
import type { VerbName } from "../../interface/verb.ts";
import { CODING_OPTIONS } from "../coding/options.ts";
import { STATS_OPTIONS } from "../stats/options.ts";
import { UNIT_KIND_NAMES } from "./plan-file.ts";

const planning: readonly VerbName[] = ["shard plan"];
const working: readonly VerbName[] = ["shard run", "shard merge"];
const nobody: readonly VerbName[] = [];

export const USUAL_UNIT = 2 ** 28;
const LEAST_UNIT = 2 ** 16;
const MOST_UNIT = 2 ** 40;

export const SHARD_OPTIONS = {
  unit: {
    flags: ["--unit"],
    ...choice("KIND", UNIT_KIND_NAMES),
    group: "Shards",
    verbs: planning,
    text: "what is done with each unit",
    default: "compress",
    detail:
      "compress makes a file that pith -d decompresses; analyze makes of one INPUT what pith analyze finds, as JSON or, where the output is " +
      "called so, .html; count makes the statistics of pith stats count. Each is what comes of the whole at once. Units that are analysed are a multiple of 8,192,000 bytes long.",
  },
  alphabet: { ...STATS_OPTIONS.alphabet, group: "Shards", verbs: planning, requires: [{ oneOf: ["--unit count"] }] },
  window: { ...STATS_OPTIONS.window, group: "Shards", verbs: planning, requires: [{ oneOf: ["--unit count"] }] },
  size: {
    flags: ["--size"],
    ...size(LEAST_UNIT, MOST_UNIT),
    group: "Shards",
    verbs: planning,
    text: "bytes of a unit, such as 1GiB",
    default: "256MiB",
  },
  shards: {
    flags: ["--shards"],
    ...file("FOLDER"),
    group: "Shards",
    verbs: working,
    text: "where the units lie",
    default: "PLAN with .shards in place of .json, beside it",
  },
  level: { ...CODING_OPTIONS.level, verbs: planning, tolerated: nobody },
  max: { ...CODING_OPTIONS.max, verbs: planning, tolerated: nobody },
  noOpen: { ...CODING_OPTIONS.noOpen, verbs: planning, tolerated: nobody },
  blockSize: { ...CODING_OPTIONS.blockSize, verbs: planning, tolerated: nobody },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    verbs: ["shard plan", "shard merge"],
    text: "write the plan, or the joined units, to FILE",
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: ["shard plan", "shard merge"],
    text: "overwrite",
  },
  threads: { ...RESOURCE_OPTIONS.threads, verbs: ["shard run"] },
  memory: {
    ...RESOURCE_OPTIONS.memory,
    verbs: planning,
    detail: "It is part of the plan: units become the same bytes wherever they are done, however much memory is there.",
  },
} as const satisfies OptionTable;
