/**
 * What an adaptive coder needs for the bytes of a context, whose frequencies it has to learn: it takes (count so far +
 * α) / (all so far + 256 α) for the chance of a byte. The total does not depend on the order of the bytes; it is
 *
 *     log2 Γ(n + 256 α) − log2 Γ(256 α) − Σ over bytes (log2 Γ(n_s + α) − log2 Γ(α)).
 */
import { log2Gamma } from "./log-gamma.ts";

/** α: small, as most bytes never follow most contexts. */
const PRIOR = 1 / 32;
const ALPHABET = 256;

/** Part of a context that saw `count` bytes, in bits. */
export function contextCost(count: number): number {
  return log2Gamma(count + ALPHABET * PRIOR) - CONTEXT_START;
}

/** What each byte that it saw `count` times takes off that, in bits. */
export function byteGain(count: number): number {
  return log2Gamma(count + PRIOR) - BYTE_START;
}

const CONTEXT_START = log2Gamma(ALPHABET * PRIOR);
const BYTE_START = log2Gamma(PRIOR);
