/** The contexts of a sample's residual: how far it is above what it was expected to be. */

import { hash } from "../hash";
import { enter, enterDirect, estimateBy } from "../numbers/decisions";
import { classOf, signedClass } from "../numbers/magnitudes";
import { pick, pickFinal } from "../numbers/mixer";
import { byChannel, expected, n, ne, nn, nw, planar, regressed, w, way, ww } from "./expectation";
import { matched, repeated } from "./match";
import { byColour, byColourTimes, byPlace, byPlaceTimes } from "./recall";
import { channel, channels, residualAt, row, valueAt } from "./stream";

/**
 * Decisions of a residual: is it not zero; is it negative; is it 2, 4, 8, … or more; and, behind its size, the bits below
 * the leading one, in two trees.
 */
export const NODE_NONZERO: i32 = 0;
export const NODE_NEGATIVE: i32 = 1;
export const NODE_SIZE: i32 = 2;
/** Decisions of a slot, of which there is one for each stage. */
const STAGE: i32 = 16;

/** How large the residuals around are: log2 in eighths. */
let energy: i32 = 0;
let sign: i32 = 0;
/** Where other expectations are, seen from the one that was taken. */
let toRegressed: i32 = 0;
let toPlanar: i32 = 0;
let toChannel: i32 = 0;
let toLeft: i32 = 0;
let toAbove: i32 = 0;
let toRepeated: i32 = 0;
let toColour: i32 = 0;
let toPlace: i32 = 0;
/** How long the match is, 0 for none, up to 7. */
let certainty: i32 = 0;
/** The residual of the channel before, of the left and upper neighbour. */
let before: i32 = 0;
let left: i32 = 0;
let above: i32 = 0;

const hashes = memory.data(SLOTS * 4, 64); // i32 [context]

/** log2(1 + x) in eighths, straight between powers of two. */
// @ts-ignore: decorator
@inline
function eighths(x: i32): i32 {
  const y = x + 1;
  const whole = 31 - clz(y);
  return (whole << 3) + <i32>(((<i64>y << 3) >> whole) & 7);
}

function measure(): void {
  const c = channels;
  left = residualAt(c);
  before = channel > 0 ? residualAt(1) : 0;
  let sum = 0;
  if (row == 0) {
    above = residualAt(2 * c);
    for (let k = 1; k <= 8; k++) sum += abs(residualAt(k * c)) * (k <= 2 ? 2 : 1);
    sum += abs(before);
  } else {
    above = residualAt(row);
    sum =
      2 * abs(left) + 2 * abs(above) + abs(residualAt(row + c)) + abs(residualAt(row - c)) + abs(residualAt(2 * c)) +
      abs(residualAt(2 * row)) + 2 * abs(before);
    if (channel > 1) sum += abs(residualAt(2));
  }
  energy = min(127, eighths(min(sum, 0x3fffffff)));
}

// @ts-ignore: decorator
@inline
function context(place: i32, a: i32, b: i32): void {
  if (place >= SLOTS) return;
  store<i32>(hashes + (place << 2), hash(hash(a, channel), b * 64 + place));
}

