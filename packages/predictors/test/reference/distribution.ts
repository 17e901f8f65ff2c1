/** How a predictor of bytes makes 256 probabilities of the bits' ones. */
import type { ReferenceModel } from "./model.ts";
import { clz32, floor } from "./numbers.ts";

const TOTAL = 2 ** 22;

/** Of a node's share, what its ones get; each of its leaves, in all `leaves`, gets at least 1. */
export function shareOfOnes(share: number, leaves: number, p16: number): number {
  return leaves / 2 + floor(((share - leaves) * p16) / 65536);
}

/** The probabilities of the next byte, all 256; they sum to 2^22. */
export function distribution(model: ReferenceModel): Uint32Array {
  const shares = new Uint32Array(512);
  shares[1] = TOTAL;
  for (let node = 1; node < 256; node++) {
    const leaves = 256 >> (31 - clz32(node));
    const ones = shareOfOnes(shares[node], leaves, model.peekBit(node));
    shares[2 * node] = shares[node] - ones;
    shares[2 * node + 1] = ones;
  }
  return shares.slice(256);
}
