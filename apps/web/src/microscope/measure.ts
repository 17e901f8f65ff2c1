/** What a predictor thinks of each byte of a stream. */
import { PROBABILITY_TOTAL, type Predictor } from "@pith/core";
import type { MixPredictor } from "@pith/predictors";

/** A predictor of bytes, which may be able to tell a place among them without the probabilities of all. */
export type ShownPredictor = Predictor & Partial<Pick<MixPredictor, "place">>;

/** Likeliest bytes that are kept for each place. */
export const GUESSES = 6;

/** Measured bytes from `start` on, as many as `bits` is long. */
export interface Slice {
  readonly start: number;
  /** What the byte that came costs under an ideal coder: −log2 of its probability. */
  readonly bits: Float32Array<ArrayBuffer>;
  /** How many bytes were thought likelier; of equally likely ones, smaller ones count as likelier. */
  readonly ranks: Uint8Array<ArrayBuffer>;
  /** {@link GUESSES} likeliest for each place, likeliest first. */
  readonly guesses: Uint8Array<ArrayBuffer>;
  /** Their probabilities, 0 to 1. */
  readonly guessProbabilities: Float32Array<ArrayBuffer>;
}

/** Predictions between two looks at the clock. */
const STEP = 16;

/** Milliseconds of work in a slice, and at most in the first one: something is to be seen soon. */
const SLICE = 150;
const FIRST = 40;

/**
 * Shows a predictor of bytes one byte after the other.
 *
 * @param slices milliseconds of work in a slice
 */
export function* measureBytes(predictor: ShownPredictor, bytes: Uint8Array, slices = SLICE): Generator<Slice> {
  const noteNext = noteFrom(predictor);
  let slice = emptySlice(0, bytes.length);
  let end = performance.now() + Math.min(FIRST, slices);
  for (let i = 0; i < bytes.length; i++) {
    noteNext(slice, i - slice.start, bytes[i]);
    predictor.update(bytes[i]);
    const next = i + 1;
    if (next < bytes.length && (next % STEP !== 0 || performance.now() < end)) continue;
    yield cut(slice, next - slice.start);
    slice = emptySlice(next, bytes.length - next);
    end = performance.now() + slices;
  }
}

function emptySlice(start: number, length: number): Slice {
  return {
    start,
    bits: new Float32Array(length),
    ranks: new Uint8Array(length),
    guesses: new Uint8Array(length * GUESSES),
    guessProbabilities: new Float32Array(length * GUESSES),
  };
}

function cut({ start, bits, ranks, guesses, guessProbabilities }: Slice, length: number): Slice {
  return {
    start,
    bits: bits.slice(0, length),
    ranks: ranks.slice(0, length),
    guesses: guesses.slice(0, length * GUESSES),
    guessProbabilities: guessProbabilities.slice(0, length * GUESSES),
  };
}

/** Notes what a predictor thinks of the byte that comes, at the place `at` of a slice. */
type Note = (slice: Slice, at: number, byte: number) => void;

function noteFrom(predictor: ShownPredictor): Note {
  const { place } = predictor;
  if (place === undefined) {
    const probabilities = new Uint32Array(predictor.alphabetSize);
    return (slice, at, byte) => {
      predictor.predict(probabilities);
      noteAll(slice, at, probabilities, byte);
    };
  }
  const likeliest = new Uint8Array(GUESSES);
  return (slice, at, byte) => {
    const { probability, rank } = place(byte, likeliest, best);
    slice.guesses.set(likeliest, at * GUESSES);
    noteOwn(slice, at, probability, rank);
    noteBest(slice, at, GUESSES);
  };
}

/** Probabilities of the likeliest bytes. */
const best = new Uint32Array(GUESSES);

/** From the probabilities of all bytes. */
function noteAll(slice: Slice, at: number, probabilities: Uint32Array, byte: number): void {
  const own = probabilities[byte];
  const first = at * GUESSES;
  const { guesses } = slice;
  let rank = 0;
  let found = 0;
  for (let symbol = 0; symbol < probabilities.length; symbol++) {
    const probability = probabilities[symbol];
    if (probability > own || (probability === own && symbol < byte)) rank++;
    if (found === GUESSES && probability <= best[GUESSES - 1]) continue;
    // Insertion: the list is short, and most symbols do not get here.
    let place = found < GUESSES ? found++ : GUESSES - 1;
    for (; place > 0 && best[place - 1] < probability; place--) {
      best[place] = best[place - 1];
      guesses[first + place] = guesses[first + place - 1];
    }
    best[place] = probability;
    guesses[first + place] = symbol;
  }
  noteOwn(slice, at, own, rank);
  noteBest(slice, at, found);
}

function noteOwn(slice: Slice, at: number, probability: number, rank: number): void {
  slice.bits[at] = Math.log2(PROBABILITY_TOTAL / probability);
  slice.ranks[at] = rank;
}

function noteBest(slice: Slice, at: number, count: number): void {
  for (let i = 0; i < count; i++) slice.guessProbabilities[at * GUESSES + i] = best[i] / PROBABILITY_TOTAL;
}
