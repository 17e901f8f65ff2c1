/** How time grows with size. */

/**
 * The exponent of size with which time grows: slope of the straight line through the logarithms, by least squares.
 *
 * @throws RangeError for less than two sizes
 */
export function growthExponent(points: readonly { readonly size: number; readonly seconds: number }[]): number {
  if (new Set(points.map(({ size }) => size)).size < 2) {
    throw new RangeError(`growthExponent: expected at least two sizes, got ${points.length} points of less`);
  }
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ seconds }) => Math.log(seconds));
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length;
  const xy = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  const xx = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  return xy / xx;
}
