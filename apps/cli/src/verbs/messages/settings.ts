/** What the options of `pith message` and `pith prior train` come to. */

import { UsageError } from "../../errors.ts";
import { targetName } from "../../files/descriptors.ts";
import { COMMON_OPTIONS, messageSettings, type MessageSettings } from "../../interface/common-options.ts";
import type { Arguments } from "../../interface/option.ts";
import { type CODES, MESSAGE_OPTIONS, PRIOR_OPTIONS, USUAL_PRIOR } from "./options.ts";

export type Codes = (typeof CODES)[number];

export interface MessagesSettings extends MessageSettings {
  /** A message is read, not written. */
  readonly reading: boolean;
  /** Each line is a message, of which only the length is wanted. */
  readonly byLine: boolean;
  /** `auto`, `none` or a file. */
  readonly prior: string;
  /** File of an earlier version. */
  readonly reference: string | undefined;
  readonly codes: Codes;
  /** Undefined: standard output. */
  readonly output: string | undefined;
  readonly force: boolean;
}

export function messagesSettings(given: Arguments<typeof MESSAGE_OPTIONS & typeof COMMON_OPTIONS>): MessagesSettings {
  const output = given.output === undefined ? undefined : targetName(given.output);
  const prior = given.prior ?? "auto";
  return {
    ...messageSettings(given),
    reading: given.decode === true,
    byLine: given.lines === true,
    prior,
    reference: given.reference,
    codes: given.codes ?? (prior === "auto" && given.reference === undefined ? "auto" : "model"),
    output: output === "-" ? undefined : output,
    force: given.force === true,
  };
}

export interface PriorSettings extends MessageSettings {
  /** Bytes of samples to keep. */
  readonly size: number;
  readonly base: "auto" | "none";
  /** File of the prior. */
  readonly output: string;
  readonly force: boolean;
}

/** @throws UsageError without a file for the prior */
export function priorSettings(given: Arguments<typeof PRIOR_OPTIONS & typeof COMMON_OPTIONS>): PriorSettings {
  const { output, size = USUAL_PRIOR, base = "auto", force = false } = given;
  if (output === undefined) throw new UsageError("prior train: expected -o PRIOR, got none");
  return { ...messageSettings(given), output, size, base, force };
}
