/** What the kernel counts of a file of a given size: see `kernel/statistics.ts`. */
import * as counted from "../generated/statistics-exports.ts";
import { CONTEXT_WINDOW, LAG_WINDOW } from "../generated/statistics-exports.ts";
import { STRETCH, WHOLE_CONTEXTS, WHOLE_LAGS } from "./byte-counter.ts";

const LAG_STRETCHES = Number(counted.LAG_STRETCHES);

/** What a count in a window of contexts stands for, beyond the part that is counted as a whole. */
export const CONTEXT_WEIGHT = STRETCH / CONTEXT_WINDOW;
const LAG_WEIGHT = STRETCH / LAG_WINDOW;

/** Numbers of things counted, and what they stand for. */
export interface Sampled {
  /** Counted. */
  readonly count: number;
  /** Sum of their weights. */
  readonly weight: number;
  /** Sum of the squares of their weights. */
  readonly squares: number;
}

/** Positions with `order` bytes before them, in the windows of contexts. */
export function contextPositions(size: number, order: number): Sampled {
  const beyond = inWindows(size - WHOLE_CONTEXTS, STRETCH, CONTEXT_WINDOW, order);
  return weighted([inStretches(Math.min(size, WHOLE_CONTEXTS), order), 1], [beyond, CONTEXT_WEIGHT]);
}

/** Pairs of bytes, one after the other, in the windows of lags. */
export function lagPairs(size: number): Sampled {
  const near = inWindows(Math.min(size, WHOLE_CONTEXTS) - WHOLE_LAGS, STRETCH, LAG_WINDOW, 1);
  // Of sixteen stretches, the first has a window.
  const far = inWindows(size - WHOLE_CONTEXTS, LAG_STRETCHES * STRETCH, LAG_WINDOW, 1);
  return weighted(
    [inStretches(Math.min(size, WHOLE_LAGS), 1), 1],
    [near, LAG_WEIGHT],
    [far, LAG_STRETCHES * LAG_WEIGHT],
  );
}

/** Positions with `order` bytes before them in the same stretch. */
function inStretches(size: number, order: number): number {
  return inWindows(size, STRETCH, STRETCH, order);
}

/** The same in a window of each of the groups that `size` bytes, if positive, are cut into. */
function inWindows(size: number, group: number, window: number, order: number): number {
  const bytes = Math.max(0, size);
  const last = Math.min(window, bytes % group);
  return Math.floor(bytes / group) * (window - order) + Math.max(0, last - order);
}

function weighted(...parts: readonly (readonly [count: number, weight: number])[]): Sampled {
  return {
    count: parts.reduce((sum, [count]) => sum + count, 0),
    weight: parts.reduce((sum, [count, weight]) => sum + count * weight, 0),
    squares: parts.reduce((sum, [count, weight]) => sum + count * weight ** 2, 0),
  };
}
