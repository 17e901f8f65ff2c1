/** exp, sigmoid and tanh of + − × ÷ in f32, in the kernel's order of operations. */
import { f32, max, min } from "./numbers.ts";

const ROUNDER = 12582912;
const COEFFICIENTS = [0.0013333558, 0.0096181291, 0.0555041087, 0.240226507, 0.6931471806, 1].map((c) => f32(c));

const bits = new DataView(new ArrayBuffer(4));

export function exp(x: number): number {
  const t = f32(max(min(x, 80), -80) * f32(1.44269504));
  const rounded = f32(t + ROUNDER);
  const r = f32(t - f32(rounded - ROUNDER));
  const p = COEFFICIENTS.reduce((sum, c) => f32(c + f32(r * sum)));
  bits.setFloat32(0, rounded);
  const exponent = bits.getInt32(0) << 23;
  bits.setFloat32(0, p);
  bits.setInt32(0, (bits.getInt32(0) + exponent) | 0);
  return bits.getFloat32(0);
}

export function sigmoid(x: number): number {
  return f32(1 / f32(1 + exp(-x)));
}

export function tanh(x: number): number {
  return f32(1 - f32(2 / f32(1 + exp(f32(x + x)))));
}
