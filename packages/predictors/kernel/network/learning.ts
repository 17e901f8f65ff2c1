/**
 * How weights learn: RMSProp, that is Adam without momentum. The mean squared gradient of each weight lies `squares`
 * bytes behind it.
 *
 * Sources: T. Tieleman, G. Hinton, "Lecture 6.5: RMSProp" (2012); D. Kingma, J. Ba, "Adam" (2015).
 */

import { products, sumProducts } from "./matrix";

const DECAY: f32 = 0.999;
const EPSILON: f32 = 0.00001;

/** One step of four weights. */
// @ts-ignore: decorator
@inline
export function learn4(weights: usize, squares: usize, gradient: v128, rate: v128): void {
  const square = f32x4.add(
    f32x4.mul(v128.load(weights + squares), f32x4.splat(DECAY)),
    f32x4.mul(f32x4.splat(1.0 - DECAY), f32x4.mul(gradient, gradient)),
  );
  v128.store(weights + squares, square);
  const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.add(f32x4.sqrt(square), f32x4.splat(EPSILON)));
  v128.store(weights, f32x4.sub(v128.load(weights), step));
}

/**
 * matrix[row] learns Σ over `steps` of inputs[step][row] · gradients[step], for each row.
 *
 * @param inputStride bytes from one step's inputs to the next
 * @param columns a multiple of 16; a step's gradients are as long
 */
export function learnMatrix(
  matrix: usize, squares: usize, rows: i32, columns: i32, inputs: usize, inputStride: usize, gradients: usize,
  steps: i32, rate: f32,
): void {
  const stride = <usize>columns << 2;
  const rates = f32x4.splat(rate);
  for (let row: i32 = 0; row < rows; row += 2) {
    const learning = min(2, rows - row);
    for (let b: usize = 0; b < stride; b += 64) {
      sumProducts(inputs + (<usize>row << 2), inputStride, gradients + b, stride, steps);
      for (let i: i32 = 0; i < learning; i++) {
        const weights = matrix + <usize>(row + i) * stride + b;
        const gradient = products + (<usize>i << 6);
        // unroll 4
        for (let j: i32 = 0; j < 4; j++) {
          learn4(weights + 16 * j, squares, v128.load(gradient, 16 * j), rates);
        }
      }
    }
  }
}

/** A row of weights learns from one step; `columns` is a multiple of 4. */
export function learnRow(row: usize, squares: usize, columns: i32, gradient: usize, rate: f32): void {
  const rates = f32x4.splat(rate);
  const bytes = <usize>columns << 2;
  for (let b: usize = 0; b < bytes; b += 16) learn4(row + b, squares, v128.load(gradient + b), rates);
}
