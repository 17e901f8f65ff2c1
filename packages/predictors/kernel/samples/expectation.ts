/**
 * What a sample is expected to be: by regression, by the plane through its neighbours, and by that of its difference from
 * the channel before. Which of them was nearest around it, decides.
 */

import { allocate } from "../memory";
import { learnRegression, regress, setInput, startRegression } from "./regression";
import { bits, channel, channels, isSigned, position, row, valueAt } from "./stream";

/** Ways to expect a sample. */
const WAYS: i32 = 3;

/** Neighbours in the same channel: left, above, and so on; in sound, those before. */
export let w: i32 = 0;
export let n: i32 = 0;
export let nw: i32 = 0;
export let ne: i32 = 0;
export let ww: i32 = 0;
export let nn: i32 = 0;
/** What it is expected to be, and by which way; how far those others are from it. */
export let expected: i32 = 0;
export let way: i32 = 0;
export let regressed: i32 = 0;
export let planar: i32 = 0;
export let byChannel: i32 = 0;

let least: i32 = 0;
let most: i32 = 0;
let base: i32 = 0;
let count: i32 = 0;
/** All inputs of the regression are zero: it is neither asked nor taught. */
let isFlat: bool = false;
let mask: i32 = 0;
let errors: usize = 0; // u16 [way][position & mask]

export function startExpectation(): void {
  startRegression(channels, row == 0);
  least = isSigned ? -(1 << (bits - 1)) : 0;
  most = isSigned ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
  const reach = max(64, row + 2 * channels + 2);
  mask = (1 << (32 - clz(reach))) - 1;
  errors = allocate((<usize>(mask + 1) << 1) * WAYS);
}

// @ts-ignore: decorator
@inline
function within(value: i32): i32 {
  return max(least, min(most, value));
}

/** The plane through three neighbours, if it is between two of them; else the nearer of these. */
// @ts-ignore: decorator
@inline
function plane(left: i32, above: i32, corner: i32): i32 {
  const low = min(left, above);
  const high = max(left, above);
  return corner >= high ? low : corner <= low ? high : left + above - corner;
}

// @ts-ignore: decorator
@inline
function errorAt(which: i32, back: i32): i32 {
  return load<u16>(errors + (<usize>(which * (mask + 1) + ((position - back) & mask)) << 1));
}

/** How wrong a way was around the sample. */
// @ts-ignore: decorator
@inline
function errorsOf(which: i32): i32 {
  if (row == 0) {
    let sum = 0;
    for (let k = 1; k <= 16; k++) sum += errorAt(which, k * channels);
    return sum;
  }
  return (
    2 * errorAt(which, channels) + 2 * errorAt(which, row) + errorAt(which, row + channels) + errorAt(which, row - channels) +
    errorAt(which, 2 * channels)
  );
}

/** Expects the next sample. */
export function expect(): void {
  const c = channels;
  w = valueAt(c);
  ww = valueAt(2 * c);
  if (row == 0) expectSound();
  else expectPixel();
  const ofRegression = errorsOf(0);
  const ofPlane = errorsOf(1);
  const ofChannel = channel == 0 ? 0x7fffffff : errorsOf(2);
  way = ofRegression < ofPlane && ofRegression < ofChannel ? 0 : ofPlane <= ofChannel ? 1 : 2;
  expected = way == 0 ? regressed : way == 1 ? planar : byChannel;
}

function expectPixel(): void {
  const c = channels;
  n = valueAt(row);
  nw = valueAt(row + c);
  ne = valueAt(row - c);
  nn = valueAt(2 * row);
  base = (w + n) >> 1;
  count = 0;
  let any = 0;
  any |= input(w - base);
  any |= input(n - base);
  any |= input(nw - base);
  any |= input(ne - base);
  any |= input(ww - base);
  any |= input(nn - base);
  any |= input(valueAt(2 * row - c) - base);
  any |= input(valueAt(row - 2 * c) - base);
  planar = plane(w, n, nw);
  byChannel = planar;
  for (let d = 1; d <= min(2, channel); d++) {
    const now = valueAt(d);
    const left = valueAt(d + c);
    const above = valueAt(d + row);
    const corner = valueAt(d + row + c);
    if (d == 1) byChannel = within(now + plane(w - left, n - above, nw - corner));
    const mean = (left + above) >> 1;
    any |= input(now - mean);
    any |= input(left - mean);
    any |= input(above - mean);
    any |= input(corner - mean);
  }
  finishInputs(any);
}

function expectSound(): void {
  const c = channels;
  n = valueAt(3 * c);
  nw = valueAt(4 * c);
  ne = valueAt(5 * c);
  nn = valueAt(6 * c);
  base = 0;
  count = 0;
  let any = 0;
  const own = c == 1 ? 24 : 16;
  for (let k = 1; k <= own; k++) any |= input(valueAt(k * c));
  if (c > 1) {
    const other = channel == 0 ? c - 1 : 1;
    for (let k = 0; k < 8; k++) any |= input(valueAt(other + k * c));
  }
  planar = within(2 * w - ww);
  byChannel = channel == 0 ? w : within(w + valueAt(1) - valueAt(1 + c));
  finishInputs(any);
}

// @ts-ignore: decorator
@inline
function input(value: i32): i32 {
  setInput(count, value);
  count++;
  return value;
}

function finishInputs(any: i32): void {
  if ((count & 1) == 1) input(0);
  isFlat = any == 0;
  regressed = base;
  if (isFlat) return;
  const x = regress(channel, count);
  // What is not a number, or too far away, is no expectation.
  if (x > -8388608.0 && x < 8388608.0) regressed = base + <i32>nearest(x);
  regressed = within(regressed);
}

/** Learns what the sample was. Call before it joins the stream. */
export function learnExpectation(value: i32): void {
  const at = position & mask;
  store<u16>(errors + (<usize>at << 1), min(65535, abs(value - regressed)));
  store<u16>(errors + (<usize>(mask + 1 + at) << 1), min(65535, abs(value - planar)));
  store<u16>(errors + (<usize>(2 * (mask + 1) + at) << 1), min(65535, abs(value - byChannel)));
  if (!isFlat || value != base) learnRegression(channel, count, <f64>(value - base));
}
