/** The colours of cost: classes of bits, each with a tint (`--cost-0` … in microscope.css). */

/** Bits from which on the next tint holds. */
const STEPS = [0.05, 0.2, 0.5, 1, 2, 3, 4.5, 6, 8, 11] as const;

/** Number of tints; 0 is none. */
export const TINTS = STEPS.length + 1;

/** The tint of a cost in bits: 0 to TINTS − 1. */
export function tintOf(bits: number): number {
  let tint = 0;
  while (tint < STEPS.length && bits >= STEPS[tint]) tint++;
  return tint;
}

/** Least bits of a tint. */
export function leastBits(tint: number): number {
  return tint === 0 ? 0 : STEPS[tint - 1];
}
