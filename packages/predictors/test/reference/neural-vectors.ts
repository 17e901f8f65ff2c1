/** Vectors of the network's reference, of any length, in the kernel's order of operations. */
import type { Arithmetic, Vector } from "./neural-arithmetic.ts";

/** Dot product: eight running sums, by the number modulo 8, joined as (0+4)+(2+6), (1+5)+(3+7). */
export function dot({ round, vector }: Arithmetic, a: Vector, b: Vector): number {
  const sums = vector(8);
  for (let i = 0; i < a.length; i++) sums[i % 8] += round(a[i] * b[i]);
  const lanes = [0, 1, 2, 3].map((lane) => round(sums[lane] + sums[lane + 4]));
  return round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3]));
}

/** sum += vector × factor. */
export function addScaled({ round }: Arithmetic, sum: Vector, vector: Vector, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += round(vector[i] * factor);
}

/** Probabilities of logits, four running sums. */
export function softmax({ exp, round, vector }: Arithmetic, logits: Vector): Vector {
  const largest = Math.max(...logits);
  const lanes = vector(4);
  const values = logits.map((logit, i) => {
    const value = exp(Math.max(round(logit - largest), -30));
    lanes[i % 4] += value;
    return value;
  });
  const inverse = round(1 / round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3])));
  return values.map((value) => round(value * inverse));
}
