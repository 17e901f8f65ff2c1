/** Logarithms of counts, the same on every machine: what symbols take under frequencies is summed up from them. */

const BITS: i32 = 11;
const table = memory.data((1 << BITS) * 4, 64); // f32: log2(1 + i / 2^11)

/** Fills the table, by squaring: each square says one more bit of the logarithm. */
export function initLogarithms(): void {
  for (let i = 0; i < 1 << BITS; i++) {
    let x: f64 = 1.0 + <f64>i / <f64>(1 << BITS);
    let log: f64 = 0;
    let part: f64 = 0.5;
    for (let bit = 0; bit < 20; bit++) {
      x *= x;
      if (x >= 2.0) {
        x *= 0.5;
        log += part;
      }
      part *= 0.5;
    }
    store<f32>(table + (i << 2), <f32>log);
  }
}

/** log2 of a number from 1 on. */
// @ts-ignore: decorator
@inline
export function log2(n: u32): f32 {
  const whole = 31 - clz(n);
  const rest = (n << (31 - whole)) & 0x7fffffff;
  return <f32>whole + load<f32>(table + ((rest >> (31 - BITS)) << 2));
}

/** Bits that all symbols of a histogram take under the frequencies that they have in it. @param counts u32 */
export function entropyOf(counts: usize, length: i32): f32 {
  let total: u32 = 0;
  let sum: f32 = 0;
  for (let i = 0; i < length; i++) {
    const count = load<u32>(counts + (i << 2));
    if (count == 0) continue;
    total += count;
    sum += <f32>count * log2(count);
  }
  return total == 0 ? 0 : <f32>total * log2(total) - sum;
}
