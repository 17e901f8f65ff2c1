/**
 * The functions of neural networks, four lanes at a time, made of + − × ÷ alone: the host's exp and tanh differ between
 * engines, these do not. Relative error of exp below 1e-6 for |x| ≤ 80, beyond which it is held.
 */

const LOG2_E: f32 = 1.44269504;
/** 1.5 × 2^23: added to a small f32, it leaves the nearest integer in the lowest bits. */
const ROUNDER: f32 = 12582912.0;
const LARGEST: f32 = 80.0;

/** e^x = 2^n · 2^r: n goes into the exponent, |r| ≤ ½ through a polynomial. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const held = f32x4.max(f32x4.min(x, f32x4.splat(LARGEST)), f32x4.splat(-LARGEST));
  const t = f32x4.mul(held, f32x4.splat(LOG2_E));
  const rounded = f32x4.add(t, f32x4.splat(ROUNDER));
  const r = f32x4.sub(t, f32x4.sub(rounded, f32x4.splat(ROUNDER)));
  let p = f32x4.add(f32x4.splat(0.0096181291), f32x4.mul(r, f32x4.splat(0.0013333558)));
  p = f32x4.add(f32x4.splat(0.0555041087), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(0.240226507), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(0.6931471806), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(1.0), f32x4.mul(r, p));
  return i32x4.add(p, i32x4.shl(rounded, 23));
}

// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1.0), f32x4.add(f32x4.splat(1.0), exp4(f32x4.neg(x))));
}

// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1.0), f32x4.div(f32x4.splat(2.0), f32x4.add(f32x4.splat(1.0), exp4(f32x4.add(x, x)))));
}
