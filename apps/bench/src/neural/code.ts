/** Symbols under a predictor: as ranks, and directly. */
import { PROBABILITY_TOTAL, type Predictor } from "@pith/core";
import { AdaptiveModel, RangeEncoder } from "@pith/entropy";
import { rankOf } from "@pith/predictors";

type Symbols = Uint8Array | Uint16Array;

/** Called now and then with the share that is done, 0 to 1. */
export type OnShare = (share: number) => void;

const REPORT_EVERY = 20_000;

/** What one pass over the symbols found. */
interface Outcome {
  /** How many symbols were thought likelier than the one that came. */
  readonly ranks: Uint16Array;
  /** What each symbol costs under its prediction, in bits. */
  readonly costs: Float32Array;
  /** The symbols, coded under the predictions. */
  readonly direct: Uint8Array;
}

/** Has a predictor predict and learn all symbols; one pass serves both ways of coding. */
export function predictAll(predictor: Predictor, symbols: Symbols, onShare?: OnShare): Outcome {
  const ranks = new Uint16Array(symbols.length);
  const costs = new Float32Array(symbols.length);
  const probabilities = new Uint32Array(predictor.alphabetSize);
  const encoder = new RangeEncoder();
  symbols.forEach((symbol, i) => {
    if (i % REPORT_EVERY === 0) onShare?.(i / symbols.length);
    predictor.predict(probabilities);
    ranks[i] = rankOf(probabilities, symbol);
    costs[i] = Math.log2(PROBABILITY_TOTAL / probabilities[symbol]);
    encoder.encodeWith(probabilities, symbol);
    predictor.update(symbol);
  });
  return { ranks, costs, direct: encoder.finish() };
}

/** What each symbol costs under an adaptive model of order 0, in bits. */
export function adaptiveCosts(symbols: Symbols, alphabetSize: number): Float32Array {
  const model = new AdaptiveModel(alphabetSize);
  return Float32Array.from(symbols, (symbol) => {
    const cost = model.cost(symbol);
    model.update(symbol);
    return cost;
  });
}
