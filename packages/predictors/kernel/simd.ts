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

/** Lanes (0 + 2) + (1 + 3) of `a`, of `b`, of `c` and of nothing, in this order. */
// @ts-ignore: decorator
@inline
function sumsOfLanes(a: v128, b: v128, c: v128): v128 {
  const none = f32x4.splat(0);
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cn = f32x4.add(v128.shuffle<f32>(c, none, 0, 1, 4, 5), v128.shuffle<f32>(c, none, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cn, 0, 2, 4, 6), v128.shuffle<f32>(ab, cn, 1, 3, 5, 7));
}

/**
 * Dot products of two vectors with the same inputs, as lanes 0 and 1; the others are zero. The same bits as by `dot`, but
 * inputs are loaded once.
 */
// @ts-ignore: decorator
@inline
export function dots2(first: usize, second: usize, inputs: usize, bytes: i32): v128 {
  let evenA = f32x4.splat(0);
  let oddA = f32x4.splat(0);
  let evenB = f32x4.splat(0);
  let oddB = f32x4.splat(0);
  for (let i: i32 = 0; i < bytes; i += 32) {
    const even = v128.load(inputs + i);
    const odd = v128.load(inputs + i, 16);
    evenA = f32x4.add(evenA, f32x4.mul(v128.load(first + i), even));
    oddA = f32x4.add(oddA, f32x4.mul(v128.load(first + i, 16), odd));
    evenB = f32x4.add(evenB, f32x4.mul(v128.load(second + i), even));
    oddB = f32x4.add(oddB, f32x4.mul(v128.load(second + i, 16), odd));
  }
  return sumsOfLanes(f32x4.add(evenA, oddA), f32x4.add(evenB, oddB), f32x4.splat(0));
}

/** As `dots2`, of three vectors. More would not fit the registers of x86. */
// @ts-ignore: decorator
@inline
export function dots3(first: usize, second: usize, third: usize, inputs: usize, bytes: i32): v128 {
  let evenA = f32x4.splat(0);
  let oddA = f32x4.splat(0);
  let evenB = f32x4.splat(0);
  let oddB = f32x4.splat(0);
  let evenC = f32x4.splat(0);
  let oddC = f32x4.splat(0);
  for (let i: i32 = 0; i < bytes; i += 32) {
    const even = v128.load(inputs + i);
    const odd = v128.load(inputs + i, 16);
    evenA = f32x4.add(evenA, f32x4.mul(v128.load(first + i), even));
    oddA = f32x4.add(oddA, f32x4.mul(v128.load(first + i, 16), odd));
    evenB = f32x4.add(evenB, f32x4.mul(v128.load(second + i), even));
    oddB = f32x4.add(oddB, f32x4.mul(v128.load(second + i, 16), odd));
    evenC = f32x4.add(evenC, f32x4.mul(v128.load(third + i), even));
    oddC = f32x4.add(oddC, f32x4.mul(v128.load(third + i, 16), odd));
  }
  return sumsOfLanes(f32x4.add(evenA, oddA), f32x4.add(evenB, oddB), f32x4.add(evenC, oddC));
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
