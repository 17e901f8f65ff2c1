/**
 * The domain of the mix: stretched probabilities in 1/256, as `math.ts` has them, and within the same limits, ±8; models that
 * are FINE go to ±12, which is as far as 16 bits of probability reach. What hardly ever fails costs them next to nothing.
 */

import { STRETCH_LIMIT, exp, squash } from "../math";

/** Largest stretched probability of a mix, in 1/256. */
const LIMIT: i32 = FINE ? 3071 : STRETCH_LIMIT;
/** 1.5 × 2^23: added to a small f32, it leaves the nearest integer in the lowest bits. */
const ROUNDER: f32 = 12582912.0;

const table = memory.data(FINE ? 6144 * 2 : 2, 64); // u16 [stretched + 3072]

/** Fills the table; once an instance. */
export function initDomain(): void {
  if (!FINE) return;
  for (let i = 0; i < 6144; i++) {
    const p = <i32>(65536.0 / (1.0 + exp((3072.0 - <f64>i) / 256.0)));
    store<u16>(table + (i << 1), <u16>max(1, min(65535, p)));
  }
}

/** 16-bit probability of a mix. */
// @ts-ignore: decorator
@inline
export function squashMix(x: i32): i32 {
  return FINE ? <i32>load<u16>(table + ((x + 3072) << 1)) : squash(x);
}

/** Rounds four stretched f32 to the nearest 1/256, as i32, and keeps them within the limit. */
// @ts-ignore: decorator
@inline
export function clampMix4(x: v128): v128 {
  const moved = f32x4.add(f32x4.mul(x, f32x4.splat(256.0)), f32x4.splat(ROUNDER));
  const rounded = i32x4.sub(moved, i32x4.splat(reinterpret<i32>(ROUNDER)));
  return i32x4.max_s(i32x4.splat(-LIMIT), i32x4.min_s(i32x4.splat(LIMIT), rounded));
}
