/** What the options of `pith records` come to. */

import { targetName } from "../../files/descriptors.ts";
import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import type { RECORDS_OPTIONS } from "./options.ts";

export interface RecordsSettings extends MessageSettings {
  /** Each line is a record, rather than each file. */
  readonly lines: boolean;
  /** `own`, `auto`, `none` or a file; undefined: as is usual. */
  readonly prior: string | undefined;
  /** Bytes of records in the store's own prior; undefined: as is usual. */
  readonly size: number | undefined;
  /** `-` is standard output. */
  readonly output: string;
  readonly force: boolean;
}

export function recordsSettings(given: Arguments<typeof RECORDS_OPTIONS & typeof COMMON_OPTIONS>): RecordsSettings {
  return {
    ...messageSettings(given),
    lines: given.lines === true,
    prior: given.prior,
    size: given.size,
    output: given.output === undefined ? "-" : targetName(given.output),
    force: given.force === true,
  };
}
