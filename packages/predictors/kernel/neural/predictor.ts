/** The network by itself, for the `Predictor` contract. */
import { learnSymbol, predictSymbol, startModel } from "./model";

/** Address of the probabilities, where they are those of the next symbol; else 0. */
let predicted: usize = 0;

/** Starts a stream, see `startModel`. */
export function start(
  symbols: i32, hidden: i32, part: i32, layers: i32, context: i32, chunk: i32, orders: i32, tableBits: i32, rate: f32,
  leastRate: f32, decay: f32,
): void {
  startModel(symbols, hidden, part, layers, context, chunk, orders, tableBits, rate, leastRate, decay);
  predicted = 0;
}

/** Address of the next symbol's probabilities, u32 that sum to 2^22. */
export function predict(): usize {
  if (predicted == 0) predicted = predictSymbol();
  return predicted;
}

/** Learns a symbol. */
export function update(symbol: i32): void {
  predict();
  learnSymbol(symbol);
  predicted = 0;
}
