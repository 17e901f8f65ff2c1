/** Where each distribution of the model lies, what a token does to the contexts, and how numbers are cut into symbols. */

import { resetDistributions, SIZE, startDistributions } from "./distributions";

/** Symbols of a token. A match of up to ten bytes says its length at once. */
export const LITERAL: i32 = 0;
/** One byte, from the last distance. */
export const ONE_BYTE: i32 = 1;
/** From one of the last four distances. */
export const REPEAT: i32 = 2;
export const MATCH: i32 = 6;
export const SHORTEST: i32 = 2;
/** A match of this length or more says its length apart. */
export const LONG: i32 = SHORTEST + 15 - MATCH;

/** Bits of a state: the kinds of the last three tokens, two bits each, the last one lowest. */
const STATE_BITS: i32 = 6;
const STATES: i32 = 1 << STATE_BITS;
const SIDES: i32 = 4;
/** Of a place, what contexts see. */
const PLACES: i32 = 4;

/** Distributions, by number. */
const TOKENS: i32 = 0;
/** Lengths of matches, of copies from the last distance, of copies from the three before. */
const LENGTHS: i32 = TOKENS + STATES * SIDES;
const SIZES: i32 = LENGTHS + 3 * PLACES;
const MORE_SIZES: i32 = SIZES + 3;
/** By length: 2, 3, 4, more. */
const HIGH: i32 = MORE_SIZES + 3;
const LOW: i32 = HIGH + 4;
/** What is left of a distance, if it is up to four bits. */
const REST: i32 = LOW + 16;
/** The last four bits of other distances. */
const LAST: i32 = REST + 5 * 8;
/** Upper halves of literals, by the byte before; of those behind a copy, by the byte at its distance. */
const UPPER: i32 = LAST + 1;
const UPPER_BEHIND: i32 = UPPER + 256;
/** Lower halves, by byte before and upper half; of those behind a copy where the upper half is as in the byte there. */
const LOWER: i32 = UPPER_BEHIND + 256;
const LOWER_BEHIND: i32 = LOWER + 4096;
/** The parents of these four: with no byte before; and by half of the byte at the distance. */
const UPPER_PARENT: i32 = LOWER_BEHIND + 256;
const UPPER_BEHIND_PARENT: i32 = UPPER_PARENT + 1;
const LOWER_PARENT: i32 = UPPER_BEHIND_PARENT + 16;
const LOWER_BEHIND_PARENT: i32 = LOWER_PARENT + 16;
/** The two bytes before, which share the places that a hash gives them; and the one before the last with three bits of the last. */
export const PAIR: i32 = 255;
export const ROUGH_PAIR: i32 = 254;
const PAIRS: i32 = 2048;

/** How many there are without those under which literals are coded for a second time. */
const ONCE: i32 = LOWER_BEHIND_PARENT + 16;
const UPPER_SECOND: i32 = ONCE;
const LOWER_SECOND: i32 = UPPER_SECOND + PAIRS;
const DISTRIBUTIONS: i32 = LOWER_SECOND + PAIRS * 16;

export let model: usize = 0;
/** Whether tokens are coded under the byte before them, and not under their place. */
export let byBefore: i32 = 0;
/** The bits of the byte before that literals are coded under, and those of their place. */
export let beforeMask: i32 = 0;
export let literalPlaces: i32 = 0;
/** Bits of their place that lengths are coded under. */
export let lengthPlaces: i32 = 0;
/** What literals that are not behind a copy are coded under for a second time: 0: nothing, a pair, or how far before them a byte lies. */
export let second: i32 = 0;
/** Bits of their place that literals are coded under for a second time. */
export let secondPlaces: i32 = 0;

/**
 * @param sideOfTokens what tokens are coded under, beside the state: 0: their place, 1: the byte before
 * @param literalBits upper bits of the byte before that literals are coded under, 0 to 8
 * @param fastRate 4 or 5
 * @param isAligned lengths, and literals as far as there is room, are coded under their place, too
 * @param literalsBy what literals are coded under for a second time: {@link second}
 */
export function startModel(
  address: usize, sideOfTokens: i32, literalBits: i32, fastRate: i32, isAligned: i32, literalsBy: i32,
): void {
  model = address;
  byBefore = sideOfTokens;
  beforeMask = (0xff00 >> literalBits) & 0xff;
  const places = isAligned ? PLACES - 1 : 0;
  lengthPlaces = places;
  literalPlaces = places & ~beforeMask;
  second = literalsBy;
  secondPlaces = literalsBy >= ROUGH_PAIR ? 0 : places;
  startDistributions(fastRate);
  resetDistributions(address, literalsBy == 0 ? ONCE : DISTRIBUTIONS);
}

/** Bytes that the distributions of a model take. */
export function modelSize(literalsBy: i32): i32 {
  return (literalsBy == 0 ? ONCE : DISTRIBUTIONS) * SIZE;
}

