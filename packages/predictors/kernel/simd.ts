/**
 * Vectors of f32, four lanes at a time, in one fixed order of summation: two accumulators of four lanes, their sum,
 * then lanes (0 + 2) + (1 + 3). Plain WebAssembly SIMD rounds each step as IEEE 754 says, so every machine agrees.
 */

/** Dot product; `bytes` (4 a number) is a multiple of 32. */
// @ts-ignore: decorator
@inline
export function dot(weights: usize, inputs: usize, bytes: i32): f32 {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  for (let i: i32 = 0; i < bytes; i += 32) {
    even = f32x4.add(even, f32x4.mul(v128.load(weights + i), v128.load(inputs + i)));
    odd = f32x4.add(odd, f32x4.mul(v128.load(weights + i, 16), v128.load(inputs + i, 16)));
  }
  const sum = f32x4.add(even, odd);
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 2) +
    (f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3))
  );
}

/** weights += inputs × step; `bytes` is a multiple of 32. */
// @ts-ignore: decorator
@inline
export function addScaled(weights: usize, inputs: usize, bytes: i32, step: f32): void {
  const steps = f32x4.splat(step);
  for (let i: i32 = 0; i < bytes; i += 32) {
    v128.store(weights + i, f32x4.add(v128.load(weights + i), f32x4.mul(steps, v128.load(inputs + i))));
    v128.store(weights + i, f32x4.add(v128.load(weights + i, 16), f32x4.mul(steps, v128.load(inputs + i, 16))), 16);
  }
}
