/** Products of matrices, for training. */

/**
 * c += a · b, where b and c lie row by row without gaps.
 *
 * @param rows of a and c, a multiple of 4
 * @param columns of b and c, a multiple of 8
 * @param inner columns of a, rows of b
 * @param rowBytes from a row of a to the next
 * @param columnBytes from a column of a to the next
 */
export function multiply(
  c: usize, a: usize, b: usize, rows: i32, columns: i32, inner: i32, rowBytes: i32, columnBytes: i32,
): void {
  const width = <usize>(columns << 2);
  for (let j: usize = 0; j < width; j += 32) {
    for (let i = 0; i < rows; i += 4) {
      const c0 = c + <usize>i * width + j;
      const c1 = c0 + width;
      const c2 = c1 + width;
      const c3 = c2 + width;
      let s0 = v128.load(c0);
      let s1 = v128.load(c1);
      let s2 = v128.load(c2);
      let s3 = v128.load(c3);
      let t0 = v128.load(c0, 16);
      let t1 = v128.load(c1, 16);
      let t2 = v128.load(c2, 16);
      let t3 = v128.load(c3, 16);
      let a0 = a + i * rowBytes;
      let a1 = a0 + rowBytes;
      let a2 = a1 + rowBytes;
      let a3 = a2 + rowBytes;
      let row = b + j;
      for (let k = 0; k < inner; k++) {
        const left = v128.load(row);
        const right = v128.load(row, 16);
        const x0 = v128.load32_splat(a0);
        const x1 = v128.load32_splat(a1);
        s0 = f32x4.add(s0, f32x4.mul(x0, left));
        t0 = f32x4.add(t0, f32x4.mul(x0, right));
        s1 = f32x4.add(s1, f32x4.mul(x1, left));
        t1 = f32x4.add(t1, f32x4.mul(x1, right));
        const x2 = v128.load32_splat(a2);
        const x3 = v128.load32_splat(a3);
        s2 = f32x4.add(s2, f32x4.mul(x2, left));
        t2 = f32x4.add(t2, f32x4.mul(x2, right));
        s3 = f32x4.add(s3, f32x4.mul(x3, left));
        t3 = f32x4.add(t3, f32x4.mul(x3, right));
        row += width;
        a0 += columnBytes;
        a1 += columnBytes;
        a2 += columnBytes;
        a3 += columnBytes;
      }
      v128.store(c0, s0);
      v128.store(c1, s1);
      v128.store(c2, s2);
      v128.store(c3, s3);
      v128.store(c0, t0, 16);
      v128.store(c1, t1, 16);
      v128.store(c2, t2, 16);
      v128.store(c3, t3, 16);
    }
  }
}
