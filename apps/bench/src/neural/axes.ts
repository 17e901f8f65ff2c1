/** Axes that begin at zero, for bars. */
import type { Scale } from "../report/scale.ts";

/** Linear from 0, with a margin of 5 % above the largest value. */
export function scaleFromZero(values: readonly number[], from: number, to: number): Scale {
  const high = 1.05 * Math.max(...values, Number.MIN_VALUE);
  return { low: 0, high, at: (value) => from + (value / high) * (to - from) };
}
