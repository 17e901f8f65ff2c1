/** The logistic domain: squash maps a stretched probability, in 1/256, to 16 bits; stretch goes back from 12 bits. */
import { f32, floor, max, min } from "./numbers.ts";

/** Largest stretched probability, in 1/256. */
export const STRETCH_LIMIT = 2047;

/** e^x from its Taylor series at x / 1024, squared ten times: the same rounding everywhere, unlike `Math.exp`. */
export function exp(x: number): number {
  const y = x / 1024;
  let result = 1 + y * (1 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120)))));
  for (let i = 0; i < 10; i++) result *= result;
  return result;
}

/** The same where a mix is fine. */
export const FINE_STRETCH_LIMIT = 3071;

const squashed = Array.from({ length: 6144 }, (_, i) => max(1, min(65535, floor(65536 / (1 + exp((3072 - i) / 256))))));

/** 16-bit probability, 1 … 65535, of a stretched one: an integer in 1/256, −3071 … 3071. */
export function squash(x: number): number {
  return squashed[x + 3072];
}

const stretched = Array.from({ length: 4096 }, (_, p12) => {
  let x = -STRETCH_LIMIT;
  while (x < STRETCH_LIMIT && squash(x) >> 4 < p12) x++;
  return x / 256;
});

/** The smallest stretched probability, −2047/256 … 2047/256, that reaches a 12-bit one. */
export function stretch(p12: number): number {
  return stretched[p12];
}

/** Rounds a stretched f32 to the nearest 1/256, ties to even, and keeps it within the limit. Returns an integer. */
export function clampStretch(x: number, limit = STRETCH_LIMIT): number {
  const rounder = 1.5 * 2 ** 23;
  const rounded = f32(f32(x * 256) + rounder) - rounder;
  return max(-limit, min(limit, rounded));
}