/** Starts on a residual: all contexts. */
export function startResidual(): void {
  measure();
  toRegressed = regressed - expected;
  toPlanar = planar - expected;
  toChannel = byChannel - expected;
  toLeft = w - expected;
  toAbove = n - expected;
  certainty = matched == 0 ? 0 : min(7, 1 + (matched >> 4));
  toRepeated = matched == 0 ? 0 : ((repeated - expected) << 16) >> 16;
  toColour = byColour - expected;
  toPlace = byPlace - expected;
  const last = channel > 0 ? valueAt(1) : 0;
  const lastBefore = signedClass(before);
  context(0, toRepeated, min(matched, 32) + 1);
  context(1, hash(w, n), hash(nw, ne) + last * 0x3d4d51cb);
  context(2, expected, energy >> 3);
  context(3, before, channel > 1 ? residualAt(2) : energy >> 2);
  context(4, hash(toColour, byColourTimes), hash(toPlace, byPlaceTimes));
  context(5, signedClass(w - nw) | (signedClass(n - nw) << 5) | (signedClass(ne - n) << 10), energy >> 4);
  context(6, hash(w, ww), hash(n, nn));
  context(7, signedClass(toLeft) | (signedClass(toAbove) << 5) | (lastBefore << 10), way);
  context(8, hash(n, ne), last);
  context(9, hash(w, last), valueAt(channel > 0 ? 1 + channels : channels));
  context(10, signedClass(toRegressed) | (signedClass(toPlanar) << 5) | (signedClass(toChannel) << 10), energy >> 3);
  context(11, hash(last, channel > 1 ? valueAt(2) : 0), before);
  context(12, energy, lastBefore);
  context(13, hash(hash(w, n), hash(nw, ne)), hash(hash(ww, nn), last));
  context(14, expected, last - (valueAt(1 + channels) + valueAt(1 + row) >> 1));
  context(15, w, n);
  context(16, signedClass(left) | (signedClass(above) << 5), lastBefore);
  context(17, signedClass(left) | (classOf(residualAt(2 * channels)) << 5), signedClass(residualAt(row == 0 ? 3 * channels : row - channels)));
  sign = 0;
  // unroll SLOTS
  for (let i: i32 = 0; i < SLOTS; i++) {
    enter(i, load<i32>(hashes + (i << 2)));
  }
}

/** The sign is known: 1 or −1. */
export function setSign(s: i32): void {
  sign = s;
}

/** Its size is known, or bits below the leading one: what follows has slots of its own. */
export function enterStage(known: i32): void {
  // unroll SLOTS
  for (let i: i32 = 0; i < SLOTS; i++) {
    enter(i, hash(load<i32>(hashes + (i << 2)), known));
  }
}

// @ts-ignore: decorator
@inline
function seen(difference: i32): i32 {
  return signedClass(sign < 0 ? -difference : difference);
}

/**
 * What the next decision is about.
 *
 * @param stage 0 for whether, sign and size, 1 and 2 for the bits below the leading one
 * @param node 0 … 15 within its slot
 */
export function enterDecision(stage: i32, node: i32): void {
  const decision = stage * STAGE + node;
  const coarse = energy >> 3;
  const ofLeft = seen(toLeft);
  const ofAbove = seen(toAbove);
  const ofRegressed = seen(way == 0 ? toPlanar : toRegressed);
  const ofChannel = seen(toChannel);
  const ofBefore = seen(before);
  const c = min(3, channel);
  enterDirect(0, (((decision << 2) | c) << 7) | energy);
  enterDirect(1, (((decision << 5) | ofLeft) << 4) | (ofAbove >> 1));
  enterDirect(2, (((decision << 5) | ofBefore) << 4) | coarse);
  enterDirect(3, (((decision << 5) | ofRegressed) << 4) | coarse);
  enterDirect(4, (((decision << 5) | ofChannel) << 4) | (ofBefore >> 1));
  enterDirect(5, (((decision << 5) | seen(toRepeated)) << 3) | certainty);
  enterDirect(6, (((decision << 5) | seen(toColour)) << 3) | byColourTimes);
  enterDirect(7, (((decision << 5) | seen(toPlace)) << 3) | byPlaceTimes);
  pick(0, (energy >> 2) * 48 + decision);
  pick(1, ((c * 3 + way) * 3 + min(2, (certainty + 1) >> 1)) * 48 + decision);
  pick(2, (((byColourTimes >> 1) << 2) | (byPlaceTimes >> 1)) * 48 + decision);
  pickFinal((min(3, certainty) << 8) | (c << 6) | decision);
  estimateBy((min(63, energy >> 1) << 6) | decision, (ofBefore << 6) | decision);
}
