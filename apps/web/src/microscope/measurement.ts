import type { Characters } from "../shared/characters.ts";
import { GUESSES, type Slice } from "./measure.ts";
import { unitOfByte, type Units } from "./units.ts";

/** What a predictor thought of a text, as far as it is known. Grows; every growth is a new value. */
export interface Measurement {
  readonly predictor: string;
  readonly characters: Characters;
  /** What the predictor is shown; undefined while that is not known. */
  readonly units: Units | undefined;
  /** Symbols that are measured. */
  readonly symbolsDone: number;
  /** Pieces of which all symbols are measured. */
  readonly unitsDone: number;
  /** Characters that are measured whole. */
  readonly done: number;
  /** For every symbol, as in {@link Slice}; beyond `symbolsDone` they mean nothing. */
  readonly bits: Float32Array;
  readonly ranks: Uint8Array;
  readonly guesses: Uint8Array;
  readonly guessProbabilities: Float32Array;
  /** For every character: the bits of its symbols; of what stands for several characters, their share. */
  readonly costs: Float32Array;
  /** For every character, from 0: how many were thought likelier; of several symbols, the product of what each takes. */
  readonly characterRanks: Uint32Array;
}

export function emptyMeasurement(predictor: string, characters: Characters): Measurement {
  return {
    predictor,
    characters,
    units: undefined,
    symbolsDone: 0,
    unitsDone: 0,
    done: 0,
    bits: new Float32Array(0),
    ranks: new Uint8Array(0),
    guesses: new Uint8Array(0),
    guessProbabilities: new Float32Array(0),
    costs: new Float32Array(characters.count),
    characterRanks: new Uint32Array(characters.count),
  };
}

/** A measurement that has yet to begin, of these symbols. */
export function withUnits(measurement: Measurement, units: Units): Measurement {
  const { length } = units.symbols;
  return {
    ...measurement,
    units,
    bits: new Float32Array(length),
    ranks: new Uint8Array(length),
    guesses: new Uint8Array(length * GUESSES),
    guessProbabilities: new Float32Array(length * GUESSES),
  };
}

/** Most that a rank is told as. */
const MOST_RANK = 2 ** 31;

/** A measurement with what follows; its arrays are those of the one before. */
export function withSlice(measurement: Measurement, slice: Slice): Measurement {
  const { characters, units, bits, ranks, guesses, guessProbabilities, costs, characterRanks } = measurement;
  if (units === undefined) return measurement;
  bits.set(slice.bits, slice.start);
  ranks.set(slice.ranks, slice.start);
  guesses.set(slice.guesses, slice.start * GUESSES);
  guessProbabilities.set(slice.guessProbabilities, slice.start * GUESSES);
  const symbolsDone = slice.start + slice.bits.length;
  const { symbolEnds, byteEnds } = units;
  const { byteStarts, count } = characters;
  let { unitsDone, done } = measurement;
  // The character that the next byte is in.
  let at = done;
  for (; unitsDone < symbolEnds.length && symbolEnds[unitsDone] <= symbolsDone; unitsDone++) {
    let cost = 0;
    let product = 1;
    for (let i = symbolEnds[unitsDone - 1] ?? 0; i < symbolEnds[unitsDone]; i++) {
      cost += bits[i];
      product = Math.min(MOST_RANK, product * (ranks[i] + 1));
    }
    const from = byteEnds[unitsDone - 1] ?? 0;
    const to = byteEnds[unitsDone];
    while (at < count && byteStarts[at + 1] <= from) at++;
    for (let i = at; i < count && byteStarts[i] < to; i++) {
      const shared = Math.min(to, byteStarts[i + 1]) - Math.max(from, byteStarts[i]);
      costs[i] += (cost * shared) / (to - from);
      characterRanks[i] = Math.min(MOST_RANK, (characterRanks[i] + 1) * product) - 1;
    }
    while (done < count && byteStarts[done + 1] <= to) done++;
  }
  return { ...measurement, symbolsDone, unitsDone, done };
}

/** Pieces that a character is in, from the first to the one behind the last. */
export function unitsOfCharacter(
  { characters, units }: Measurement,
  index: number,
): readonly [from: number, to: number] {
  if (units === undefined) return [0, 0];
  const { byteStarts } = characters;
  return [unitOfByte(units, byteStarts[index]), unitOfByte(units, byteStarts[index + 1] - 1) + 1];
}

/** A guess for a symbol. */
export interface Guess {
  readonly byte: number;
  /** 0 to 1. */
  readonly probability: number;
}

/** What was expected in place of a symbol, likeliest first. */
export function guessesAt({ guesses, guessProbabilities }: Measurement, symbol: number): Guess[] {
  return Array.from({ length: GUESSES }, (_, i) => ({
    byte: guesses[symbol * GUESSES + i],
    probability: guessProbabilities[symbol * GUESSES + i],
  }));
}

/** Bytes of the text that are measured. */
export function bytesDone({ units, unitsDone }: Measurement): number {
  return units?.byteEnds[unitsDone - 1] ?? 0;
}

/** Whether all of it is measured. */
export function isWhole({ units, symbolsDone }: Measurement): boolean {
  return units !== undefined && symbolsDone === units.symbols.length;
}

/** Bits of all that is measured. */
export function totalBits({ bits, symbolsDone }: Measurement): number {
  let sum = 0;
  for (let i = 0; i < symbolsDone; i++) sum += bits[i];
  return sum;
}
