/** What the options of `pith pairs` come to. */

import type { PairsFraming } from "@pith/pairs";
import type { TrainedDecoder } from "@pith/statistics";

import { UsageError } from "../../errors.ts";
import { targetName } from "../../files/descriptors.ts";
import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { resourceSettings, type ResourceSettings } from "../../interface/resource-options.ts";
import type { OutputSettings } from "../shared/coding.ts";
import { DEFAULTS, PAIRS_OPTIONS } from "./options.ts";

export interface PairsSettings extends MessageSettings, ResourceSettings, OutputSettings {
  readonly framing: PairsFraming;
  /** A trained model that letters are told apart by; undefined: by verb. */
  readonly model: TrainedDecoder | undefined;
  /** File of statistics that they are told apart by instead. */
  readonly statistics: string | undefined;
  /** A code table, or the name of one; undefined: the decoder's own. */
  readonly codes: string | undefined;
  /** A list of words that decoded words are looked up in: `english`, or a file. */
  readonly words: string | undefined;
  /** Text in the thesis's framing and nothing else. */
  readonly bare: boolean;
  readonly lossy: boolean;
  readonly strict: boolean;
  /** Bits of a code in messages. */
  readonly bits: 3 | 4;
  /** Undefined: the shorter. */
  readonly form: "plain" | "modelled" | undefined;
  /** Messages are read, not written. */
  readonly reading: boolean;
  /** Each line is a message, of which only the length is wanted. */
  readonly byLine: boolean;
}

export function pairsSettings(given: Arguments<typeof PAIRS_OPTIONS & typeof COMMON_OPTIONS>): PairsSettings {
  const { model, statistics, codes, form, words } = given;
  if (words !== undefined && model !== undefined && model !== "letter-table") {
    throw new UsageError(`--words: expected --model letter-table or --statistics, got --model ${model}`);
  }
  const output = given.output === undefined ? undefined : targetName(given.output);
  return {
    ...messageSettings(given),
    ...resourceSettings(given),
    framing: given.framing ?? DEFAULTS.framing,
    bare: given.bare === true,
    lossy: given.lossy === true,
    strict: given.strict === true,
    bits: Number(given.bits ?? DEFAULTS.bits) as 3 | 4,
    reading: given.decode === true,
    byLine: given.lines === true,
    stdout: given.stdout === true || output === "-",
    output: output === "-" ? undefined : output,
    force: given.force === true,
    remove: false,
    range: undefined,
    sparse: true,
    ...{ model, statistics, codes, form, words },
  };
}
