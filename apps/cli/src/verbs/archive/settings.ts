/** What the options of `pith extract` come to. */

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import type { ExtractionOptions } from "../../files/extract/extraction.ts";
import { ARCHIVE_OPTIONS } from "./options.ts";

export interface ArchiveSettings extends MessageSettings, ResourceSettings, ExtractionOptions {
  /** Into which to extract. */
  readonly folder: string;
  /** A file for the content; undefined where none was named. */
  readonly output: string | undefined;
  /** Whether zeros stand for content that is missing. */
  readonly zeros: boolean;
  /** Archives on which others may build. */
  readonly references: readonly string[];
  /** Files of networks to decode with. */
  readonly networks: readonly string[];
}

export function archiveSettings(given: Arguments<typeof ARCHIVE_OPTIONS & typeof COMMON_OPTIONS>): ArchiveSettings {
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    folder: given.directory ?? ".",
    output: given.output,
    zeros: given.zeros === true,
    references: given.reference ?? [],
    networks: given.networks ?? [],
    force: given.force === true,
    owners: given.owners === true,
    devices: given.devices === true,
    anyLinks: given.anyLinks === true,
  };
}
