/** log2 Γ(x) for x > 0, by Stirling's series, whose error is below 1e-9 of a bit; large results are rounded as doubles are. */
export function log2Gamma(x: number): number {
  // The series is for large x: Γ(x) = Γ(x + 1) / x leads there.
  let product = 1;
  for (; x < 10; x++) product *= x;
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  const natural = (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
  return natural / Math.LN2;
}
