import type { Characters } from "../shared/characters.ts";
import { GUESSES, type Slice } from "./measure.ts";

/** What a predictor thought of a text, as far as it is known. Grows; every growth is a new value. */
export interface Measurement {
  readonly predictor: string;
  readonly characters: Characters;
  /** Bytes that are measured. */
  readonly bytesDone: number;
  /** Characters that are measured whole. */
  readonly done: number;
  /** For every byte, as in {@link Slice}; beyond `bytesDone` they mean nothing. */
  readonly bits: Float32Array;
  readonly ranks: Uint8Array;
  readonly guesses: Uint8Array;
  readonly guessProbabilities: Float32Array;
  /** For every character: the bits of its bytes. */
  readonly costs: Float32Array;
}

export function emptyMeasurement(predictor: string, characters: Characters): Measurement {
  const { length } = characters.bytes;
  return {
    predictor,
    characters,
    bytesDone: 0,
    done: 0,
    bits: new Float32Array(length),
    ranks: new Uint8Array(length),
    guesses: new Uint8Array(length * GUESSES),
    guessProbabilities: new Float32Array(length * GUESSES),
    costs: new Float32Array(characters.count),
  };
}

/** A measurement with what follows; its arrays are those of the one before. */
export function withSlice(measurement: Measurement, slice: Slice): Measurement {
  const { characters, bits, ranks, guesses, guessProbabilities, costs } = measurement;
  bits.set(slice.bits, slice.start);
  ranks.set(slice.ranks, slice.start);
  guesses.set(slice.guesses, slice.start * GUESSES);
  guessProbabilities.set(slice.guessProbabilities, slice.start * GUESSES);
  const bytesDone = slice.start + slice.bits.length;
  let { done } = measurement;
  for (; done < characters.count && characters.byteStarts[done + 1] <= bytesDone; done++) {
    let cost = 0;
    for (let i = characters.byteStarts[done]; i < characters.byteStarts[done + 1]; i++) cost += bits[i];
    costs[done] = cost;
  }
  return { ...measurement, bytesDone, done };
}

/** A guess for a byte. */
export interface Guess {
  readonly byte: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** What was expected in place of a byte, likeliest first. */
export function guessesAt({ guesses, guessProbabilities }: Measurement, byteIndex: number): Guess[] {
  return Array.from({ length: GUESSES }, (_, i) => ({
    byte: guesses[byteIndex * GUESSES + i],
    probability: guessProbabilities[byteIndex * GUESSES + i],
  }));
}

/** Bits of all that is measured. */
export function totalBits({ bits, bytesDone }: Measurement): number {
  let sum = 0;
  for (let i = 0; i < bytesDone; i++) sum += bits[i];
  return sum;
}
