/** The activation functions of the thesis (section 5.2.1), from + − × ÷ alone: the same bits on every machine. */
import type { Activation } from "./letter-table.ts";

/** Beyond ±this, e^x counts as that of ±this: nothing that is added to 1 is changed by it in an f32. */
const EXPONENT_LIMIT = 40;
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** e^x by a Taylor series around 0 and squarings; relative error below 1e-12. */
export function exponential(x: number): number {
  let y = Math.max(-EXPONENT_LIMIT, Math.min(EXPONENT_LIMIT, x));
  let squarings = 0;
  for (; y > 1 / 64 || y < -1 / 64; y /= 2) squarings++;
  let result = 1 + y * (1 + (y / 2) * (1 + (y / 3) * (1 + (y / 4) * (1 + (y / 5) * (1 + y / 6)))));
  for (; squarings > 0; squarings--) result *= result;
  return result;
}

/** 1 / (1 + e^−x) */
function sigmoid(x: number): number {
  return 1 / (1 + exponential(-x));
}

/** The functions by their names, with their slopes. */
export const ACTIVATIONS: Record<
  Activation,
  { readonly value: (x: number) => number; readonly slope: (x: number) => number }
> = {
  identity: { value: (x) => x, slope: () => 1 },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x) * (1 - sigmoid(x)) },
  selu: {
    value: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * (exponential(x) - 1)),
    slope: (x) => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * exponential(x)),
  },
  tanh: { value: tanh, slope: (x) => 1 - tanh(x) * tanh(x) },
};

function tanh(x: number): number {
  return 2 * sigmoid(2 * x) - 1;
}
