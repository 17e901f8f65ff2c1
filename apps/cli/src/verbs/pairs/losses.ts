import type { Losses } from "@pith/pairs";

import { displayName, printError, type Session } from "../../session.ts";

/** Letters and places that are named. */
const MOST_CONFUSIONS = 8;
const MOST_PLACES = 8;

/** Says on standard error what a lossy text lost. */
export function reportLosses({ settings, beforePrinting }: Session, path: string, losses: Losses): void {
  if (settings.quiet || settings.json) return;
  beforePrinting?.();
  printError(`pith: ${displayName(path)}: ${describe(losses)}`);
}

function describe({ wrong, coded, first, confusions }: Losses): string {
  if (wrong === 0) return `lossy, but nothing was lost: all ${coded} coded characters come back`;
  const share = ((100 * wrong) / coded).toPrecision(2);
  const letters = [...confusions]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_CONFUSIONS)
    .map(([[was, became], count]) => `${was} → ${became} ${count}`)
    .join(", ");
  const places = first
    .slice(0, MOST_PLACES)
    .map(({ offset }) => offset)
    .join(", ");
  const more = wrong > MOST_PLACES ? " …" : "";
  return `lost ${wrong} of ${coded} coded characters (${share} %): ${letters}; at bytes ${places}${more}`;
}

/** What became of a text whose length is kept. */
export function lossesOf(text: Uint8Array, decoded: Uint8Array): Losses {
  const losses = { wrong: 0, coded: 0, first: [] as Losses["first"][number][], confusions: new Map<string, number>() };
  for (const [offset, byte] of text.entries()) {
    const was = String.fromCharCode(byte);
    if (!/[a-z]/iu.test(was)) continue;
    losses.coded++;
    if (byte === decoded[offset]) continue;
    const became = String.fromCharCode(decoded[offset]);
    losses.wrong++;
    losses.first.push({ offset, was, became });
    losses.confusions.set(was + became, (losses.confusions.get(was + became) ?? 0) + 1);
  }
  return losses;
}
