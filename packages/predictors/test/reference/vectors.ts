/** Vectors of f32 in the kernel's order of operations. Lengths are multiples of 8. */
import { f32 } from "./numbers.ts";

/** Dot product: eight running sums, by the number modulo 8, joined as (0+4)+(2+6), (1+5)+(3+7). */
export function dot(weights: Float32Array, inputs: Float32Array): number {
  const lanes = [0, 0, 0, 0];
  for (let lane = 0; lane < 4; lane++) {
    let even = 0;
    let odd = 0;
    for (let i = lane; i < inputs.length; i += 8) {
      even = f32(even + f32(weights[i] * inputs[i]));
      odd = f32(odd + f32(weights[i + 4] * inputs[i + 4]));
    }
    lanes[lane] = f32(even + odd);
  }
  return sumOfLanes(lanes);
}

/** (0 + 2) + (1 + 3). */
export function sumOfLanes(lanes: ArrayLike<number>): number {
  return f32(f32(lanes[0] + lanes[2]) + f32(lanes[1] + lanes[3]));
}

/** weights += inputs × step. */
export function addScaled(weights: Float32Array, inputs: Float32Array, step: number): void {
  for (let i = 0; i < inputs.length; i++) weights[i] += f32(step * inputs[i]);
}
