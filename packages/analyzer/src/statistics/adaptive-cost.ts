/**
 * What an adaptive coder needs for the bytes of a context, whose frequencies it has to learn: it takes (count so far +
 * α) / (all so far + 256 α) for the chance of a byte. The total does not depend on the order of the bytes; it is
 *
 *     log2 Γ(n + 256 α) − log2 Γ(256 α) − Σ over bytes (log2 Γ(n_s + α) − log2 Γ(α)).
 */

/** α: small, as most bytes never follow most contexts. */
const PRIOR = 1 / 32;
const ALPHABET = 256;

/** Part of a context that saw `count` bytes, in bits. */
export function contextCost(count: number): number {
  return logGamma(count + ALPHABET * PRIOR) - CONTEXT_START;
}

/** What each byte that it saw `count` times takes off that, in bits. */
export function byteGain(count: number): number {
  return logGamma(count + PRIOR) - BYTE_START;
}

/** log2 Γ(x) for x > 0, by Stirling's series; its error is below 1e-9 of a bit. */
function logGamma(x: number): number {
  // The series is for large x: Γ(x) = Γ(x + 1) / x leads there.
  let product = 1;
  for (; x < 10; x++) product *= x;
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  const natural = (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
  return natural / Math.LN2;
}

const CONTEXT_START = logGamma(ALPHABET * PRIOR);
const BYTE_START = logGamma(PRIOR);
