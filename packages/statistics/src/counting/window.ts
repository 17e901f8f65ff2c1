/** The window: how far around a character its neighbours are counted. */
import { checkInteger } from "@pith/core";
import { MAXIMUM_REACH } from "../generated/count-exports.ts";

/** Numbers of characters, 0 to {@link MAXIMUM_REACH} each, not both 0. */
export interface Window {
  readonly before: number;
  readonly after: number;
}

/** Four characters before, three after (thesis, section 3.2.2). */
export const THESIS_WINDOW: Window = { before: 4, after: 3 };

export { MAXIMUM_REACH };

/** The distances of a window in their order: −before … −1, 1 … after. */
export function distancesOf({ before, after }: Window): number[] {
  return [...Array.from({ length: before }, (_, i) => i - before), ...Array.from({ length: after }, (_, i) => i + 1)];
}

/** @throws RangeError that says what is wrong */
export function checkWindow(window: Window): void {
  for (const side of ["before", "after"] as const) {
    checkInteger(`window.${side}`, window[side], 0, MAXIMUM_REACH);
  }
  if (window.before + window.after === 0) throw new RangeError("window: expected at least one character, got none");
}
