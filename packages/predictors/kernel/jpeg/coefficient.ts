/** Contexts of a coefficient. */

import { at, current, aboveBlock, aboveLeft, aboveRight, farAbove, farLeft, firstPlane, kind, lastPlane, leftBlock,
  placeOf, put, stepOf, total } from "./blocks";
import { expectedFromAbove, expectedFromBoth, expectedFromLeft } from "./boundary";
import { enter } from "../numbers/decisions";
import { expectation, feature, learnExpectation, MAGNITUDE, VALUE } from "./expectation";
import { classOf, logOf, signedClass } from "../numbers/magnitudes";
import { COEFFICIENT, expect, startNumber } from "./numbers";
import { plane, samePlaceCount } from "./planes";

/** How fast expectations learn. */
const MAGNITUDE_RATE: f32 = 0.008;
const VALUE_RATE: f32 = 0.03;

/** A number in eighths, bounded. */
// @ts-ignore: decorator
@inline
function eighth(n: i32): f32 {
  return <f32>max(-32768, min(32768, n)) * 0.125;
}

/**
 * Contexts of a coefficient.
 *
 * @param z in zigzag order, 1 … 63
 * @param left coefficients that are not zero, from this one on
 */
export function enterCoefficient(z: i32, left: i32): void {
  const place = placeOf(z);
  const u = place & 7;
  const v = place >> 3;
  const l = at(leftBlock, place);
  const a = at(aboveBlock, place);
  const al = at(aboveLeft, place);
  const ar = at(aboveRight, place);
  const ll = at(farLeft, place);
  const aa = at(farAbove, place);
  const west = u > 0 ? at(current, place - 1) : 0;
  const west2 = u > 1 ? at(current, place - 2) : 0;
  const north = v > 0 ? at(current, place - 8) : 0;
  const north2 = v > 1 ? at(current, place - 16) : 0;
  const northWest = u > 0 && v > 0 ? at(current, place - 9) : 0;
  const northEast = u < 7 && v > 0 ? at(current, place - 7) : 0;
  const southWest = u > 0 && v < 7 ? at(current, place + 7) : 0;
  const first = at(firstPlane, place);
  const other = at(lastPlane, place);
  const before = at(current, placeOf(z - 1));
  const before2 = z > 1 ? at(current, placeOf(z - 2)) : 0;

  const step = stepOf(place);
  // The first row and the first column lack the mean.
  const byLeft = v == 0 ? 0 : expectedFromLeft(u, v, step);
  const byAbove = u == 0 ? 0 : expectedFromAbove(u, v, step);
  const byBoth = u == 0 ? byLeft : v == 0 ? byAbove : expectedFromBoth(u, v, step);
  const frequency = (kind << 6) | z;
  const places = 64 - z;

  feature(MAGNITUDE, 0, 1);
  feature(MAGNITUDE, 1, logOf(l));
  feature(MAGNITUDE, 2, logOf(a));
  feature(MAGNITUDE, 3, logOf(al));
  feature(MAGNITUDE, 4, logOf(ar));
  feature(MAGNITUDE, 5, logOf(ll));
  feature(MAGNITUDE, 6, logOf(aa));
  feature(MAGNITUDE, 7, logOf(west));
  feature(MAGNITUDE, 8, logOf(west2));
  feature(MAGNITUDE, 9, logOf(north));
  feature(MAGNITUDE, 10, logOf(north2));
  feature(MAGNITUDE, 11, logOf(northWest));
  feature(MAGNITUDE, 12, logOf(northEast));
  feature(MAGNITUDE, 13, logOf(southWest));
  feature(MAGNITUDE, 14, logOf(first));
  feature(MAGNITUDE, 15, logOf(other));
  feature(MAGNITUDE, 16, logOf(byBoth >> 3));
  feature(MAGNITUDE, 17, logOf(byLeft >> 3));
  feature(MAGNITUDE, 18, logOf(byAbove >> 3));
  feature(MAGNITUDE, 19, (<f32>left / <f32>places) * 4.0);
  feature(MAGNITUDE, 20, logOf(before));
  feature(MAGNITUDE, 21, logOf(before2));
  feature(MAGNITUDE, 22, logOf(left));
  feature(VALUE, 0, eighth(byLeft));
  feature(VALUE, 1, eighth(byAbove));
  feature(VALUE, 2, eighth(byBoth));
  feature(VALUE, 3, <f32>l);
  feature(VALUE, 4, <f32>a);
  feature(VALUE, 5, <f32>al);
  feature(VALUE, 6, <f32>ar);
  feature(VALUE, 7, <f32>ll);
  feature(VALUE, 8, <f32>aa);
  feature(VALUE, 9, <f32>west);
  feature(VALUE, 10, <f32>west2);
  feature(VALUE, 11, <f32>north);
  feature(VALUE, 12, <f32>north2);
  feature(VALUE, 13, <f32>northWest);
  feature(VALUE, 14, <f32>first);
  feature(VALUE, 15, <f32>other);
  const guess = expectation(VALUE, frequency);
  const learnt = <i32>(max<f32>(-4096, min<f32>(4096, guess)) * 8.0);
  const e = max<f32>(0, min<f32>(11, expectation(MAGNITUDE, frequency)));
  const fine = <i32>(e * 16.0);
  const coarse = min(31, fine >> 2);
  const density = (left << 4) / places;
  const value = signedClass(byBoth >> 1);
  const neighbours = classOf(2 * abs(l) + 2 * abs(a) + abs(al) + abs(ar));
  const inside = classOf(2 * abs(west) + 2 * abs(north) + abs(northWest) + abs(northEast) + abs(southWest));

  enter(0, frequency | (signedClass(l) << 8) | (signedClass(a) << 16));
  enter(1, frequency | (signedClass(west2) << 8) | (signedClass(north2) << 16));
  enter(2, frequency | (signedClass(first) << 8) | (signedClass(other) << 16));
  enter(3, frequency | (left << 8) | (classOf(before) << 16));
  enter(4, frequency | (signedClass(west) << 8) | (signedClass(north) << 16));
  enter(5, frequency | (signedClass(learnt) << 8) | (coarse << 16));
  enter(6, frequency | (coarse << 8) | (density << 16));
  enter(7, frequency | (signedClass(byLeft >> 1) << 8) | (signedClass(byAbove >> 1) << 16));
  enter(8, frequency | (signedClass(learnt) << 8) | (signedClass(byBoth >> 1) << 16));
  enter(9, frequency | (total << 8) | (left << 16));
  enter(10, frequency | (signedClass(byBoth) << 8) | (min(3, density >> 2) << 16));
  enter(11, frequency | (fine << 8) | (classOf(before) << 16));
  enter(12, frequency | (signedClass(al) << 8) | (signedClass(ar) << 16));
  enter(13, frequency | (signedClass(ll) << 8) | (signedClass(aa) << 16));
  enter(14, frequency | (coarse << 8) | (value << 16));
  enter(15, frequency | (fine << 8));
  enter(16, frequency | (signedClass(northEast) << 8) | (signedClass(southWest) << 16) | (min(3, coarse >> 3) << 24));
  enter(17, frequency | (signedClass(first) << 8) | (samePlaceCount(plane - 1) << 16) | (min(3, coarse >> 2) << 24));
  enter(18, frequency | (coarse << 8) | (min(20, left) << 16));
  enter(19, frequency | (neighbours << 8) | (inside << 16));
  enter(20, (fine << 8) | (density << 16) | kind);
  enter(21, u | (fine << 8) | (min(15, left) << 16));
  enter(22, frequency | (classOf(before) << 8) | (classOf(before2) << 12) | (neighbours << 16));
  enter(23, v | (fine << 8) | (value << 16));

  startNumber(COEFFICIENT, kind, z, fine >> 1);
  expect(learnt, byBoth, byLeft, byAbove);
}

/** A coefficient has become known. */
export function setCoefficient(z: i32, value: i32): void {
  learnExpectation(MAGNITUDE, logOf(value), MAGNITUDE_RATE);
  learnExpectation(VALUE, <f32>value, VALUE_RATE);
  if (value != 0) put(placeOf(z), value);
}
