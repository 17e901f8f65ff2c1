/** A safetensors file of a model whose numbers are drawn, in chunks: the same for the same tensors. */
import { writeHeader } from "@pith/tensors";
import type { ModelTensor } from "./model.ts";

const CHUNK = 2 ** 20;
/** Equally likely values that numbers are drawn from. */
const QUANTILES = 65_536;

export function* generateModel(tensors: readonly ModelTensor[]): Generator<Uint8Array, void> {
  yield writeHeader(tensors);
  const tables = new Map<string, Uint16Array>();
  let state = 0x9e3779b9;
  for (const { count, mean, deviation } of tensors) {
    const key = `${mean} ${deviation}`;
    const table = tables.get(key) ?? quantilesOf(mean, deviation);
    tables.set(key, table);
    for (let left = count; left > 0;) {
      const values = new Uint16Array(Math.min(left, CHUNK / 2));
      // Of a state of 32 bits both halves are drawn.
      for (let i = 0; i < values.length; i += 2) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        values[i] = table[state & 0xffff];
        values[i + 1] = table[state >>> 16];
      }
      yield new Uint8Array(values.buffer);
      left -= values.length;
    }
  }
}

/** Equally likely normal numbers, in rising order, as BF16. */
function quantilesOf(mean: number, deviation: number): Uint16Array {
  const numbers = new Float32Array(QUANTILES);
  let quantile = 0;
  for (let i = QUANTILES / 2; i < QUANTILES; i++) {
    quantile = normalQuantile((i + 0.5) / QUANTILES, quantile);
    numbers[i] = mean + deviation * quantile;
    numbers[QUANTILES - 1 - i] = mean - deviation * quantile;
  }
  const bits = new Uint32Array(numbers.buffer);
  return Uint16Array.from(bits, (value) => (value + 0x7fff + ((value >>> 16) & 1)) >>> 16);
}

/** The number below which normal ones are with probability p, by Newton's method from one that is near. */
function normalQuantile(p: number, near: number): number {
  let x = near;
  for (let i = 0; i < 4; i++) {
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    x -= (0.5 + density * densitySeries(x) - p) / density;
  }
  return x;
}

/** What the density of normal numbers is to be multiplied with for the probability of one between 0 and x. */
function densitySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > 1e-12; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return sum;
}
