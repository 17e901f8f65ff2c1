/** What the options of compress, decompress, test, list and bench come to. */

import type { Kind, MethodName, NeuralOptions } from "@pith/codec";

import { targetName } from "../../files/descriptors.ts";
import { isVersionControl, type PathFilter } from "../../files/glob.ts";
import { SUFFIX } from "../../files/names.ts";
import { ORDERS, type Order } from "../../files/order.ts";
import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import { MAX_LEVEL } from "../../interface/values.ts";
import type { OutputSettings } from "../shared/coding.ts";
import { CODING_OPTIONS, DEFAULTS } from "./options.ts";

export interface CodingSettings extends MessageSettings, ResourceSettings, OutputSettings {
  /** How the names of compressed files end. */
  readonly suffix: string;
  /** 1 to 10. */
  readonly level: number;
  readonly method: MethodName;
  readonly kind: Kind;
  /** Take apart what is packed inside. */
  readonly open: boolean;
  /** Blocks that are decoded again before they are written. */
  readonly verify: boolean | "weights";
  /** Bytes; undefined: by level. */
  readonly blockSize: number | undefined;
  /** Seconds after which what was read is to have come out; undefined: when blocks are full. */
  readonly flush: number | undefined;
  /** Bytes of content that a file may decompress to; undefined: any number. */
  readonly maxLength: number | undefined;
  /** Undefined: as the level has it. */
  readonly neural: NeuralOptions | undefined;
  /** Files of networks: one to compress with, those that may be needed to decompress. */
  readonly networks: readonly string[];
  /** What short files are coded with: `auto`, `none` or a file. */
  readonly prior: string;
  /** Leave out files that are compressed already. */
  readonly excludeCompressed: boolean;
  /** Of an archive. */
  readonly order: Order;
  readonly exclude: readonly PathFilter[];
  readonly owners: boolean;
  /** Archives: of the first, what is new is packed; the others are what it builds on. */
  readonly references: readonly string[];
  /** List what is in archives. */
  readonly files: boolean;
  /** Of a benchmark. */
  readonly rounds: number;
  readonly levels: readonly number[];
}

export function codingSettings(given: Arguments<typeof CODING_OPTIONS & typeof COMMON_OPTIONS>): CodingSettings {
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    ...destination(given),
    suffix: given.suffix ?? SUFFIX,
    level: given.max === true ? MAX_LEVEL : (given.level ?? DEFAULTS.level),
    method: given.method ?? DEFAULTS.method,
    kind: given.kind ?? DEFAULTS.kind,
    open: given.noOpen !== true,
    verify: given.noVerify === true ? false : given.verify === true || "weights",
    blockSize: given.blockSize,
    flush: given.flush,
    maxLength: given.maxOutput,
    neural: given.neural,
    networks: given.network ?? [],
    prior: given.prior ?? DEFAULTS.prior,
    excludeCompressed: given.excludeCompressed === true,
    order: given.order ?? ORDERS[0],
    exclude: [...(given.exclude ?? []), ...(given.excludeVcs === true ? [isVersionControl] : [])],
    owners: given.owners === true,
    references: given.reference ?? [],
    files: given.files === true,
    rounds: given.rounds ?? DEFAULTS.rounds,
    levels: given.levels ?? DEFAULTS.levels,
  };
}

function destination(given: Arguments<typeof CODING_OPTIONS>): OutputSettings {
  const output = given.output === undefined ? undefined : targetName(given.output);
  return {
    lists: given.filesFrom ?? [],
    zeros: given.null === true,
    recursive: given.recursive === true,
    stdout: given.stdout === true || output === "-",
    output: output === "-" ? undefined : output,
    flatFolder: given.outputDirFlat,
    sparse: given.noSparse !== true,
    range: given.range,
    force: given.force === true,
    remove: given.remove === true,
  };
}
