/** Whole runs of symbols: to train on, or to see what they cost under the network as it is. */
import { distribute, learnSymbol } from "./model";

const LOG2_E: f64 = 1.4426950408889634;
const SQRT_2: f64 = 1.4142135623730951;

/** Log2 of a positive number, or NaN of NaN: of + − × ÷, since the cost decides which weights are kept. */
function log2(x: f64): f64 {
  if (x != x) return x;
  const bits = reinterpret<u64>(x);
  let exponent = <f64>(<i32>(bits >> 52) - 1023);
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > SQRT_2) {
    mantissa /= 2;
    exponent += 1;
  }
  // ln m = 2 artanh t; |t| < 0.172, so that the terms left out are below 1e-13.
  const t = (mantissa - 1) / (mantissa + 1);
  const s = t * t;
  const series = 1 + s * (1.0 / 3 + s * (1.0 / 5 + s * (1.0 / 7 + s * (1.0 / 9 + s * (1.0 / 11 + s * (1.0 / 13))))));
  return exponent + 2 * t * series * LOG2_E;
}

/**
 * Predicts and takes each of `count` symbols, u16, in turn, and learns them unless learning is off.
 *
 * @returns what they cost, in bits; NaN once the weights are none
 */
export function learnSymbols(symbols: usize, count: i32): f64 {
  let cost: f64 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const symbol = <i32>load<u16>(symbols + (<usize>i << 1));
    const probability = load<f32>(distribute() + (<usize>symbol << 2));
    cost -= log2(<f64>probability);
    learnSymbol(symbol);
  }
  return cost;
}
