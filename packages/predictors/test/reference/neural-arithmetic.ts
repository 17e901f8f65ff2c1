/** Numbers of the network's reference: as the kernel rounds them, or as exact as they can be, to check gradients. */
import { exp, sigmoid, tanh } from "./network-functions.ts";
import { f32 } from "./numbers.ts";

export type Vector = Float32Array | Float64Array;

export interface Arithmetic {
  readonly round: (x: number) => number;
  readonly exp: (x: number) => number;
  readonly sigmoid: (x: number) => number;
  readonly tanh: (x: number) => number;
  readonly vector: (length: number) => Vector;
}

export const SINGLE: Arithmetic = { round: f32, exp, sigmoid, tanh, vector: (length) => new Float32Array(length) };

export const EXACT: Arithmetic = {
  round: (x) => x,
  exp: Math.exp,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  vector: (length) => new Float64Array(length),
};
