/** Math.log differs between engines in the last bits, and tables are to be the same everywhere. */

const LN_2 = 0.6931471805599453;
const SQRT_2 = 1.4142135623730951;

/** The natural logarithm of a positive number from + − × ÷ alone; error below 1e-15 of it or of 1. */
export function logarithm(x: number): number {
  let exponent = 0;
  for (; x > SQRT_2; x /= 2) exponent++;
  for (; x < SQRT_2 / 2; x *= 2) exponent--;
  // ln x = 2 artanh((x − 1) / (x + 1)), where the argument is within ±0.172.
  const t = (x - 1) / (x + 1);
  const square = t * t;
  let sum = 0;
  for (let odd = 21; odd >= 1; odd -= 2) sum = sum * square + 1 / odd;
  return exponent * LN_2 + 2 * t * sum;
}
