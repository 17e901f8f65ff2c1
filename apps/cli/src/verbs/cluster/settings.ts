/** What the options of `pith cluster` come to. */

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import { CLUSTER_OPTIONS, DEFAULT_REDIS, DEFAULTS } from "./options.ts";

export interface ClusterSettings extends MessageSettings, ResourceSettings {
  /** Where Redis is. */
  readonly url: string;
  readonly queue: string;
  /** Folder of units; undefined: beside the plan. */
  readonly shards: string | undefined;
  readonly attempts: number;
  readonly wait: boolean;
  /** Units at once. */
  readonly jobs: number;
  /** Seconds. */
  readonly lease: number;
  /** Seconds; undefined: never. */
  readonly idle: number | undefined;
  /** File; undefined where none was named. */
  readonly output: string | undefined;
  readonly force: boolean;
}

export function clusterSettings(given: Arguments<typeof CLUSTER_OPTIONS & typeof COMMON_OPTIONS>): ClusterSettings {
  const { PITH_REDIS: fromEnvironment = "" } = process.env;
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    url: given.redis ?? (fromEnvironment === "" ? DEFAULT_REDIS : fromEnvironment),
    queue: given.queue ?? DEFAULTS.queue,
    shards: given.shards,
    attempts: given.attempts ?? DEFAULTS.attempts,
    wait: given.wait === true,
    jobs: given.jobs ?? DEFAULTS.jobs,
    lease: given.lease ?? DEFAULTS.lease,
    idle: given.idle,
    output: given.output,
    force: given.force === true,
  };
}
