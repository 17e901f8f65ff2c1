/** The codes of a block and how they are described, as far as the guesses are wrong. */

import {
  clearCodes, distanceCount, DYNAMIC, FIXED, isLiteral, lengths, literalCount, matchDistance, matchLength, runCount,
  runCounts, runLengthCount, runLengths, runSymbols, setCounts, setType, type,
} from "./block";
import { BLOCKS, choose, chooseBits, chooseNumber, CODE_LENGTHS, COUNTS, isDecoding, NUMBER_NODES, RUNS } from "./choices";
import {
  DISTANCES as ALL_DISTANCES, distanceExtra, distanceSymbol, END_OF_BLOCK, FIRST_LENGTH, FIXED_DISTANCE, fixedLength,
  LENGTH_CODES, lengthExtra, LITERALS, lengthSymbol, MAX_CODE, MAX_LENGTH_CODE, orderedSymbol, repeatBase, repeatExtra,
  REPEAT_LAST, REPEAT_ZERO, REPEAT_ZERO_LONG,
} from "./codes";
import { makeLengths, nextRun, runRepeats } from "./trees";

/** How often symbols occur in the block. */
const literalFrequencies = memory.data(LITERALS * 4);
const distanceFrequencies = memory.data(ALL_DISTANCES * 4);
const runFrequencies = memory.data(LENGTH_CODES * 4);
/** Code lengths that are guessed: of literals and lengths, then of distances. */
export const guessed = memory.data(LITERALS + ALL_DISTANCES + 8);
const guessedRuns = memory.data(32);
/** Those of the fixed codes, laid out alike. */
export const fixed = memory.data(LITERALS + ALL_DISTANCES + 8);

/** Fills the table of the fixed codes; once an instance. */
export function initDescriptions(): void {
  for (let symbol = 0; symbol < LITERALS; symbol++) store<u8>(fixed + symbol, fixedLength(symbol));
  memory.fill(fixed + LITERALS, <u8>FIXED_DISTANCE, ALL_DISTANCES);
}

/** Starts to count the tokens of a block. */
export function startCounting(): void {
  memory.fill(literalFrequencies, 0, LITERALS * 4);
  memory.fill(distanceFrequencies, 0, ALL_DISTANCES * 4);
  store<u32>(literalFrequencies + END_OF_BLOCK * 4, 1);
}

/** Counts a token of the block. */
export function countToken(token: i32): void {
  if (isLiteral(token)) addTo(literalFrequencies, token);
  else {
    addTo(literalFrequencies, FIRST_LENGTH + lengthSymbol(matchLength(token)));
    addTo(distanceFrequencies, distanceSymbol(matchDistance(token)));
  }
}

