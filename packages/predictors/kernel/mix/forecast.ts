/**
 * Numbers that go on as a line: offsets, counters, sorted keys, times. Numbers of two bytes, in both orders, are extrapolated from
 * the two before, at the distances of arrays (2 and 4 bytes), of a cell and of a row. Where numbers begin nobody says: each
 * extrapolation gives the next byte as the first of a number, and as its second, and is judged by how often either was right
 * at places of the same parity. The byte of the best is expected.
 */

import { cell as mapCell, learn, probability12 } from "../state-map";
import { stretch } from "../math";
import { bitIndex, byteBack, partial, position } from "./bytes";
import { cell, row } from "./grid";

/** Inputs of the mixer. */
export const FORECAST_INPUTS: i32 = 2 * FORECAST;

/** Four distances, two orders of bytes, first or second byte of the number. */
const GUESSES: i32 = 16;
/** Cells: 16 guesses × how many of its eight outcomes before the last four were right × these four × expected bit. */
const CELLS: i32 = GUESSES * 16 * 16 * 2;

const guesses = memory.data(GUESSES * FORECAST + 1, 16); // u8 [guess]: the byte that it gave
const outcomes = memory.data(GUESSES * 4 * FORECAST + 2, 16); // u16 [guess][parity of the place]: whether it was right, the latest lowest
const cells = memory.data(CELLS * 4 * FORECAST + 4, 64);

/** Expected byte | 256, or 0 where no guess was right of late. */
let expected: i32 = 0;
/** First of the two cells of the guess in use. */
let state: i32 = 0;
/** Address of the cell in use, or 0. */
let used: usize = 0;

let best: i32 = 0;

export function startForecast(): void {
  if (FORECAST == 0) return;
  memory.fill(guesses, 0, GUESSES);
  memory.fill(outcomes, 0, GUESSES * 4);
  for (let i = 0; i < CELLS; i++) store<i32>(cells + (i << 2), (i & 1) == 1 ? mapCell(0xc000, 0) : mapCell(0x4000, 0));
  expected = state = 0;
}

/** The numbers of two bytes that begin so many bytes back: upper byte first, and last. */
// @ts-ignore: decorator
@inline
function upperFirst(distance: i32): i32 {
  return (byteBack(distance) << 8) | byteBack(distance - 1);
}
// @ts-ignore: decorator
@inline
function upperLast(distance: i32): i32 {
  return (byteBack(distance - 1) << 8) | byteBack(distance);
}

/** After a byte, and after the grid. */
export function updateForecast(c: i32): void {
  if (FORECAST == 0) return;
  best = 0;
  expected = state = 0;
  extrapolate(0, 2, c);
  extrapolate(4, 4, c);
  // Cells of 2 and 4 bytes are among the arrays, and one byte is no number.
  if (cell == 3 || cell > 4) extrapolate(8, cell, c);
  extrapolate(12, row, c);
}

/** Four guesses: the next byte as first and as second byte of a number that begins `distance` behind the last. */
function extrapolate(guess: i32, distance: i32, c: i32): void {
  consider(guess, (2 * upperFirst(distance) - upperFirst(2 * distance)) >> 8, c);
  consider(guess + 1, 2 * upperFirst(distance + 1) - upperFirst(2 * distance + 1), c);
  consider(guess + 2, 2 * upperLast(distance) - upperLast(2 * distance), c);
  consider(guess + 3, (2 * upperLast(distance + 1) - upperLast(2 * distance + 1)) >> 8, c);
}

/** Judges the guess of the byte that came, and takes the new one where none was better at such places. */
function consider(guess: i32, value: i32, c: i32): void {
  const byte = value & 255;
  const parity = position & 1;
  const at = outcomes + (guess << 2);
  const before = at + ((parity ^ 1) << 1);
  store<u16>(before, <u16>((<i32>load<u16>(before) << 1) | <i32>(<i32>load<u8>(guesses + guess) == c)));
  store<u8>(guesses + guess, <u8>byte);
  const history = <i32>load<u16>(at + (parity << 1));
  const score = 2 * popcnt<i32>(history & 0xff) + (history & 1);
  if (score > best) {
    best = score;
    expected = byte | 256;
    state = (guess << 9) | (popcnt<i32>(history & 0xff0) << 5) | ((history & 15) << 1);
  }
}

/** Writes two inputs. */
// @ts-ignore: decorator
@inline
export function predictForecast(inputs: usize): void {
  if (FORECAST == 0) return;
  const agrees = expected != 0 && expected >> (8 - bitIndex) == partial;
  used = agrees ? cells + ((state | ((expected >> (7 - bitIndex)) & 1)) << 2) : 0;
  const p = agrees ? probability12(load<i32>(used)) : 2048;
  store<f32>(inputs, stretch(p));
  store<f32>(inputs, <f32>(p - 2048) * (1.0 / 1024.0), 4);
}

// @ts-ignore: decorator
@inline
export function learnForecast(bit: i32): void {
  if (FORECAST == 0 || used == 0) return;
  learn(used, bit, 1023);
}
