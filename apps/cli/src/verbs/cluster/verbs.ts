/** `pith cluster`: the units of `pith shard`, done by whoever asks a queue on Redis for work. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

const settings = async (): Promise<typeof import("./settings.ts").clusterSettings> =>
  (await import("./settings.ts")).clusterSettings;

export const CLUSTER: Family = {
  name: "cluster",
  text: "share units out by a queue on Redis",
  detail:
    "submit puts the units of a plan of pith shard into a queue, and any number of workers do them; the last one joins them. All see the " +
    "same files under the same paths, or objects of a store (s3://BUCKET/KEY): the queue has their names, never what is in them. What a worker that died was doing is done by " +
    "another. It needs the package @pith/cluster, which is not installed with the command, and a Redis that somebody else runs.",
  loadOptions: async () => (await import("./options.ts")).CLUSTER_OPTIONS,
  verbs: [
    {
      name: "cluster submit",
      text: "have the units of PLAN done, and joined to one file",
      operand: { name: "PLAN", suffix: ".json", least: 1, most: 1 },
      detail:
        "It prints the name of the flow. What is submitted again goes on: units that are done are not done again, and those that have failed " +
        "are tried again. The output becomes the same bytes as by pith shard run and merge.",
      load: loading(settings, () => import("./submit.ts")),
    },
    {
      name: "cluster work",
      text: "do what is in the queue, until it is stopped",
      operand: { name: "", most: 0 },
      detail:
        "On each machine, as often as there are cores, or with -j and -T. It may be killed at any time: what it was doing is done by " +
        "another worker once the lease is over. When Redis is away, it waits.",
      load: loading(settings, () => import("./work.ts")),
    },
    {
      name: "cluster status",
      text: "show how far all flows are, or FLOWs",
      operand: { name: "[FLOW…]" },
      detail: "With -v, also which unit is done by whom, and how far it is.",
      load: loading(settings, () => import("./status.ts")),
    },
    {
      name: "cluster cancel",
      text: "take FLOWs out of the queue",
      operand: { name: "FLOW…", least: 1 },
      detail:
        "What is in work is stopped. Units that are done stay where they are, and are of use when the plan is submitted again.",
      load: loading(settings, () => import("./cancel.ts")),
    },
  ],
};
