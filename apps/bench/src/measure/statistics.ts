/** The few statistics that the tables need. */

/** Middle value; mean of the two middle ones for an even number. @throws RangeError if there are none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median: expected at least one value, got none");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Geometric mean of positive values: the mean of ratios. @throws RangeError if there are none */
export function geometricMean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("geometricMean: expected at least one value, got none");
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Arithmetic mean. @throws RangeError if there are no values */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("mean: expected at least one value, got none");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Median of values[i] / reference[i], each pair from one round, so that a slow minute hits both. */
export function medianRatio(values: readonly number[], reference: readonly number[]): number {
  if (values.length !== reference.length) {
    throw new RangeError(
      `medianRatio: expected as many values as references, got ${values.length} and ${reference.length}`,
    );
  }
  return median(values.map((value, i) => value / reference[i]));
}
