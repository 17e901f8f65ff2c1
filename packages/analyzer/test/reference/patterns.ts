/** Levels 1 to 3 in plain words: every piece is a string, and the table of patterns is a `Map`. */

export interface ReferencePattern {
  readonly bytes: Uint8Array;
  /** Numbers of the pieces that are this pattern, ascending. */
  readonly places: readonly number[];
}

/** All patterns of one size, in the order in which they occur first. */
export function patternsOf(content: Uint8Array, blockSize: number, size: number): ReferencePattern[] {
  const found = new Map<string, { bytes: Uint8Array; places: number[] }>();
  const end = content.length - (content.length % blockSize);
  for (let place = 0; place * size < end; place++) {
    const bytes = content.subarray(place * size, (place + 1) * size);
    const key = String.fromCharCode(...bytes);
    const pattern = found.get(key);
    if (pattern === undefined) found.set(key, { bytes, places: [place] });
    else pattern.places.push(place);
  }
  return [...found.values()];
}

/** Whether each piece of this size occurred before. */
export function repeatsOf(content: Uint8Array, blockSize: number, size: number): boolean[] {
  const isRepeat: boolean[] = [];
  for (const { places } of patternsOf(content, blockSize, size)) {
    places.forEach((place, i) => (isRepeat[place] = i > 0));
  }
  return isRepeat;
}

/** Pearson's correlation of two series. */
export function pearson(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - mx) * (y[i] - my)));
  return covariance / Math.sqrt(mean(x.map((v) => (v - mx) ** 2)) * mean(y.map((v) => (v - my) ** 2)));
}