// @ts-ignore: decorator
@inline
function at(base: usize, number: i32): usize {
  return base + number * SIZE;
}

// @ts-ignore: decorator
@inline
export function tokenContext(base: usize, state: i32, side: i32): usize {
  return at(base, TOKENS + (state << 2) + side);
}

/** What a token is coded under beside the state: two bits of its place, or of the byte before it. */
// @ts-ignore: decorator
@inline
export function sideOf(isByBefore: i32, place: i32, before: i32): i32 {
  return isByBefore ? before >> 6 : place & 3;
}

/** Kinds of tokens, in a state. */
export const AFTER_LITERAL: i32 = 0;
export const AFTER_MATCH: i32 = 1;
export const AFTER_REPEAT: i32 = 2;
export const AFTER_ONE: i32 = 3;

// @ts-ignore: decorator
@inline
export function nextState(state: i32, kind: i32): i32 {
  return ((state << 2) | kind) & (STATES - 1);
}

/** Whether the last token was a copy. */
// @ts-ignore: decorator
@inline
export function isBehindCopy(state: i32): bool {
  return (state & 3) != 0;
}

// @ts-ignore: decorator
@inline
export function upperContext(base: usize, before: i32): usize {
  return at(base, UPPER + before);
}

// @ts-ignore: decorator
@inline
export function upperBehindContext(base: usize, there: i32): usize {
  return at(base, UPPER_BEHIND + there);
}

// @ts-ignore: decorator
@inline
export function lowerContext(base: usize, before: i32, upper: i32): usize {
  return at(base, LOWER + (before << 4) + upper);
}

// @ts-ignore: decorator
@inline
export function lowerBehindContext(base: usize, there: i32): usize {
  return at(base, LOWER_BEHIND + there);
}

/**
 * What a literal at `address` is coded under for the second time, as a number below PAIRS.
 *
 * @param by, places of the model
 */
// @ts-ignore: decorator
@inline
export function secondOf(by: i32, places: i32, address: usize, place: i32): i32 {
  if (by == ROUGH_PAIR) return ((<i32>load<u8>(address - 1) >> 5) << 8) | <i32>load<u8>(address - 2);
  if (by == PAIR) return (<i32>load<u8>(address - 1) * 2533 + <i32>load<u8>(address - 2) * 891) & (PAIRS - 1);
  return <i32>load<u8>(address - by) | ((place & places) << 8);
}

// @ts-ignore: decorator
@inline
export function upperSecondContext(base: usize, number: i32): usize {
  return at(base, UPPER_SECOND + number);
}

// @ts-ignore: decorator
@inline
export function lowerSecondContext(base: usize, number: i32, upper: i32): usize {
  return at(base, LOWER_SECOND + (number << 4) + upper);
}

// @ts-ignore: decorator
@inline
export function upperParent(base: usize): usize {
  return at(base, UPPER_PARENT);
}

// @ts-ignore: decorator
@inline
export function upperBehindParent(base: usize, there: i32): usize {
  return at(base, UPPER_BEHIND_PARENT + (there >> 4));
}

// @ts-ignore: decorator
@inline
export function lowerParent(base: usize, upper: i32): usize {
  return at(base, LOWER_PARENT + upper);
}

// @ts-ignore: decorator
@inline
export function lowerBehindParent(base: usize, there: i32): usize {
  return at(base, LOWER_BEHIND_PARENT + (there & 15));
}

/** @param kind 0: of matches, 1: of copies from the last distance, 2: from another @param place the bits of it that count */
// @ts-ignore: decorator
@inline
export function lengthContext(base: usize, kind: i32, place: i32): usize {
  return at(base, LENGTHS + (kind << 2) + place);
}

// @ts-ignore: decorator
@inline
export function sizeContext(base: usize, kind: i32): usize {
  return at(base, SIZES + kind);
}

// @ts-ignore: decorator
@inline
export function moreSizeContext(base: usize, kind: i32): usize {
  return at(base, MORE_SIZES + kind);
}

/** @param lengthClass of {@link lengthClassOf} */
// @ts-ignore: decorator
@inline
export function highContext(base: usize, lengthClass: i32): usize {
  return at(base, HIGH + lengthClass);
}

// @ts-ignore: decorator
@inline
export function lowContext(base: usize, high: i32): usize {
  return at(base, LOW + high);
}

// @ts-ignore: decorator
@inline
export function restContext(base: usize, bits: i32, low: i32): usize {
  return at(base, REST + (bits << 3) + (low & 7));
}

// @ts-ignore: decorator
@inline
export function lastContext(base: usize): usize {
  return at(base, LAST);
}

// @ts-ignore: decorator
@inline
export function lengthClassOf(length: i32): i32 {
  return min(length - SHORTEST, 3);
}
