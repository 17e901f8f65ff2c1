/** What the options of `pith analyze` come to. */

import type { SignatureKind } from "@pith/analyzer";

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { ANALYZE_OPTIONS, DEFAULTS } from "./options.ts";

export interface AnalyzeSettings extends MessageSettings {
  /** S, bytes of a coarse pattern: a multiple of 100. */
  readonly patternSize: number;
  readonly signature: SignatureKind;
  /** Blocks on either side of a coarse pattern that belong to its region. */
  readonly region: number;
  /** Bytes that the analysis may take. */
  readonly memoryLimit: number;
  /** Bytes of content that are compressed to see what Pith makes of it; 0: none. */
  readonly sampleSize: number;
  /** Level at which they are. */
  readonly level: number;
  /** Where the page goes; `-` is standard output, undefined: no page is made. */
  readonly html: string | undefined;
  /** Whether to list the tensors of safetensors files, without reading more than their headers. */
  readonly tensors: boolean;
  /** Bytes of the two files that are to have the same representation; undefined: files are analysed. */
  readonly refutedSize: number | undefined;
  /** Bytes of the largest row of the paper's table to reproduce; undefined: files are analysed. */
  readonly largestRow: number | undefined;
  /** Name of the two files of a refutation. */
  readonly output: string | undefined;
  readonly force: boolean;
}

export function analyzeSettings(given: Arguments<typeof ANALYZE_OPTIONS & typeof COMMON_OPTIONS>): AnalyzeSettings {
  return {
    ...messageSettings(given),
    patternSize: given.patternSize ?? DEFAULTS.patternSize,
    signature: given.signature ?? DEFAULTS.signature,
    region: given.region ?? DEFAULTS.region,
    memoryLimit: given.memory ?? DEFAULTS.memory,
    sampleSize: given.sample ?? DEFAULTS.sample,
    level: given.level ?? DEFAULTS.level,
    html: given.html,
    tensors: given.tensors === true,
    refutedSize: given.refute,
    largestRow: given.table,
    output: given.output,
    force: given.force === true,
  };
}
