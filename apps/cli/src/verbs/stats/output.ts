/** Where `pith stats` writes. */

import { asker } from "../../ask.ts";
import { UsageError } from "../../errors.ts";
import { openTarget } from "../../files/target.ts";
import { DEFAULTS, type Settings } from "../../interface/options.ts";
import type { Session } from "../../session.ts";

/** The only operand. */
export function requireOperand({ operands, verb }: Session): string {
  if (operands.length !== 1) throw new UsageError(`${verb}: expected one FILE, got ${operands.length}`);
  return operands[0];
}

/** Options that mean something only with another one, by the setting that each changes. */
const DEPENDENT = {
  activation: "--activation",
  codes: "--codes",
  epochs: "--epochs",
  heldOut: "--held-out",
  importance: "--importance",
  multipliers: "--multipliers",
  output: "--output",
  rate: "--rate",
  results: "--results",
  sample: "--sample",
  search: "--search",
  seed: "--seed",
  singles: "--singles",
  state: "--state",
  steps: "--steps",
  svg: "--svg",
  swapSize: "--swap",
  train: "--train",
} as const satisfies Partial<Record<keyof Settings, string>>;

/**
 * Refuses options that would do nothing.
 *
 * @param needed what they are for
 */
export function refuse({ settings }: Session, names: readonly (keyof typeof DEPENDENT)[], needed: string): void {
  const given = names.find((name) => settings[name] !== DEFAULTS[name]);
  if (given !== undefined) throw new UsageError(`${DEPENDENT[given]}: expected only with ${needed}`);
}

/** The file that -o names. */
export function requireOutput({ settings, verb }: Session): string {
  if (settings.output === undefined) throw new UsageError(`${verb}: expected -o FILE, got none`);
  return settings.output;
}

/**
 * Writes a whole file, which gets its name once it is on the disk.
 *
 * @param options replace: a file of this run or an earlier one, to be replaced without asking
 */
export async function writeOutput(
  session: Session,
  path: string,
  content: Uint8Array,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<void> {
  const target = await openTarget(path, {
    force: replace || session.settings.force,
    transient: true,
    mode: 0o666,
    source: undefined,
    ask: session.operands.includes("-") ? undefined : asker(session.settings.quiet),
  });
  try {
    await target.write(content);
    await target.commit(undefined);
  } finally {
    target.discard();
  }
}
