import { levelInfo } from "../levels.ts";
import { isChosen, type BlockSettings } from "../settings.ts";
import type { GeneralMethod } from "./general-method.ts";
import { copying } from "./lz.ts";
import { mixing } from "./mix.ts";
import { matching } from "./ppm.ts";

/** All of them: who adds one adds it here, and levels may name it. */
const GENERAL: readonly GeneralMethod[] = [mixing, copying, matching];

/**
 * The method for any bytes that blocks with these settings have: that of the level, or the one that is asked for.
 *
 * @returns undefined where another kind of method is asked for
 */
export function generalMethod({ method, level }: BlockSettings): GeneralMethod | undefined {
  const name = isChosen(method) ? levelInfo(level).method : method;
  return GENERAL.find((general) => general.method.name === name);
}
