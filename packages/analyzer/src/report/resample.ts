/** Series along a file, shortened to fit. */

/**
 * Means of neighbours.
 *
 * @returns at most `length` numbers, as many each as evenly as can be
 */
export function shorten(values: readonly number[], length: number): number[] {
  return groups(values, length).map((group) => group.reduce((sum, value) => sum + value, 0) / group.length);
}

/** As {@link shorten}, but the one farthest from 0 of each group: no spike is lost. */
export function shortenPeaks(values: readonly number[], length: number): number[] {
  return groups(values, length).map((group) =>
    group.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most)),
  );
}

function groups(values: readonly number[], length: number): (readonly number[])[] {
  const count = Math.min(length, values.length);
  return Array.from({ length: count }, (_, i) =>
    values.slice(Math.floor((i * values.length) / count), Math.floor(((i + 1) * values.length) / count)),
  );
}
