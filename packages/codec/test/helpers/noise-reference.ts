/** The kernel that tells noise from other content in plain TypeScript: slow, and as short as the definition allows. */

const PAGE = 1024;
const LEAST_GAIN = 0.006;
/** The mean of n · log2 n for numbers n that are Poisson distributed with mean 1. */
const NOISE = 0.8272453891530049;

function counts(values: Iterable<number>, size: number): number[] {
  const found = new Array<number>(size).fill(0);
  for (const value of values) found[value]++;
  return found;
}

function sumOf(numbers: readonly number[], of: (n: number) => number): number {
  return numbers.reduce((sum, n) => sum + (n === 0 ? 0 : of(n)), 0);
}

/** Whether a stretch of 65,536 bytes is like noise. */
export function isNoise(stretch: Uint8Array): boolean {
  for (let at = 0; at < stretch.length; at += PAGE) {
    if (sumOf(counts(stretch.subarray(at, at + PAGE), 256), (n) => n * n) > 5748) return false;
  }
  const bits = 8 * stretch.length;
  const gain = sumOf(counts(stretch, 256), (n) => n * Math.log2(n)) - bits - 184;
  const gains = [1, 2, 3, 4].map((distance) => {
    const pairs = counts(
      Array.from({ length: stretch.length - 4 }, (_, i) => 256 * stretch[i] + stretch[i + distance]),
      65_536,
    );
    if (Math.max(...pairs) > 255) return Infinity;
    if (sumOf(pairs, (n) => n * n) < 133_243) return 0;
    return sumOf(pairs, (n) => n * Math.log2(n)) - 65_536 * NOISE;
  });
  return gain + Math.max(0, ...gains.map((pairs) => pairs - 2 * gain)) <= LEAST_GAIN * bits;
}
