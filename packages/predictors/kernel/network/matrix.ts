/**
 * Products of matrices and vectors, f32. A matrix of `rows` × `columns` lies row by row, and maps a vector of `rows`
 * numbers to one of `columns`; columns are a multiple of 32. The order of summation is fixed.
 */

/** output[0 … columns) += Σ input[row] · matrix[row]. */
export function multiply(output: usize, matrix: usize, input: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  const end = input + (<usize>rows << 2);
  for (let b: usize = 0; b < stride; b += 128) {
    const y = output + b;
    let a0 = v128.load(y);
    let a1 = v128.load(y, 16);
    let a2 = v128.load(y, 32);
    let a3 = v128.load(y, 48);
    let a4 = v128.load(y, 64);
    let a5 = v128.load(y, 80);
    let a6 = v128.load(y, 96);
    let a7 = v128.load(y, 112);
    let row = matrix + b;
    for (let x = input; x < end; x += 4) {
      const s = v128.load_splat<f32>(x);
      a0 = f32x4.add(a0, f32x4.mul(v128.load(row), s));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(row, 16), s));
      a2 = f32x4.add(a2, f32x4.mul(v128.load(row, 32), s));
      a3 = f32x4.add(a3, f32x4.mul(v128.load(row, 48), s));
      a4 = f32x4.add(a4, f32x4.mul(v128.load(row, 64), s));
      a5 = f32x4.add(a5, f32x4.mul(v128.load(row, 80), s));
      a6 = f32x4.add(a6, f32x4.mul(v128.load(row, 96), s));
      a7 = f32x4.add(a7, f32x4.mul(v128.load(row, 112), s));
      row += stride;
    }
    v128.store(y, a0);
    v128.store(y, a1, 16);
    v128.store(y, a2, 32);
    v128.store(y, a3, 48);
    v128.store(y, a4, 64);
    v128.store(y, a5, 80);
    v128.store(y, a6, 96);
    v128.store(y, a7, 112);
  }
}

/** output[row] += matrix[row] · gradient, for each row: the way back through `multiply`. */
export function multiplyTransposed(output: usize, matrix: usize, gradient: usize, rows: i32, columns: i32): void {
  const stride = <usize>columns << 2;
  const end = output + (<usize>rows << 2);
  let row = matrix;
  for (let y = output; y < end; y += 4) {
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let a2 = f32x4.splat(0);
    let a3 = f32x4.splat(0);
    for (let b: usize = 0; b < stride; b += 64) {
      a0 = f32x4.add(a0, f32x4.mul(v128.load(row + b), v128.load(gradient + b)));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(row + b, 16), v128.load(gradient + b, 16)));
      a2 = f32x4.add(a2, f32x4.mul(v128.load(row + b, 32), v128.load(gradient + b, 32)));
      a3 = f32x4.add(a3, f32x4.mul(v128.load(row + b, 48), v128.load(gradient + b, 48)));
    }
    const sum = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3));
    store<f32>(
      y,
      load<f32>(y) +
        (f32x4.extract_lane(sum, 0) +
          f32x4.extract_lane(sum, 2) +
          (f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 3))),
    );
    row += stride;
  }
}
