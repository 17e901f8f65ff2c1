/** What the options of `pith shard` come to. */

import { UsageError } from "../../errors.ts";
import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import { MAX_LEVEL } from "../../interface/values.ts";
import { DEFAULTS } from "../coding/options.ts";
import type { UnitKindName } from "./plan-file.ts";
import { SHARD_OPTIONS, USUAL_UNIT } from "./options.ts";

export interface ShardSettings extends MessageSettings, ResourceSettings {
  readonly unit: UnitKindName;
  /** Of units that are counted; undefined: the usual ones. */
  readonly alphabet: string | undefined;
  readonly window: { readonly before: number; readonly after: number } | undefined;
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
  const { unit = "compress", level, max, noOpen, blockSize } = given;
  if (unit !== "compress" && [level, max, noOpen, blockSize].some((each) => each !== undefined)) {
    throw new UsageError(
      `--unit ${unit}: expected no level, --no-open and --block-size, which are for units that are compressed`,
    );
  }
  return {
    unit,
    alphabet: given.alphabet,
    window: given.window,
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
