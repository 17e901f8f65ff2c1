/**
 * Ranks what an encoder that weighs prices may choose at a place: by the bits that each choice and the cheapest way from
 * behind it to the end of the block take under the block's codes.
 */

import { match } from "./block";
import {
  DISTANCES, distanceExtra, distanceSymbol, FIRST_LENGTH, lengthExtra, LITERALS, lengthSymbol, MAX_MATCH, MIN_MATCH,
} from "./codes";
import { end, findNearest, firstMatch, MOST_PLACES, start } from "./nearest";
import { forgetWay, startWay } from "./way";

/** What a symbol without a code takes: more than anything else. */
const NEVER: i32 = 1 << 16;

/** Bits of each literal, of each length and of each symbol of a distance, with those behind them. */
const literalPrices = memory.data(4 * LITERALS);
const lengthPrices = memory.data(4 * (MAX_MATCH + 1));
const distancePrices = memory.data(4 * DISTANCES);
/** Bits of the cheapest way from each place of the stretch on. */
const costs = memory.data(4 * (MOST_PLACES + 1), 64);

let content: usize = 0;
/** Matches of this length are taken at once. */
let nice: i32 = 0;
/** Up to where the stretch's costs hold: behind it, its end is too near. */
export let reliable: i32 = 0;
/** Where the block ends. */
let blockEnd: i32 = 0;

/** Choices at a place, the first of which are ranked; and what they take. */
const choices = memory.data(4 * (MAX_MATCH + 1));
const losses = memory.data(4 * (MAX_MATCH + 1));
export let choiceCount: i32 = 0;

export function startPaths(address: usize, enough: i32): void {
  content = address;
  nice = enough;
  reliable = 0;
  blockEnd = -1;
  startWay(address, enough);
}

/** Sets the prices. @param lengths of codes: of literals and lengths, then of distances */
export function setPrices(lengths: usize, distanceLengths: usize): void {
  for (let symbol = 0; symbol < FIRST_LENGTH; symbol++) store<i32>(literalPrices + (symbol << 2), priceOf(lengths, symbol));
  for (let length = MIN_MATCH; length <= MAX_MATCH; length++) {
    const symbol = lengthSymbol(length);
    store<i32>(lengthPrices + (length << 2), priceOf(lengths, FIRST_LENGTH + symbol) + lengthExtra(symbol));
  }
  for (let symbol = 0; symbol < DISTANCES; symbol++) {
    store<i32>(distancePrices + (symbol << 2), priceOf(distanceLengths, symbol) + distanceExtra(symbol));
  }
}

// @ts-ignore: decorator
@inline
function priceOf(lengths: usize, symbol: i32): i32 {
  const length: i32 = load<u8>(lengths + symbol);
  return length == 0 ? NEVER : length;
}

/** Bytes before the end of a stretch that does not end a block whose costs do not hold. */
const MARGIN: i32 = 512;

/** Finds what can be chosen from a place on. */
export function look(from: i32, endOfBlock: i32): void {
  blockEnd = endOfBlock;
  findNearest(from, endOfBlock);
  reliable = end == endOfBlock ? end : max(from + 1, end - MARGIN);
}

/** Weighs the ways through the stretch with the prices that are set. */
export function weigh(): void {
  setCost(end, 0);
  for (let place = end - 1; place >= start; place--) {
    let least = literalPrice(place) + cost(place + 1);
    const last = firstMatch(place + 1);
    let at = firstMatch(place);
    if (at < last) {
      const longest = min(<i32>(load<u32>(last - 4) >>> 16), end - place);
      if (longest >= nice) {
        least = lengthPrice(longest) + distancePrice(<i32>(load<u32>(last - 4) & 0xffff)) + cost(place + longest);
        at = last;
      }
    }
    let length = MIN_MATCH;
    for (; at < last; at += 4) {
      const ofDistance = distancePrice(<i32>(load<u32>(at) & 0xffff));
      const longest = min(<i32>(load<u32>(at) >>> 16), end - place);
      for (; length <= longest; length++) least = min(least, lengthPrice(length) + ofDistance + cost(place + length));
    }
    setCost(place, min(least, NEVER << 8));
  }
}

/** Lists what can be chosen at a place; the stretch is moved on where that is needed. */
export function listChoices(place: i32): void {
  if (place >= reliable) {
    look(place, blockEnd);
    weigh();
    forgetWay();
  }
  choiceCount = 0;
  add(0, literalPrice(place) + cost(place + 1));
  const last = firstMatch(place + 1);
  let length = MIN_MATCH;
  for (let at = firstMatch(place); at < last; at += 4) {
    const distance = <i32>(load<u32>(at) & 0xffff);
    const longest = min(<i32>(load<u32>(at) >>> 16), end - place);
    for (; length <= longest; length++) {
      add(match(length, distance), lengthPrice(length) + distancePrice(distance) + cost(place + length));
    }
  }
  // What is taken at once comes first.
  if (choiceCount > 1 && length > nice) store<i32>(losses + (<usize>(choiceCount - 1) << 2), 0);
}

// @ts-ignore: decorator
@inline
function add(choice: i32, loss: i32): void {
  store<i32>(choices + (<usize>choiceCount << 2), choice);
  store<i32>(losses + (<usize>choiceCount << 2), loss);
  choiceCount++;
}

/** The choice of a rank: 0 a literal, else a match. Ranks have to be asked for in turn. */
export function choiceOf(rank: i32): i32 {
  let best = rank;
  for (let i = rank + 1; i < choiceCount; i++) if (lossOf(i) < lossOf(best)) best = i;
  const choice = load<i32>(choices + (<usize>best << 2));
  const loss = lossOf(best);
  store<i32>(choices + (<usize>best << 2), load<i32>(choices + (<usize>rank << 2)));
  store<i32>(losses + (<usize>best << 2), lossOf(rank));
  store<i32>(choices + (<usize>rank << 2), choice);
  store<i32>(losses + (<usize>rank << 2), loss);
  return choice;
}

/** Takes a choice out of those that are listed; returns the bits that it takes with what follows it, −1 if it is none. */
export function takeOut(choice: i32): i32 {
  for (let i = 0; i < choiceCount; i++) {
    if (load<i32>(choices + (<usize>i << 2)) != choice) continue;
    const loss = lossOf(i);
    choiceCount--;
    store<i32>(choices + (<usize>i << 2), load<i32>(choices + (<usize>choiceCount << 2)));
    store<i32>(losses + (<usize>i << 2), lossOf(choiceCount));
    return loss;
  }
  return -1;
}

/** Bits that the choice of a rank takes, with what follows it. */
// @ts-ignore: decorator
@inline
export function lossOf(rank: i32): i32 {
  return load<i32>(losses + (<usize>rank << 2));
}

// @ts-ignore: decorator
@inline
function cost(place: i32): i32 {
  return load<i32>(costs + (<usize>(place - start) << 2));
}

// @ts-ignore: decorator
@inline
function setCost(place: i32, value: i32): void {
  store<i32>(costs + (<usize>(place - start) << 2), value);
}

// @ts-ignore: decorator
@inline
function literalPrice(place: i32): i32 {
  return load<i32>(literalPrices + (<usize>load<u8>(content + place) << 2));
}

// @ts-ignore: decorator
@inline
function lengthPrice(length: i32): i32 {
  return load<i32>(lengthPrices + (<usize>length << 2));
}

// @ts-ignore: decorator
@inline
function distancePrice(distance: i32): i32 {
  return load<i32>(distancePrices + (<usize>distanceSymbol(distance) << 2));
}
