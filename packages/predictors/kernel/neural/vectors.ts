/** Sums and rectifiers of vectors of f32; `bytes` is a multiple of 16. */

/** sum += vector. */
// @ts-ignore: decorator
@inline
export function add(sum: usize, vector: usize, bytes: usize): void {
  for (let b: usize = 0; b < bytes; b += 16) {
    v128.store(sum + b, f32x4.add(v128.load(sum + b), v128.load(vector + b)));
  }
}

/** In place: max(x, 0). */
// @ts-ignore: decorator
@inline
export function rectify(vector: usize, bytes: usize): void {
  for (let b: usize = 0; b < bytes; b += 16) {
    v128.store(vector + b, f32x4.max(v128.load(vector + b), f32x4.splat(0)));
  }
}

/** Clears the errors of what was rectified away. */
// @ts-ignore: decorator
@inline
export function throughRectifier(errors: usize, rectified: usize, bytes: usize): void {
  for (let b: usize = 0; b < bytes; b += 16) {
    const open = f32x4.gt(v128.load(rectified + b), f32x4.splat(0));
    v128.store(errors + b, v128.and(v128.load(errors + b), open));
  }
}
