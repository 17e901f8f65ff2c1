/**
 * Resolves a word with several guesses under way: the likeliest few letters so far, each with its left context, go on side
 * by side until the word ends; the likeliest then stays. A letter that was taken wrongly so loses to the right one as soon
 * as what follows speaks for it.
 */
import {
  FIRST_CODE, LEFT_BYTES, acceptLetter, cellAt, groupSize, isAmbiguous, knownByte, margin, member, resolve,
  restoreLeft, saveLeft, scores, bestRank,
} from "../../../predictors/kernel/resolver/resolver";
import { SMALL, characterOf } from "./characters";

/** Guesses that go on side by side. */
const WIDTH: i32 = 8;
/** Letters of a group at most. */
const MOST_MEMBERS: i32 = 8;
/** Cells that are resolved together at most. */
export const LONGEST: i32 = 32;

// A guess: its probability (f64), its left context, its letters.
const LEFT: usize = 8;
const LETTERS: usize = LEFT + LEFT_BYTES;
const GUESS: usize = LETTERS + <usize>LONGEST;

const first = memory.data(<i32>GUESS * WIDTH, 8);
const second = memory.data(<i32>GUESS * WIDTH, 8);
/** The letters that could come next, of all guesses: probability (f64), guess, byte. */
const CANDIDATE: usize = 16;
const candidates = memory.data(<i32>CANDIDATE * WIDTH * MOST_MEMBERS, 8);

/** e^(−i / 16). */
const DECAYS: i32 = 1024;
const decays = memory.data(DECAYS * 8, 8);
const DECAY: f64 = 0.9394130628134758;

/** Fills the table of decays; once an instance. */
export function initBeam(): void {
  let value: f64 = 1;
  for (let i = 0; i < DECAYS; i++) {
    store<f64>(decays + (i << 3), value);
    value *= DECAY;
  }
}

// @ts-ignore: decorator
@inline
function decay(sixteenths: i32): f64 {
  return load<f64>(decays + (min(DECAYS - 1, sixteenths) << 3));
}

/** Whether a cell is part of a word, known or not. */
// @ts-ignore: decorator
@inline
export function isOfWord(cell: i32): bool {
  return isAmbiguous(cell) || characterOf(knownByte(cell)) == SMALL;
}

/**
 * Resolves the cells from place i on, of which the first is of a word, up to its end; `length` is that of all cells. The
 * resolver is then behind them.
 *
 * @param letters where their bytes go
 * @returns the place behind them
 */
export function resolveWord(cells: usize, length: i32, i: i32, letters: usize): i32 {
  let guesses = first;
  let others = second;
  let count = 1;
  store<f64>(guesses, 1);
  saveLeft(guesses + LEFT);
  const start = i;
  const end = min(length, start + LONGEST);
  for (; i < end; i++) {
    const cell = cellAt(cells, i);
    if (!isOfWord(cell)) break;
    if (isAmbiguous(cell)) {
      const found = collect(guesses, count, i, cell - FIRST_CODE);
      count = keepBest(guesses, others, found, i - start);
      const swapped = guesses;
      guesses = others;
      others = swapped;
    } else {
      const byte = knownByte(cell);
      for (let g = guesses; g < guesses + <usize>count * GUESS; g += GUESS) {
        restoreLeft(g + LEFT);
        acceptLetter(byte);
        saveLeft(g + LEFT);
        store<u8>(g + LETTERS + (i - start), <u8>byte);
      }
    }
  }
  // The likeliest is the first.
  restoreLeft(guesses + LEFT);
  memory.copy(letters, guesses + LETTERS, i - start);
  return i;
}

/** Lists the letters that each guess could go on with; returns how many there are. */
function collect(guesses: usize, count: i32, i: i32, code: i32): i32 {
  const size = groupSize(code);
  let candidate = candidates;
  for (let g = 0; g < count; g++) {
    const guess = guesses + <usize>g * GUESS;
    restoreLeft(guess + LEFT);
    resolve(i);
    const start = candidate;
    let sum: f64 = 0;
    for (let rank = 0; rank < size; rank++) {
      const chance = decay(size == 2 ? (rank == bestRank ? 0 : margin) : lag(rank));
      sum += chance;
      store<f64>(candidate, chance);
      store<u8>(candidate, <u8>g, 8);
      store<u8>(candidate, <u8>member(code, rank), 9);
      candidate += CANDIDATE;
    }
    const share = load<f64>(guess) / sum;
    for (let c = start; c < candidate; c += CANDIDATE) store<f64>(c, load<f64>(c) * share);
  }
  return count * size;
}

/** By how much a letter's score is below the best one's. */
// @ts-ignore: decorator
@inline
function lag(rank: i32): i32 {
  return <i32>load<i16>(scores + (<usize>bestRank << 1)) - <i32>load<i16>(scores + (<usize>rank << 1));
}

/** Makes the next guesses of the likeliest candidates, the likeliest first; returns how many there are. */
function keepBest(guesses: usize, others: usize, found: i32, letters: i32): i32 {
  const kept = min(WIDTH, found);
  for (let k = 0; k < kept; k++) {
    let best = candidates;
    for (let c = 1; c < found; c++) {
      const candidate = candidates + <usize>c * CANDIDATE;
      if (load<f64>(candidate) > load<f64>(best)) best = candidate;
    }
    const from = guesses + <usize>load<u8>(best, 8) * GUESS;
    const to = others + <usize>k * GUESS;
    const byte: i32 = load<u8>(best, 9);
    restoreLeft(from + LEFT);
    acceptLetter(byte);
    store<f64>(to, load<f64>(best));
    saveLeft(to + LEFT);
    memory.copy(to + LETTERS, from + LETTERS, letters);
    store<u8>(to + LETTERS + letters, <u8>byte);
    store<f64>(best, -1);
  }
  return kept;
}
