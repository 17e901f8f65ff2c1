/**
 * Products of matrices and vectors, f32. A matrix of `rows` × `columns` lies row by row, and maps a vector of `rows`
 * numbers to one of `columns`; rows are a multiple of 4, columns of 32. The order of summation is fixed.
 *
 * Loops hold few running sums: engines load all that a loop's body needs before they compute with it, and a running sum
 * that does not fit the sixteen registers of x86 goes through memory in each round, which takes twice as long.
 */

/** output[0 … columns) += Σ input[row] · matrix[row]. */
export function multiply(output: usize, matrix: usize, input: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  const end = input + (<usize>rows << 2);
  for (let b: usize = 0; b < stride; b += 64) {
    const y = output + b;
    let a0 = v128.load(y);
    let a1 = v128.load(y, 16);
    let a2 = v128.load(y, 32);
    let a3 = v128.load(y, 48);
    let row = matrix + b;
    for (let x = input; x < end; x += 4) {
      const s = v128.load_splat<f32>(x);
      a0 = f32x4.add(a0, f32x4.mul(v128.load(row), s));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(row, 16), s));
      a2 = f32x4.add(a2, f32x4.mul(v128.load(row, 32), s));
      a3 = f32x4.add(a3, f32x4.mul(v128.load(row, 48), s));
      row += stride;
    }
    v128.store(y, a0);
    v128.store(y, a1, 16);
    v128.store(y, a2, 32);
    v128.store(y, a3, 48);
  }
}

/**
 * output[row] += matrix[row] · gradient, for each row: the way back through `multiply`.
 *
 * A row has four running sums of four lanes each, by the column modulo 16: (0 + 1) + (2 + 3), then lanes
 * (0 + 2) + (1 + 3).
 */
export function multiplyTransposed(output: usize, matrix: usize, gradient: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  const end = output + (<usize>rows << 2);
  let row = matrix;
  for (let y = output; y < end; y += 16) {
    let upper = f32x4.splat(0);
    let lower = f32x4.splat(0);
    // unroll 2
    for (let pair: i32 = 0; pair < 2; pair++) {
      const next = row + stride;
      let sum = f32x4.splat(0);
      let nextSum = f32x4.splat(0);
      // unroll 2
      for (let half: i32 = 0; half < 2; half++) {
        let a0 = f32x4.splat(0);
        let a1 = f32x4.splat(0);
        let b0 = f32x4.splat(0);
        let b1 = f32x4.splat(0);
        for (let b: usize = 32 * half; b < stride; b += 64) {
          const g0 = v128.load(gradient + b);
          const g1 = v128.load(gradient + b, 16);
          a0 = f32x4.add(a0, f32x4.mul(v128.load(row + b), g0));
          a1 = f32x4.add(a1, f32x4.mul(v128.load(row + b, 16), g1));
          b0 = f32x4.add(b0, f32x4.mul(v128.load(next + b), g0));
          b1 = f32x4.add(b1, f32x4.mul(v128.load(next + b, 16), g1));
        }
        if (half == 0) {
          sum = f32x4.add(a0, a1);
          nextSum = f32x4.add(b0, b1);
        } else {
          sum = f32x4.add(sum, f32x4.add(a0, a1));
          nextSum = f32x4.add(nextSum, f32x4.add(b0, b1));
        }
      }
      const halves = f32x4.add(
        v128.shuffle<f32>(sum, nextSum, 0, 1, 4, 5),
        v128.shuffle<f32>(sum, nextSum, 2, 3, 6, 7),
      );
      if (pair == 0) upper = halves;
      else lower = halves;
      row = next + stride;
    }
    const even = v128.shuffle<f32>(upper, lower, 0, 2, 4, 6);
    const odd = v128.shuffle<f32>(upper, lower, 1, 3, 5, 7);
    v128.store(y, f32x4.add(v128.load(y), f32x4.add(even, odd)));
  }
}

/** f32 [2 rows][16 columns]: what `sumProducts` gives. */
export const products = memory.data(128, 16);

/**
 * Σ over `count` vectors of inputs[i][row] · errors[i][column], for two rows and sixteen columns: what this part of a
 * matrix is to learn. Reads the second row's inputs also where a matrix has no such row.
 *
 * @param inputStride bytes from one input to the next; `errorStride` likewise
 */
export function sumProducts(inputs: usize, inputStride: usize, errors: usize, errorStride: usize, count: i32): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  for (let i: i32 = 0; i < count; i++) {
    const s = v128.load_splat<f32>(inputs);
    const t = v128.load_splat<f32>(inputs, 4);
    const e0 = v128.load(errors);
    const e1 = v128.load(errors, 16);
    const e2 = v128.load(errors, 32);
    const e3 = v128.load(errors, 48);
    a0 = f32x4.add(a0, f32x4.mul(e0, s));
    a1 = f32x4.add(a1, f32x4.mul(e1, s));
    a2 = f32x4.add(a2, f32x4.mul(e2, s));
    a3 = f32x4.add(a3, f32x4.mul(e3, s));
    b0 = f32x4.add(b0, f32x4.mul(e0, t));
    b1 = f32x4.add(b1, f32x4.mul(e1, t));
    b2 = f32x4.add(b2, f32x4.mul(e2, t));
    b3 = f32x4.add(b3, f32x4.mul(e3, t));
    inputs += inputStride;
    errors += errorStride;
  }
  v128.store(products, a0);
  v128.store(products, a1, 16);
  v128.store(products, a2, 32);
  v128.store(products, a3, 48);
  v128.store(products, b0, 64);
  v128.store(products, b1, 80);
  v128.store(products, b2, 96);
  v128.store(products, b3, 112);
}
