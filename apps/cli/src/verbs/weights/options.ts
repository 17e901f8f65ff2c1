/** The options of `pith weights`. */

import type { OptionTable } from "../../interface/option.ts";
import { file } from "../../interface/readers.ts";
import { RESOURCE_OPTIONS } from "../../interface/resource-options.ts";

/** What holds where an option is not given. */
export const DEFAULTS = { level: 5 } as const;

export const WEIGHTS_OPTIONS = {
  level: {
    flags: ["-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"],
    label: "-1 … -9",
    group: "Analysis",
    text: "level at which a file is compressed that is not yet",
    range: "1 to 9",
    default: `${DEFAULTS.level}`,
    read: (_text, flag) => Number(flag.slice(1)),
  },
  reference: {
    flags: ["--reference"],
    ...file("BASE"),
    group: "Analysis",
    text: "model weights that those of FILE are the difference to, or may be",
    detail: "As pith compress --reference has it: BASE may be compressed by Pith.",
  },
  ...RESOURCE_OPTIONS,
} as const satisfies OptionTable;
