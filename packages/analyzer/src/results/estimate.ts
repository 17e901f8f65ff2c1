import type { Estimate } from "../analysis.ts";

/** How many there are, of which a sample of one in 2^level has so many. */
export function estimate(sampled: number, level: number): Estimate {
  const scale = 2 ** level;
  // Each was in the sample with probability 1 / scale, by itself.
  return { value: sampled * scale, exact: level === 0, standardError: Math.sqrt(sampled * (scale - 1) * scale) };
}

/** A constant plus a factor times an estimate. */
export function shifted(constant: number, factor: number, { value, exact, standardError }: Estimate): Estimate {
  return { value: constant + factor * value, exact, standardError: Math.abs(factor) * standardError };
}
