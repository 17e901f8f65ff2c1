/** What the options of compress, decompress, test, list and bench come to. */

import type { Kind, MethodName, NeuralOptions } from "@pith/codec";

import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import { MAX_LEVEL } from "../../interface/values.ts";
import type { OutputSettings } from "../shared/coding.ts";
import { CODING_OPTIONS, DEFAULTS } from "./options.ts";

export interface CodingSettings extends MessageSettings, ResourceSettings, OutputSettings {
  /** 1 to 10. */
  readonly level: number;
  readonly method: MethodName;
  readonly kind: Kind;
  /** Bytes; undefined: by level. */
  readonly blockSize: number | undefined;
  /** Undefined: as the level has it. */
  readonly neural: NeuralOptions | undefined;
  /** Files of networks: one to compress with, those that may be needed to decompress. */
  readonly networks: readonly string[];
  /** Of a benchmark. */
  readonly rounds: number;
  readonly levels: readonly number[];
}

export function codingSettings(given: Arguments<typeof CODING_OPTIONS & typeof COMMON_OPTIONS>): CodingSettings {
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    ...destination(given),
    level: given.max === true ? MAX_LEVEL : (given.level ?? DEFAULTS.level),
    method: given.method ?? DEFAULTS.method,
    kind: given.kind ?? DEFAULTS.kind,
    blockSize: given.blockSize,
    neural: given.neural,
    networks: given.network ?? [],
    rounds: given.rounds ?? DEFAULTS.rounds,
    levels: given.levels ?? Array.from({ length: MAX_LEVEL }, (_, i) => i + 1),
  };
}

function destination(given: Arguments<typeof CODING_OPTIONS>): OutputSettings {
  return {
    stdout: given.stdout === true || given.output === "-",
    output: given.output === "-" ? undefined : given.output,
    range: given.range,
    force: given.force === true,
    remove: given.remove === true,
  };
}
