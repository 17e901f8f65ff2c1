/** One block of a stream, as it is read or to be written: what it is, its tokens, and its codes as they are described. */

import { DISTANCES, LENGTH_CODES, LITERALS } from "./codes";

/** Types of a block, as they are written. */
export const STORED: i32 = 0;
export const FIXED: i32 = 1;
export const DYNAMIC: i32 = 2;

/** Most tokens of a block: what has more stays as it is. */
export const MOST_TOKENS: i32 = 1 << 20;

/** A token is a literal's byte, or `distance << 9 | length`. */
const tokens = memory.data(MOST_TOKENS * 4, 64);
/** Code lengths of literals and lengths, then of distances, with room for the 320 that a description may have. */
export const lengths = memory.data(320);
/** Symbols and repeats in which these lengths are described. */
export const runSymbols = memory.data(320);
export const runCounts = memory.data(320);
/** Code lengths of those symbols. */
export const runLengths = memory.data(32);

export let type: i32 = 0;
/** The last of its stream. */
export let final: i32 = 0;
export let tokenCount: i32 = 0;
/** Bytes of content of a stored block. */
export let storedLength: i32 = 0;
/** How many code lengths are described: of literals, of distances, and of runs. */
export let literalCount: i32 = 0;
export let distanceCount: i32 = 0;
export let runLengthCount: i32 = 0;
/** How many runs describe them. */
export let runCount: i32 = 0;

export function setType(value: i32): void {
  type = value;
}

export function setFinal(value: i32): void {
  final = value;
}

export function setTokenCount(value: i32): void {
  tokenCount = value;
}

export function setStoredLength(value: i32): void {
  storedLength = value;
}

export function setCounts(literals: i32, distances: i32, runs: i32, ofRunLengths: i32): void {
  literalCount = literals;
  distanceCount = distances;
  runCount = runs;
  runLengthCount = ofRunLengths;
}

// @ts-ignore: decorator
@inline
export function token(i: i32): i32 {
  return load<i32>(tokens + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
export function setToken(i: i32, value: i32): void {
  store<i32>(tokens + (<usize>i << 2), value);
}

// @ts-ignore: decorator
@inline
export function match(length: i32, distance: i32): i32 {
  return (distance << 9) | length;
}

// @ts-ignore: decorator
@inline
export function isLiteral(token: i32): bool {
  return token < 512;
}

// @ts-ignore: decorator
@inline
export function matchLength(token: i32): i32 {
  return token & 511;
}

// @ts-ignore: decorator
@inline
export function matchDistance(token: i32): i32 {
  return token >>> 9;
}

/** Forgets codes of the block before. */
export function clearCodes(): void {
  memory.fill(lengths, 0, 320);
  memory.fill(runLengths, 0, 32);
  setCounts(LITERALS, DISTANCES, 0, LENGTH_CODES);
}