// @ts-ignore: decorator
@inline
function addTo(frequencies: usize, symbol: i32): void {
  const at = frequencies + (<usize>symbol << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Bits that codes take for the tokens of the block. @param from code lengths, of distances behind those of literals */
function tokenBits(from: usize): i32 {
  let bits = 0;
  for (let symbol = 0; symbol < LITERALS; symbol++) {
    const extra = symbol < FIRST_LENGTH ? 0 : lengthExtra(symbol - FIRST_LENGTH);
    bits += occurrences(literalFrequencies, symbol) * (<i32>load<u8>(from + symbol) + extra);
  }
  for (let symbol = 0; symbol < ALL_DISTANCES; symbol++) {
    const length: i32 = load<u8>(from + LITERALS + symbol);
    bits += occurrences(distanceFrequencies, symbol) * (length + distanceExtra(symbol));
  }
  return bits;
}

// @ts-ignore: decorator
@inline
function occurrences(frequencies: usize, symbol: i32): i32 {
  return load<i32>(frequencies + (<usize>symbol << 2));
}

// How many lengths are guessed to be described: of literals, of distances; and the bits that takes.
let guessedLiterals: i32 = 0;
let guessedDistances: i32 = 0;
let guessedBits: i32 = 0;

/** Guesses the codes of the block from the tokens that were counted. */
export function guessCodes(): void {
  guessedLiterals = makeLengths(literalFrequencies, LITERALS, MAX_CODE, guessed);
  guessedDistances = makeLengths(distanceFrequencies, ALL_DISTANCES, MAX_CODE, guessed + LITERALS);
  guessedBits = guessRuns(guessedLiterals, guessedDistances);
}

/** Codes whether a block whose tokens were counted has codes of its own, and these. */
export function codeType(): void {
  guessCodes();
  // Of two that take as many bytes, the fixed codes are taken.
  const guessedType = (tokenBits(fixed) + 10) >> 3 <= (tokenBits(guessed) + guessedBits + 10) >> 3 ? FIXED : DYNAMIC;
  const isGuessed = choose(<i32>(type == guessedType), BLOCKS + 8 + guessedType);
  setType(isGuessed ? guessedType : FIXED + DYNAMIC - guessedType);
  if (type == DYNAMIC) codeCodes();
}

/** Guesses the lengths of the code of code lengths; returns the bits that a description of the codes takes. */
function guessRuns(literals: i32, distances: i32): i32 {
  memory.fill(runFrequencies, 0, LENGTH_CODES * 4);
  let bits = countRuns(guessed, literals) + countRuns(guessed + LITERALS, distances);
  makeLengths(runFrequencies, LENGTH_CODES, MAX_LENGTH_CODE, guessedRuns);
  for (let symbol = 0; symbol < LENGTH_CODES; symbol++) {
    bits += occurrences(runFrequencies, symbol) * <i32>load<u8>(guessedRuns + symbol);
  }
  return bits + 14 + 3 * lastRunLength(guessedRuns);
}

/** Counts the symbols that describe the lengths of an alphabet; returns the bits behind them. */
function countRuns(from: usize, count: i32): i32 {
  let bits = 0;
  for (let at = 0; at < count; at += runRepeats) {
    const symbol = nextRun(from, at, count);
    addTo(runFrequencies, symbol);
    bits += repeatExtra(symbol);
  }
  return bits;
}

/** How many lengths of the code of code lengths are written. */
function lastRunLength(from: usize): i32 {
  let count = LENGTH_CODES;
  while (count > 4 && load<u8>(from + orderedSymbol(count - 1)) == 0) count--;
  return count;
}

/** Codes the codes of a block beside those that were guessed. */
export function codeCodes(): void {
  const literals = guessedLiterals;
  const distances = guessedDistances;
  const decoding = isDecoding();
  let same = 0;
  if (!decoding) same = <i32>isAsGuessed(literals, distances);
  if (choose(same, BLOCKS + 12)) {
    if (decoding) takeGuessed(literals, distances);
    return;
  }
  const describedLiterals = codeCount(literalCount, literals, COUNTS);
  const describedDistances = codeCount(distanceCount, distances, COUNTS + NUMBER_NODES);
  if (describedLiterals < FIRST_LENGTH || describedLiterals > LITERALS) unreachable();
  if (describedDistances < 1 || describedDistances > ALL_DISTANCES) unreachable();
  const all = describedLiterals + describedDistances;
  codeLengths(lengths, guessed, describedLiterals, CODE_LENGTHS);
  codeLengths(lengths + describedLiterals, guessed + LITERALS, describedDistances, CODE_LENGTHS + 1024);
  const runs = codeRuns(describedLiterals, all);
  memory.fill(runFrequencies, 0, LENGTH_CODES * 4);
  for (let i = 0; i < runs; i++) addTo(runFrequencies, load<u8>(runSymbols + i));
  makeLengths(runFrequencies, LENGTH_CODES, MAX_LENGTH_CODE, guessedRuns);
  codeLengths(runLengths, guessedRuns, LENGTH_CODES, CODE_LENGTHS + 2048);
  const ofRunLengths = codeCount(runLengthCount, lastRunLength(runLengths), COUNTS + 2 * NUMBER_NODES);
  if (ofRunLengths < 4 || ofRunLengths > LENGTH_CODES) unreachable();
  setCounts(describedLiterals, describedDistances, runs, ofRunLengths);
}

/** A count that is hardly ever another one than is guessed. */
function codeCount(value: i32, guessedCount: i32, context: i32): i32 {
  const difference = value - guessedCount;
  const folded = difference < 0 ? -2 * difference - 1 : 2 * difference;
  const coded = chooseNumber(folded, context);
  return guessedCount + ((coded & 1) != 0 ? -((coded + 1) >> 1) : coded >> 1);
}

/** Codes lengths beside those that are guessed. */
function codeLengths(to: usize, from: usize, count: i32, context: i32): void {
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const value: i32 = load<u8>(to + i);
    const known: i32 = load<u8>(from + i);
    // Flags: right, one up, one down; by what is guessed, and whether guesses were wrong lately.
    const at = context + (known << 6);
    let length = known;
    if (!choose(<i32>(value == known), at + min(wrong, 3))) {
      wrong = min(wrong + 2, 4);
      if (choose(<i32>(value == known + 1), at + 4)) length = known + 1;
      else if (choose(<i32>(value == known - 1), at + 5)) length = known - 1;
      else length = chooseBits(value, 4, at + 16);
    } else if (wrong > 0) wrong--;
    store<u8>(to + i, length & 15);
  }
}

/** Codes the runs in which code lengths are described; returns how many there are. */
function codeRuns(literals: i32, all: i32): i32 {
  let runs = 0;
  let across = 0;
  for (let at = 0; at < all; runs++) {
    // Runs may go on from one alphabet to the other.
    const isLiterals = at < literals;
    let symbol: i32;
    if (across) symbol = nextRun(lengths, at, all);
    else if (isLiterals) symbol = nextRun(lengths, at, literals);
    else symbol = nextRun(lengths + literals, at - literals, all - literals);
    let repeats = runRepeats;
    const ownSymbol = load<u8>(runSymbols + runs);
    const ownRepeats = load<u8>(runCounts + runs);
    const isRight = choose(<i32>(ownSymbol == symbol && ownRepeats == repeats), RUNS + across);
    if (!isRight) {
      symbol = chooseBits(ownSymbol, 5, RUNS + 4);
      repeats = symbol < REPEAT_LAST ? 1 : chooseNumber(ownRepeats - repeatBase(symbol), RUNS + 36) + repeatBase(symbol);
      if (symbol >= LENGTH_CODES || repeats >= repeatBase(symbol) + (1 << repeatExtra(symbol))) unreachable();
      if (at + repeats > all) unreachable();
      if (isLiterals && at + repeats > literals) across = 1;
    }
    store<u8>(runSymbols + runs, symbol);
    store<u8>(runCounts + runs, repeats);
    at += repeats;
  }
  return runs;
}

/** Whether codes and their description are all as they are guessed. */
function isAsGuessed(literals: i32, distances: i32): bool {
  if (literalCount != literals || distanceCount != distances) return false;
  if (memory.compare(lengths, guessed, literals) != 0) return false;
  if (memory.compare(lengths + literals, guessed + LITERALS, distances) != 0) return false;
  if (memory.compare(runLengths, guessedRuns, LENGTH_CODES) != 0 || runLengthCount != lastRunLength(guessedRuns)) return false;
  let runs = 0;
  for (let at = 0; at < literals; at += runRepeats, runs++) if (!isRun(runs, nextRun(lengths, at, literals))) return false;
  for (let at = 0; at < distances; at += runRepeats, runs++) {
    if (!isRun(runs, nextRun(lengths + literals, at, distances))) return false;
  }
  return runs == runCount;
}

// @ts-ignore: decorator
@inline
function isRun(run: i32, symbol: i32): bool {
  return load<u8>(runSymbols + run) == symbol && load<u8>(runCounts + run) == runRepeats;
}

/** Makes the guessed codes those of the block. */
function takeGuessed(literals: i32, distances: i32): void {
  clearCodes();
  memory.copy(lengths, guessed, literals);
  memory.copy(lengths + literals, guessed + LITERALS, distances);
  memory.copy(runLengths, guessedRuns, LENGTH_CODES);
  let runs = 0;
  for (let at = 0; at < literals; at += runRepeats) addRun(runs++, nextRun(lengths, at, literals));
  for (let at = 0; at < distances; at += runRepeats) addRun(runs++, nextRun(lengths + literals, at, distances));
  setCounts(literals, distances, runs, lastRunLength(guessedRuns));
}

// @ts-ignore: decorator
@inline
function addRun(run: i32, symbol: i32): void {
  store<u8>(runSymbols + run, symbol);
  store<u8>(runCounts + run, runRepeats);
}
