/** What the options of `pith weights` come to. */

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import { DEFAULTS, WEIGHTS_OPTIONS } from "./options.ts";

export interface WeightsSettings extends MessageSettings, ResourceSettings {
  /** 1 to 9. */
  readonly level: number;
  /** One file, or none. */
  readonly references: readonly string[];
}

export function weightsSettings(given: Arguments<typeof WEIGHTS_OPTIONS & typeof COMMON_OPTIONS>): WeightsSettings {
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    level: given.level ?? DEFAULTS.level,
    references: given.reference === undefined ? [] : [given.reference],
  };
}
