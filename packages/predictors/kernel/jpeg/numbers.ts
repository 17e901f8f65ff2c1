/** The number that is being coded, and the contexts of each of its decisions. */

import { enterDirect, estimateBy } from "../numbers/decisions";
import { signedClass } from "../numbers/magnitudes";
import { pick, pickFinal } from "../numbers/mixer";

/** Kinds of numbers: how many coefficients a block has, a coefficient, the mean. */
export const COUNT: i32 = 0;
export const COEFFICIENT: i32 = 1;
export const MEAN: i32 = 2;

/** Decisions: is it not zero; is it negative; is it 2, 4, 8, … or more; bits below its leading one. */
export const NODE_NONZERO: i32 = 0;
export const NODE_NEGATIVE: i32 = 1;
export const NODE_SIZE: i32 = 2;
export const NODE_BITS: i32 = 11;

/** Vectors of the first weight set: 16 for each frequency, and for the other kinds. */
const COUNT_VECTORS: i32 = 64;
const MEAN_VECTORS: i32 = 65;

let numberKind: i32 = 0;
/** 0 for the first plane, 1 for others. */
let planeKind: i32 = 0;
/** Of a coefficient, 1 … 63. */
let frequency: i32 = 0;
/** How large it is expected to be, 0 … 63 on a scale of the kind's own. */
let size: i32 = 0;
/** What it is expected to be, in eighths: as was learnt, by both edges, by each. */
let learnt: i32 = 0;
let byBoth: i32 = 0;
let byLeft: i32 = 0;
let byAbove: i32 = 0;
/** 1 or −1, or 0 as long as it is not known. */
let sign: i32 = 0;

/** Starts on a number. @param expectedSize on a scale of the kind's own, cut at 63 */
export function startNumber(ofKind: i32, ofPlane: i32, ofFrequency: i32, expectedSize: i32): void {
  numberKind = ofKind;
  planeKind = ofPlane;
  frequency = ofFrequency;
  size = min(63, expectedSize);
  sign = 0;
}

/** What it is expected to be, in eighths. */
export function expect(asLearnt: i32, fromBoth: i32, fromLeft: i32, fromAbove: i32): void {
  learnt = asLearnt;
  byBoth = fromBoth;
  byLeft = fromLeft;
  byAbove = fromAbove;
}

/** The sign of the number is known: 1 or −1. */
// @ts-ignore: decorator
@inline
export function setSign(s: i32): void {
  sign = s;
}

/** How far an expectation is above a threshold, both in eighths; the expectation itself if there is none. */
// @ts-ignore: decorator
@inline
function beyond(expected: i32, threshold: i32): i32 {
  return threshold > 0 ? expected * sign - (threshold << 3) : expected;
}

/**
 * What the next decision is about.
 *
 * @param node 0 … 15
 * @param threshold whether the magnitude is that large; 0: whether it is zero, or what sign the number has
 */
export function enterDecision(node: i32, threshold: i32): void {
  const above = signedClass(beyond(learnt, threshold));
  const aboveBoth = signedClass(beyond(byBoth, threshold) >> 1);
  const aboveLeft = signedClass(beyond(byLeft, threshold) >> 1) >> 1;
  const aboveTop = signedClass(beyond(byAbove, threshold) >> 1) >> 1;
  const decision = (((numberKind << 4) | node) << 1) | planeKind;
  const coarse = min(7, size >> 2);
  enterDirect(0, (decision << 5) | above);
  enterDirect(1, (decision << 6) | size);
  enterDirect(2, (decision << 8) | (aboveLeft << 4) | aboveTop);
  enterDirect(3, (decision << 8) | (aboveBoth << 3) | coarse);
  enterDirect(4, (decision << 8) | (above << 3) | coarse);
  const place = numberKind == COEFFICIENT ? frequency : numberKind == COUNT ? COUNT_VECTORS : MEAN_VECTORS;
  pick(0, (((place << 1) | planeKind) << 4) | node);
  pick(1, ((((size >> 1) << 1) | planeKind) << 4) | node);
  pick(2, (((above << 1) | <i32>(numberKind == COEFFICIENT)) << 4) | node);
  pickFinal(decision);
  estimateBy((((place << 1) | planeKind) << 4) | node, (((size << 1) | planeKind) << 4) | node);
}
