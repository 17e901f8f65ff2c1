/** `pith shard`: work in units that any number of machines can do, in any order. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

const settings = async (): Promise<typeof import("./settings.ts").shardSettings> =>
  (await import("./settings.ts")).shardSettings;

export const SHARD: Family = {
  name: "shard",
  text: "compress, analyse or count on many machines",
  detail:
    "plan divides inputs into units, run does one of them, merge joins what came of all. A unit is a pure function of its bytes: " +
    "it may be done twice, anywhere, in any order. Whoever starts the runs is up to you: GNU parallel, Slurm, Snakemake. Inputs, plan, units " +
    "and output may be objects of a store with the protocol of S3, s3://BUCKET/KEY; AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and " +
    "AWS_SECRET_ACCESS_KEY say where it is and who asks.",
  loadOptions: async () => (await import("./options.ts")).SHARD_OPTIONS,
  verbs: [
    {
      name: "shard plan",
      text: "divide INPUTs into units, and write how",
      operand: { name: "INPUT…", least: 1 },
      detail:
        "The plan is JSON: where each unit lies, the SHA-256 of its bytes, how it is to be compressed, and the version of the program. " +
        "It prints how many units there are. What comes again is looked for within a unit, not across units.",
      load: loading(settings, () => import("./plan.ts")),
    },
    {
      name: "shard run",
      text: "do unit N of PLAN, from 0 on; or all that are not done",
      operand: { name: "PLAN [N|all]", least: 1, most: 2 },
      detail:
        "Without N, the variable SLURM_ARRAY_TASK_ID says it. The unit lies in FOLDER, under its name only once it is whole, and beside " +
        "it a receipt by which merge knows it. The same unit becomes the same bytes each time; with all, those that have a receipt are left.",
      load: loading(settings, () => import("./run.ts")),
    },
    {
      name: "shard merge",
      text: "join the units of PLAN to one file",
      operand: { name: "PLAN", least: 1, most: 1 },
      detail:
        "All units must be there, whole, and of this plan. Compressed units, joined, are a file like any other, which pith -d decompresses to " +
        "the inputs, one after the other; of units that were analysed or counted comes what is said of the whole.",
      load: loading(settings, () => import("./merge.ts")),
    },
  ],
};
