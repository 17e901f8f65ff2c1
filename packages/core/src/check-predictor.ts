import { checkInteger } from "./checks.ts";
import { PROBABILITY_TOTAL, type Predictor } from "./predictor.ts";

/** What {@link checkPredictor} tries a predictor with. */
export interface CheckPredictorOptions {
  /** Symbols to learn, 0 … alphabetSize − 1; default: 1024, of runs, of repeats and of noise. */
  readonly symbols?: ArrayLike<number> | undefined;
  /** Another predictor that was made as the first one was: both have to write the same. */
  readonly twin?: Predictor | undefined;
}

const ROOM = 4;
const UNTOUCHED = 0xfeed_beef;

/**
 * Whether a predictor keeps the contract of {@link Predictor}: every distribution consists of integers ≥ 1 that sum to 2^22,
 * nothing is written beyond the alphabet, asking twice gives the same, and a twin that learns the same writes the same.
 * The predictor has learnt the symbols then, so it is of no more use.
 *
 * @throws RangeError that says after how many symbols what was expected and what came; whatever the predictor throws
 * @example
 * test("keeps the contract", () => {
 *   checkPredictor(createMyPredictor(), { twin: createMyPredictor() });
 * });
 */
export function checkPredictor(predictor: Predictor, options: CheckPredictorOptions = {}): void {
  const { alphabetSize } = predictor;
  checkInteger("alphabetSize", alphabetSize, 2, 65_536);
  const { symbols = sampleSymbols(alphabetSize), twin } = options;
  if (twin !== undefined && twin.alphabetSize !== alphabetSize) {
    throw new RangeError(`twin: expected an alphabet of ${alphabetSize}, got ${twin.alphabetSize}`);
  }
  for (let learnt = 0; learnt <= symbols.length; learnt++) {
    const written = predictionOf(predictor, learnt);
    expectSame(written, predictionOf(predictor, learnt), learnt, "the same when asked twice");
    if (twin !== undefined) expectSame(written, predictionOf(twin, learnt), learnt, "the same from its twin");
    if (learnt === symbols.length) return;
    const symbol = checkInteger(`symbols[${learnt}]`, symbols[learnt], 0, alphabetSize - 1);
    predictor.update(symbol);
    twin?.update(symbol);
  }
}

function predictionOf(predictor: Predictor, learnt: number): Uint32Array {
  const { alphabetSize } = predictor;
  const probabilities = new Uint32Array(alphabetSize + ROOM).fill(UNTOUCHED);
  predictor.predict(probabilities);
  for (let i = alphabetSize; i < probabilities.length; i++) {
    if (probabilities[i] !== UNTOUCHED) throw broken(learnt, `entry ${i} to be left alone`, probabilities[i]);
  }
  let sum = 0;
  for (let symbol = 0; symbol < alphabetSize; symbol++) {
    if (probabilities[symbol] === 0) throw broken(learnt, `at least 1 for symbol ${symbol}`, 0);
    sum += probabilities[symbol];
  }
  if (sum !== PROBABILITY_TOTAL) throw broken(learnt, `a sum of ${PROBABILITY_TOTAL}`, sum);
  return probabilities;
}

function expectSame(one: Uint32Array, other: Uint32Array, learnt: number, what: string): void {
  const different = one.findIndex((probability, symbol) => other[symbol] !== probability);
  if (different < 0) return;
  throw broken(learnt, `${what}: ${one[different]} for symbol ${different}`, other[different]);
}

function broken(learnt: number, expected: string, got: number): RangeError {
  return new RangeError(`predictor: after ${learnt} symbols, expected ${expected}, got ${got}`);
}

/** A run, a repeat of a few symbols, all of a small alphabet, and noise: the same each time. */
function sampleSymbols(alphabetSize: number): Uint16Array {
  const LENGTH = 1024;
  let state = 1;
  return Uint16Array.from({ length: LENGTH }, (_, i) => {
    if (i < 256) return 0;
    if (i < 512) return (i % 7) % alphabetSize;
    if (i < 768) return i % alphabetSize;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * alphabetSize);
  });
}
