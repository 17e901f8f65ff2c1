/** What the options of `pith shard` come to. */

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import { MAX_LEVEL } from "../../interface/values.ts";
import { DEFAULTS } from "../coding/options.ts";
import { SHARD_OPTIONS, USUAL_UNIT } from "./options.ts";

export interface ShardSettings extends MessageSettings, ResourceSettings {
  /** Bytes of a unit. */
  readonly size: number;
  /** Folder of units; undefined: beside the plan. */
  readonly shards: string | undefined;
  readonly level: number;
  readonly open: boolean;
  /** Bytes; undefined: by level. */
  readonly blockSize: number | undefined;
  /** File; undefined where none was named. */
  readonly output: string | undefined;
  readonly force: boolean;
}

export function shardSettings(given: Arguments<typeof SHARD_OPTIONS & typeof COMMON_OPTIONS>): ShardSettings {
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    size: given.size ?? USUAL_UNIT,
    shards: given.shards,
    level: given.max === true ? MAX_LEVEL : (given.level ?? DEFAULTS.level),
    open: given.noOpen !== true,
    blockSize: given.blockSize,
    output: given.output,
    force: given.force === true,
  };
}
