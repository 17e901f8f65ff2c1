/** The network by itself: for the `Predictor` contract, and to be trained. */
import { learnSymbol, predictSymbol, restart, startModel } from "./model";

export { allocate as reserve } from "../memory";
export { endStream, setLearning } from "./model";
export {
  MOMENTA, SQUARES, WEIGHTS, countParameters, exportParameters, importParameters, loadLearning, storeLearning,
} from "./parameters";
export { learnSymbols } from "./training";

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

/** Starts another stream, with the weights as they are. */
export function startAgain(): void {
  restart();
  predicted = 0;
}

/** Address of the next symbol's probabilities, u32 that sum to 2^22. */
export function predict(): usize {
  if (predicted == 0) predicted = predictSymbol();
  return predicted;
}

/** Learns a symbol, if learning is on. */
export function update(symbol: i32): void {
  predict();
  learnSymbol(symbol);
  predicted = 0;
}
