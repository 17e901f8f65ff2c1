/**
 * The features of a letter and the sum of their weights: a logistic regression for each group of letters, all in one
 * hashed table.
 *
 * A feature's key is exact: up to four symbols of the past (6 bits each), up to four that follow (5 bits each) and the
 * group (4 bits). No symbol is 0, so n-grams of different lengths have different keys, but for those that would reach
 * beyond the sentence: they are the one that reaches its end, counted again. A feature's place in the table is the high
 * bits of key × KEY_FACTOR; as that is linear, the parts are multiplied once a letter and only added for each feature.
 * Words are hashed.
 */
import { past, previous, word } from "./left";
import { FOLLOWING, NEXT, REST } from "./right";

/** Features of a letter. */
export const FEATURES: i32 = 18;

const KEY_FACTOR: u64 = 0x9e3779b97f4a7c15;
const FOLLOWING_FACTOR: u64 = KEY_FACTOR << 30;
const GROUP_FACTOR: u64 = KEY_FACTOR << 50;
const WORD_FACTOR: u64 = 0xe7037ed1a0b428db;
const WORD_GROUP_FACTOR: u64 = 0xff51afd7ed558ccd;
// What tells the features of words apart.
const ALONE: u64 = 0x2545f4914f6cdd1d;
const WITH_PREVIOUS: u64 = 0x589965cc75374cc3;
const WITH_NEXT: u64 = 0x1d8e4e27c47d124f;
const BEGINNING: u64 = 0x3c79ac492ba7b653;

/** Address of the weights. */
export let table: usize = 0;
/** Weights that a place of the table has: 1 for a pair, whose score is for the second letter; else one a letter. */
export let stride: i32 = 1;
let places: u64 = 0;
let shift: u64 = 0;

/** Where the places of a letter's features are put when the kernel is compiled to learn: u32 each, times the stride. */
export const placesOfFeatures = memory.data(FEATURES * 4, 16);

/** Chooses the table, its size in weights, and the weights a place has. */
export function useTable(address: usize, weights: i32, weightsOfPlace: i32): void {
  table = address;
  stride = weightsOfPlace;
  places = <u64>(weights / weightsOfPlace);
  shift = 64 - <u64>ctz(weights);
}

// @ts-ignore: decorator
@inline
function weightAt<T>(key: u64, feature: i32): T {
  const place: i32 = isVector<T>() ? <i32>(((key >>> 32) * places) >>> 32) : <i32>(key >>> shift);
  if (isDefined(LEARNING)) {
    store<i32>(placesOfFeatures + (<usize>feature << 2), place * stride);
    if (isVector<T>()) return i16x8.splat(0);
    return 0;
  }
  if (isVector<T>()) return i16x8.extend_low_i8x16_s(v128.load64_zero(table + place * stride));
  return <T>(<i32>load<i8>(table + place));
}

// @ts-ignore: decorator
@inline
function plus<T>(a: T, b: T): T {
  if (isVector<T>()) return i16x8.add(a, b);
  return a + b;
}

// @ts-ignore: decorator
@inline
function four<T>(a: T, b: T, c: T, d: T): T {
  return plus<T>(plus<T>(a, b), plus<T>(c, d));
}

// @ts-ignore: decorator
@inline
function scattered(hash: u64): u64 {
  return (hash ^ (hash >>> 32)) * KEY_FACTOR;
}

/**
 * Sum of the weights of a letter's features, in sixteenths.
 *
 * @typeParam T i32 for a pair: positive for its second letter; v128 for a larger group: a score a letter, i16 each
 * @param right the record of its right context
 * @param group number of its code
 */
// @ts-ignore: decorator
@inline
export function score<T>(right: usize, group: i32): T {
  const following: u64 = load<u32>(right, FOLLOWING);
  const l1 = (past & 0x3f) * KEY_FACTOR;
  const l2 = (past & 0xfff) * KEY_FACTOR;
  const l3 = (past & 0x3ffff) * KEY_FACTOR;
  const l4 = (past & 0xffffff) * KEY_FACTOR;
  const g = <u64>group * GROUP_FACTOR;
  const r1 = g + (following & 0x1f) * FOLLOWING_FACTOR;
  const r2 = g + (following & 0x3ff) * FOLLOWING_FACTOR;
  const r3 = g + (following & 0x7fff) * FOLLOWING_FACTOR;
  const r4 = g + following * FOLLOWING_FACTOR;
  const beginning = word * WORD_FACTOR + <u64>group * WORD_GROUP_FACTOR;
  const w = beginning + load<u64>(right, REST);

  const after = four<T>(weightAt<T>(r1, 0), weightAt<T>(r2, 1), weightAt<T>(r3, 2), weightAt<T>(r4, 3));
  const before = four<T>(
    weightAt<T>(g + l1, 4), weightAt<T>(g + l2, 5), weightAt<T>(g + l3, 6), weightAt<T>(g + l4, 7),
  );
  const around = four<T>(
    weightAt<T>(r1 + l1, 8), weightAt<T>(r2 + l1, 9), weightAt<T>(r1 + l2, 10), weightAt<T>(r3 + l1, 11),
  );
  const words = four<T>(
    weightAt<T>(r1 + l3, 12),
    weightAt<T>(scattered(w + ALONE), 13),
    weightAt<T>(scattered(w + previous + WITH_PREVIOUS), 14),
    weightAt<T>(scattered(w + load<u64>(right, NEXT) + WITH_NEXT), 15),
  );
  const more = plus<T>(
    weightAt<T>(scattered(beginning + (following & 0x3ff) * KEY_FACTOR + BEGINNING), 16), weightAt<T>(g, 17),
  );
  return plus<T>(four<T>(after, before, around, words), more);
}
