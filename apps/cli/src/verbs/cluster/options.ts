/** The options of `pith cluster`. */

import type { OptionTable } from "../../interface/option.ts";
import { file, integer, words } from "../../interface/readers.ts";
import { RESOURCE_OPTIONS } from "../../interface/resource-options.ts";

export const DEFAULT_REDIS = "redis://127.0.0.1:6379";
export const DEFAULTS = { queue: "shards", attempts: 3, jobs: 1, lease: 30 } as const;

export const CLUSTER_OPTIONS = {
  redis: {
    flags: ["--redis"],
    ...words("URL"),
    group: "Cluster",
    text: "where Redis is: redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE], or rediss: with TLS",
    default: `PITH_REDIS, else ${DEFAULT_REDIS}`,
    detail:
      "Others on the machine can see options, but not the environment: a password belongs in PITH_REDIS. A certificate that the system does " +
      "not know is trusted where NODE_EXTRA_CA_CERTS names a file with its authority.",
  },
  queue: {
    flags: ["--queue"],
    ...words("NAME"),
    group: "Cluster",
    text: "of several queues on one Redis",
    default: DEFAULTS.queue,
  },
  shards: {
    flags: ["--shards"],
    ...file("FOLDER"),
    group: "Cluster",
    verbs: ["cluster submit"],
    text: "where the units shall lie",
    default: "PLAN with .shards in place of .json, beside it",
  },
  attempts: {
    flags: ["--attempts"],
    ...integer(1, 1000),
    group: "Cluster",
    verbs: ["cluster submit"],
    text: "how often a unit is tried before it has failed; each further time after twice the wait",
    default: `${DEFAULTS.attempts}`,
  },
  wait: {
    flags: ["--wait"],
    group: "Cluster",
    verbs: ["cluster submit"],
    text: "end when the output is there, or something has failed for good",
  },
  jobs: {
    flags: ["-j", "--jobs"],
    ...integer(1, 64),
    group: "Cluster",
    verbs: ["cluster work"],
    text: "units at once",
    default: `${DEFAULTS.jobs}`,
  },
  lease: {
    flags: ["--lease"],
    ...integer(1, 86_400, "SECONDS"),
    group: "Cluster",
    verbs: ["cluster work"],
    text: "without a sign of life for so long, a worker is taken for dead, and others take over its units",
    default: `${DEFAULTS.lease}`,
    detail: "It should be the same for all workers of a queue.",
  },
  idle: {
    flags: ["--idle"],
    ...integer(1, 86_400, "SECONDS"),
    group: "Cluster",
    verbs: ["cluster work"],
    text: "end when there has been nothing to do for so long",
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    verbs: ["cluster submit"],
    text: "where the joined units shall lie",
  },
  force: {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: ["cluster submit"],
    text: "overwrite",
  },
  threads: {
    ...RESOURCE_OPTIONS.threads,
    verbs: ["cluster work"],
    text: "threads for each unit, each with a block of its own; 0 is one a core",
  },
  memory: {
    ...RESOURCE_OPTIONS.memory,
    verbs: ["cluster work"],
    text: "memory that each unit may take, such as 512MiB",
    detail:
      "How much a unit takes is said by its plan. One that takes more is left to workers that allow more; pith cluster status says so " +
      "of units that wait for one.",
  },
} as const satisfies OptionTable;
