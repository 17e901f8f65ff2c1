import { imul } from "./numbers.ts";

/** Mixes two 32-bit words into one. Both may be sums: only their lowest 32 bits count. */
export function hash(a: number, b: number): number {
  let h = (imul(a, 0x2f0b4c47) + imul(b, 0x5a8f1b3d)) | 0;
  h ^= h >>> 15;
  h = imul(h, 0x6c62272f);
  return h ^ (h >>> 13);
}
