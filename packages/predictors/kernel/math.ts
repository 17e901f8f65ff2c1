/**
 * The logistic domain. stretch(p) = ln(p / (1 − p)), squash is its inverse. Both are tables, built from + − × ÷ alone,
 * so that every machine has the same bits.
 *
 * Units: a probability is of 16 bits (1 … 65535) or, as an index, of 12; a stretched probability is an integer in
 * 1/256 (−2047 … 2047, so ±8) or the f32 of the same value.
 */

/** Largest stretched probability, in 1/256. */
export const STRETCH_LIMIT: i32 = 2047;

const squashTable = memory.data(4096 * 2, 64);
const stretchTable = memory.data(4096 * 4, 64);

/** e^x by ten squarings of a Taylor series around 0, for |x| ≤ 12; relative error below 1e-9. */
export function exp(x: f64): f64 {
  const y = x / 1024.0;
  let result = 1.0 + y * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0)))));
  for (let i = 0; i < 10; i++) result = result * result;
  return result;
}

/** Fills the tables; once an instance. */
export function initMath(): void {
  for (let i = 0; i < 4096; i++) {
    const p = <i32>(65536.0 / (1.0 + exp((2048.0 - <f64>i) / 256.0)));
    store<u16>(squashTable + (i << 1), <u16>max(1, min(65535, p)));
  }
  // The inverse: each 12-bit probability takes the smallest stretch that reaches it.
  let next = 0;
  for (let x = -STRETCH_LIMIT; x <= STRETCH_LIMIT; x++) {
    const p = squash(x) >> 4;
    for (; next <= p; next++) store<f32>(stretchTable + (next << 2), <f32>x / 256.0);
  }
  for (; next < 4096; next++) store<f32>(stretchTable + (next << 2), <f32>STRETCH_LIMIT / 256.0);
}

/** 16-bit probability of a stretched one within ±STRETCH_LIMIT. */
// @ts-ignore: decorator
@inline
export function squash(x: i32): i32 {
  return load<u16>(squashTable + ((x + 2048) << 1));
}

/** Stretched f32 of a 12-bit probability. */
// @ts-ignore: decorator
@inline
export function stretch(p12: i32): f32 {
  return load<f32>(stretchAddress(p12));
}

/** Address of the stretched f32 of a 12-bit probability. */
// @ts-ignore: decorator
@inline
export function stretchAddress(p12: i32): usize {
  return stretchTable + (p12 << 2);
}

/** 1.5 × 2^23: added to a small f32, it leaves the nearest integer in the lowest bits. */
const ROUNDER: f32 = 12582912.0;

/** Rounds a stretched f32 to the nearest 1/256 and keeps it within the limit; far cheaper than a saturating conversion. */
// @ts-ignore: decorator
@inline
export function clampStretch(x: f32): i32 {
  const rounded = reinterpret<i32>(x * 256.0 + ROUNDER) - reinterpret<i32>(ROUNDER);
  return max(-STRETCH_LIMIT, min(STRETCH_LIMIT, rounded));
}

/** Four stretched ones in 1/256, to f32. */
// @ts-ignore: decorator
@inline
export function unscale4(x: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(x), f32x4.splat(1.0 / 256.0));
}
