/**
 * Chooses tokens: the cheapest way to each place of a stretch of content, by what the model makes of tokens at its start.
 * Of each place the cheapest way alone is known, with the state and the distances that it leads to.
 */

import {
  AFTER_LITERAL, AFTER_MATCH, AFTER_ONE, AFTER_REPEAT, beforeMask, byBefore, highContext, isBehindCopy, lastContext, lengthClassOf, lengthContext, lengthPlaces, literalPlaces,
  LITERAL, LONG, lowContext, lowerBehindContext, lowerContext, lowerSecondContext, MATCH, model, moreSizeContext, nextState, ONE_BYTE, sideOf,
  REPEAT, restContext, second, secondOf, secondPlaces, SHORTEST, sizeContext, tokenContext, lowerBehindParent, lowerParent, upperBehindParent, upperParent, upperBehindContext, upperContext,
  upperSecondContext,
} from "./contexts";
import { putBits, putInherited, putSymbol, putUnderBoth } from "./coder";
import { partOf, TOTAL_BITS } from "./distributions";
import { common, enter, found, search } from "./finder";

/** A price is in 1/64 bits. */
const PRICE_BITS: i32 = 6;
/** Prices by the upper bits of a part. */
const PART_SHIFT: i32 = 3;
const prices = memory.data(2 * (1 << (TOTAL_BITS - PART_SHIFT)) + 2, 64);

const NEVER: u32 = 0x7fffffff;

/** Places of a stretch at most. */
const STRETCH: i32 = 2048;
/** Longest match of which each length is looked at. */
const MOST_NICE: i32 = 273;
/** Prices of lengths, of each of four places. */
const LENGTHS: i32 = MOST_NICE + 1;

/**
 * A place: the price of the way to it, the length of its last step, and its code; the state, four distances behind it. A step
 * is one token, or three: where its length has a tail, a literal follows, and a copy of the tail's length from the same distance.
 * What such a copy is worth the place between does not show, for a cheaper way may lead there from another distance.
 */
const NODE: i32 = 32;
const TAIL: i32 = 16;
const nodes = memory.data(NODE * (2048 + 2 * 273 + 1 + 8), 64);
/** Codes of steps: a literal, one byte, the repeats; from here on, distances plus this. */
const DISTANCES: i32 = REPEAT + 4;
/** Steps of a stretch, the last first. */
const steps = memory.data(8 * (2048 + 2 * 273 + 1 + 8), 64);
/** Every token since the start, 8 bytes each, as it was put: length and code. Of what is coded again under other models. */
let trace: usize = 0;
let traced: i32 = 0;
/** Steps that were chosen and not yet put. */
let waiting: i32 = 0;

// What lengths and distances cost, as of the last time that it was looked up.
const matchLengths = memory.data(4 * 4 * LENGTHS, 64);
const repeatLengths = memory.data(4 * 2 * 4 * LENGTHS, 64);
const slots = memory.data(4 * 4 * 256, 64);
const lasts = memory.data(4 * 16, 64);
const tokenPrices = memory.data(2 * 16 * 256, 64);
const tokenStamps = memory.data(2 * 256, 64);
let stamp: i32 = 0;

let content: usize = 0;
let contentLength: i32 = 0;
let nice: i32 = 0;
let place: i32 = 0;
let history: i32 = 0;
let distance0: i32 = 1;
let distance1: i32 = 1;
let distance2: i32 = 1;
let distance3: i32 = 1;
/** Where prices are looked up again. */
let refreshAt: i32 = 0;

function startPrices(): void {
  const count = 1 << (TOTAL_BITS - PART_SHIFT);
  for (let i = 0; i <= count; i++) {
    // log2 by squaring, of the middle of what has these upper bits.
    let x: u64 = <u64>((i << PART_SHIFT) + (1 << (PART_SHIFT - 1))) << 16;
    let bits: i32 = 0;
    const shift = 63 - <i32>clz(x);
    x = shift > 31 ? x >> (shift - 31) : x << (31 - shift);
    for (let k = 0; k < PRICE_BITS; k++) {
      x = (x * x) >> 31;
      bits <<= 1;
      if (x >= 1 << 32) {
        x >>= 1;
        bits |= 1;
      }
    }
    const log = ((shift - 16) << PRICE_BITS) | bits;
    store<u16>(prices + i * 2, max(1, (TOTAL_BITS << PRICE_BITS) - log));
  }
}

// @ts-ignore: decorator
@inline
function priceOf(address: usize, symbol: i32): i32 {
  return load<u16>(prices + (partOf(address, symbol) >> PART_SHIFT) * 2);
}

/** As {@link priceOf}, of a distribution that has a parent. */
// @ts-ignore: decorator
@inline
function inheritedPrice(address: usize, parent: usize, symbol: i32): i32 {
  return priceOf(load<u16>(address) == 0 ? parent : address, symbol);
}

/** Of what is coded under the mean of two distributions. */
// @ts-ignore: decorator
@inline
function priceUnderBoth(address: usize, parent: usize, other: usize, otherParent: usize, symbol: i32): i32 {
  const first = partOf(load<u16>(address) == 0 ? parent : address, symbol);
  const part = (first + partOf(load<u16>(other) == 0 ? otherParent : other, symbol)) >> 1;
  return load<u16>(prices + (part >> PART_SHIFT) * 2);
}

export function startParser(contentAddress: usize, length: i32, niceLength: i32): void {
  content = contentAddress;
  contentLength = length;
  nice = min(niceLength, MOST_NICE);
  place = 0;
  history = 0;
  distance0 = distance1 = distance2 = distance3 = 1;
  refreshAt = 0;
  waiting = 0;
  trace = 0;
  stamp = 0;
  memory.fill(tokenStamps, 0, 512);
  startPrices();
}

/** Keeps all tokens from here on, at an address with room for one a byte. */
export function startTrace(address: usize): void {
  trace = address;
  traced = 0;
}

/** Puts all tokens that were kept once more, to a model and a coder that were started anew. */
export function replay(): void {
  place = 0;
  history = 0;
  distance0 = distance1 = distance2 = distance3 = 1;
  for (let i = 0; i < traced; i++) putToken(load<i32>(trace + i * 8), load<i32>(trace + i * 8, 4));
}

/** The distance below `most` from which most of the tokens that were kept copy; 0 if there is none. */
export function commonestDistance(most: i32): i32 {
  memory.fill(nodes, 0, most * 4);
  let best = 0;
  let count = 0;
  for (let i = 0; i < traced; i++) {
    const distance = load<i32>(trace + i * 8, 4) - DISTANCES;
    if (distance <= 0 || distance >= most) continue;
    const n = load<i32>(nodes + distance * 4) + 1;
    store<i32>(nodes + distance * 4, n);
    if (n <= count) continue;
    count = n;
    best = distance;
  }
  return best;
}

export function parsedLength(): i32 {
  return place;
}

/** Prices of the lengths of a kind at a place. */
// @ts-ignore: decorator
@inline
function lengthsOf(kind: i32, at: i32): usize {
  const table = kind == 0 ? matchLengths : repeatLengths + (kind - 1) * 16 * LENGTHS;
  return table + (at & lengthPlaces) * 4 * LENGTHS;
}

function refresh(): void {
  const base = model;
  stamp = (stamp + 1) & 0xffff;
  for (let kind = 0; kind < 3; kind++) {
    const shortest = kind == 0 ? LONG : SHORTEST;
    for (let at = 0; at <= lengthPlaces; at++) {
      const table = lengthsOf(kind, at);
      const context = lengthContext(base, kind, at);
      for (let symbol = 0; symbol < 15; symbol++) store<i32>(table + (shortest + symbol) * 4, priceOf(context, symbol));
      const long = priceOf(context, 15);
      let priced = 0;
      let size = -1;
      for (let n = shortest + 15; n <= MOST_NICE; n++) {
        const bits = 31 - clz(n - shortest - 14);
        if (bits != size) {
          size = bits;
          priced = long + priceOf(sizeContext(base, kind), size) + (size << PRICE_BITS);
        }
        store<i32>(table + n * 4, priced);
      }
    }
  }
  for (let high = 0; high < 15; high++) {
    const context = lowContext(base, high);
    for (let low = 0; low < 16; low++) {
      const bits = (high << 1) | (low >> 3);
      const priced = priceOf(context, low) + (bits > 4 ? (bits - 4) << PRICE_BITS : 0);
      for (let k = 0; k < 4; k++) {
        store<i32>(slots + (((k << 8) | (high << 4) | low) << 2), priced + priceOf(highContext(base, k), high));
      }
    }
  }
  for (let i = 0; i < 16; i++) store<i32>(lasts + i * 4, priceOf(lastContext(base), i));
}

/** Addresses of the prices of tokens. */
// @ts-ignore: decorator
@inline
function tokensOf(state: i32, at: i32): usize {
  const number = (state << 2) | ((sideOf(byBefore, at, load<u8>(content + at - 1))));
  const table = tokenPrices + (number << 5);
  if (load<u16>(tokenStamps + (number << 1)) != stamp) {
    store<u16>(tokenStamps + (number << 1), stamp);
    const context = tokenContext(model, state, (sideOf(byBefore, at, load<u8>(content + at - 1))));
    for (let i = 0; i < 16; i++) store<u16>(table + i * 2, priceOf(context, i));
  }
  return table;
}

// @ts-ignore: decorator
@inline
function tokenPrice(table: usize, token: i32): i32 {
  return load<u16>(table + (token << 1));
}

function distancePrice(lengthClass: i32, distance: i32): i32 {
  const value = distance + 7;
  const bits = 28 - clz(value);
  const low = ((bits & 1) << 3) | ((value >> bits) & 7);
  const priced = load<i32>(slots + (((lengthClass << 8) | ((bits >> 1) << 4) | low) << 2));
  if (bits > 4) return priced + load<i32>(lasts + ((value & 15) << 2));
  if (bits == 0) return priced;
  return priced + priceOf(restContext(model, bits, low), value & ((1 << bits) - 1));
}

function literalPrice(at: i32, state: i32, distance: i32): i32 {
  const base = model;
  const byte: i32 = load<u8>(content + at);
  const before: i32 = (<i32>load<u8>(content + at - 1) & beforeMask) | (at & literalPlaces);
  const upper = byte >> 4;
  let context = upperContext(base, before);
  let parent = upperParent(base);
  let contextOfLower = lowerContext(base, before, upper);
  let parentOfLower = lowerParent(base, upper);
  if (isBehindCopy(state)) {
    const there: i32 = load<u8>(content + at - distance);
    context = upperBehindContext(base, there);
    parent = upperBehindParent(base, there);
    if (upper == there >> 4) {
      contextOfLower = lowerBehindContext(base, there);
      parentOfLower = lowerBehindParent(base, there);
    }
  }
  if (second == 0 || isBehindCopy(state)) return inheritedPrice(context, parent, upper) + inheritedPrice(contextOfLower, parentOfLower, byte & 15);
  const number = secondOf(second, secondPlaces, content + at, at);
  const other = priceUnderBoth(context, parent, upperSecondContext(base, number), upperParent(base), upper);
  const otherOfLower = lowerSecondContext(base, number, upper);
  return other + priceUnderBoth(contextOfLower, parentOfLower, otherOfLower, lowerParent(base, upper), byte & 15);
}

// @ts-ignore: decorator
@inline
function relax(node: usize, price: u32, length: i32, code: i32): void {
  if (price < load<u32>(node)) {
    store<u32>(node, price);
    store<i32>(node, length, 4);
    store<i32>(node, code, 8);
  }
}

/** Bytes of a step, its tail included. */
// @ts-ignore: decorator
@inline
function stepLength(length: i32): i32 {
  return length & ((1 << TAIL) - 1);
}

/**
 * Looks at a copy with a tail: behind it a literal, and more from the same distance.
 *
 * @param node where it begins, at place `at`, of which `most` bytes are left
 * @param length of the copy, 0 where the literal comes at once
 * @param price up to the end of the copy
 * @param state behind it
 * @returns the last place that is reached, `last` or further
 */
function relaxTail(
  node: usize, at: i32, most: i32, length: i32, code: i32, distance: i32, price: i32, state: i32, last: usize,
): usize {
  const behind = content + at + length + 1;
  const left = min(most - length - 1, nice);
  if (left < SHORTEST || load<u16>(behind) != load<u16>(behind - distance)) return last;
  const tail = common(behind, behind - distance, SHORTEST, left);
  const literalAt = at + length;
  price += tokenPrice(tokensOf(state, literalAt), LITERAL) + literalPrice(literalAt, state, distance);
  price += tokenPrice(tokensOf(nextState(state, AFTER_LITERAL), literalAt + 1), REPEAT) + load<i32>(lengthsOf(1, literalAt + 1) + tail * 4);
  const total = length + 1 + tail;
  const end = node + total * NODE;
  for (; last < end; last += NODE) store<u32>(last + NODE, NEVER);
  relax(end, price, total | (tail << TAIL), code);
  return last;
}

/** Which place a node is of. */
// @ts-ignore: decorator
@inline
function placeOf(node: usize): i32 {
  return <i32>((node - nodes) / NODE);
}

/** Notes the state and the distances behind the step that leads to a node. */
function arrive(node: usize): void {
  const code = load<i32>(node, 8);
  const length = load<i32>(node, 4);
  const from = node - stepLength(length) * NODE;
  const state = load<i32>(from, 12);
  let d0 = load<i32>(from, 16);
  let d1 = load<i32>(from, 20);
  let d2 = load<i32>(from, 24);
  let d3 = load<i32>(from, 28);
  let kind: i32;
  if (code == LITERAL) kind = AFTER_LITERAL;
  else if (code == ONE_BYTE) kind = AFTER_ONE;
  else if (code < DISTANCES) {
    kind = AFTER_REPEAT;
    if (code > REPEAT) {
      const d = code == REPEAT + 1 ? d1 : code == REPEAT + 2 ? d2 : d3;
      if (code == REPEAT + 3) d3 = d2;
      if (code >= REPEAT + 2) d2 = d1;
      d1 = d0;
      d0 = d;
    }
  } else {
    kind = AFTER_MATCH;
    d3 = d2;
    d2 = d1;
    d1 = d0;
    d0 = code - DISTANCES;
  }
  let behind = nextState(state, kind);
  // Of a step of a literal and a copy, the literal is the first token.
  if (length >> TAIL != 0) behind = nextState(kind == AFTER_LITERAL ? behind : nextState(behind, AFTER_LITERAL), AFTER_REPEAT);
  store<i32>(node, behind, 12);
  store<i32>(node, d0, 16);
  store<i32>(node, d1, 20);
  store<i32>(node, d2, 24);
  store<i32>(node, d3, 28);
}

/** Puts the next token to the coder; where none is chosen, the next stretch is looked at. */
export function parseNext(): void {
  if (waiting == 0) chooseTokens();
  waiting--;
  const length = load<i32>(steps + waiting * 8);
  const code = load<i32>(steps + waiting * 8, 4);
  if (trace != 0) {
    store<i32>(trace + traced * 8, length);
    store<i32>(trace + traced * 8, code, 4);
    traced++;
  }
  putToken(length, code);
}

/** Makes places up to `end` ones that are never reached. Returns the last of all. */
// @ts-ignore: decorator
@inline
function extend(last: i32, end: i32): i32 {
  for (; last < end; last++) store<u32>(nodes + (last + 1) * NODE, NEVER);
  return last;
}

/** Chooses the tokens of the next stretch. */
function chooseTokens(): void {
  if (place >= refreshAt) {
    refresh();
    refreshAt = place + min(1024, 64 + (place >> 2));
  }
  const from = place;
  const left = contentLength - from;
  let last = 0;
  store<u32>(nodes, 0);
  store<i32>(nodes, history, 12);
  store<i32>(nodes, distance0, 16);
  store<i32>(nodes, distance1, 20);
  store<i32>(nodes, distance2, 24);
  store<i32>(nodes, distance3, 28);
  /** A long match that ends the stretch: how long, and its code. */
  let longLength = 0;
  let longCode = 0;
  let i = 0;
  for (;;) {
    const node = nodes + i * NODE;
    if (i > 0) arrive(node);
    if (i == left || i >= STRETCH || (i > 0 && i == last && i >= 32)) break;
    const at = from + i;
    const here = content + at;
    const most = left - i;
    const price = load<u32>(node);
    const state = load<i32>(node, 12);
    const table = tokensOf(state, at);
    const count = search(at);
    if (i == last) {
      last++;
      store<u32>(node + NODE, NEVER);
    }
    const d0 = load<i32>(node, 16);
    relax(node + NODE, price + tokenPrice(table, LITERAL) + literalPrice(at, state, d0), 1, LITERAL);
    if (at > 0 && load<u8>(here) == load<u8>(here - d0)) {
      relax(node + NODE, price + tokenPrice(table, ONE_BYTE), 1, ONE_BYTE);
    }
    for (let r = 0; r < 4; r++) {
      const distance = load<i32>(node + r * 4, 16);
      if (distance > at || load<u16>(here) != load<u16>(here - distance)) continue;
      const n = common(here, here - distance, 0, most);
      if (n < SHORTEST) continue;
      if (n >= nice) {
        longLength = n;
        longCode = REPEAT + r;
        break;
      }
      last = extend(last, i + n);
      const common = price + tokenPrice(table, REPEAT + r);
      const lengths = lengthsOf(r == 0 ? 1 : 2, at);
      for (let k = SHORTEST; k <= n; k++) {
        relax(node + k * NODE, common + load<i32>(lengths + k * 4), k, REPEAT + r);
      }
      const behind = common + load<i32>(lengths + n * 4);
      last = placeOf(relaxTail(node, at, most, n, REPEAT + r, distance, behind, nextState(state, AFTER_REPEAT), nodes + last * NODE));
    }
    if (longLength > 0) break;
    if (at > 0 && load<u8>(here) != load<u8>(here - d0)) {
      last = placeOf(relaxTail(node, at, most, 0, LITERAL, d0, price, state, nodes + last * NODE));
    }
    if (count > 0) {
      const n = load<i32>(found + (count - 1) * 8);
      if (n >= nice) {
        longLength = n;
        longCode = load<i32>(found + (count - 1) * 8, 4) + DISTANCES;
        break;
      }
      last = extend(last, i + n);
      let k = SHORTEST;
      const lengths = lengthsOf(0, at);
      for (let m = 0; m < count; m++) {
        const end = load<i32>(found + m * 8);
        const distance = load<i32>(found + m * 8, 4);
        const tail = distancePrice(3, distance);
        for (; k <= end; k++) {
          const away = k > 4 ? tail : distancePrice(k - SHORTEST, distance);
          const token = k >= LONG ? 15 : k - SHORTEST + MATCH;
          relax(node + k * NODE, price + tokenPrice(table, token) + load<i32>(lengths + k * 4) + away, k, distance + DISTANCES);
        }
        const token = end >= LONG ? 15 : end - SHORTEST + MATCH;
        const away = end > 4 ? tail : distancePrice(end - SHORTEST, distance);
        const behind = price + tokenPrice(table, token) + load<i32>(lengths + end * 4) + away;
        last = placeOf(
          relaxTail(node, at, most, end, distance + DISTANCES, distance, behind, nextState(state, AFTER_MATCH), nodes + last * NODE),
        );
      }
    }
    i++;
  }
  if (longLength > 0) {
    note(longLength, longCode);
    skip(from + i, longLength);
  }
  for (let k = i; k > 0;) {
    const node = nodes + k * NODE;
    const length = load<i32>(node, 4);
    const tail = length >> TAIL;
    const code = load<i32>(node, 8);
    if (tail != 0) {
      note(tail, REPEAT);
      note(1, LITERAL);
      if (stepLength(length) > tail + 1) note(stepLength(length) - tail - 1, code);
    } else note(length, code);
    k -= stepLength(length);
  }
}

// @ts-ignore: decorator
@inline
function note(length: i32, code: i32): void {
  store<i32>(steps + waiting * 8, length);
  store<i32>(steps + waiting * 8, code, 4);
  waiting++;
}

/** Enters the places of a long match but for the first: those at its end, from which something may go on. */
function skip(first: i32, length: i32): void {
  const end = first + length;
  for (let at = first + 1; at < end; at++) {
    if (at == first + 256 && end - 256 > at) at = end - 256;
    enter(at);
  }
}

function putToken(length: i32, code: i32): void {
  const base = model;
  const tokens = tokenContext(base, history, (sideOf(byBefore, place, load<u8>(content + place - 1))));
  if (code == LITERAL) {
    putSymbol(tokens, LITERAL);
    const byte: i32 = load<u8>(content + place);
    const before: i32 = (<i32>load<u8>(content + place - 1) & beforeMask) | (place & literalPlaces);
    const upper = byte >> 4;
    let context = upperContext(base, before);
    let parent = upperParent(base);
    let contextOfLower = lowerContext(base, before, upper);
    let parentOfLower = lowerParent(base, upper);
    if (isBehindCopy(history)) {
      const there: i32 = load<u8>(content + place - distance0);
      context = upperBehindContext(base, there);
      parent = upperBehindParent(base, there);
      if (upper == there >> 4) {
        contextOfLower = lowerBehindContext(base, there);
        parentOfLower = lowerBehindParent(base, there);
      }
    }
    if (second == 0 || isBehindCopy(history)) {
      putInherited(context, parent, upper);
      putInherited(contextOfLower, parentOfLower, byte & 15);
    } else {
      const number = secondOf(second, secondPlaces, content + place, place);
      const otherOfLower = lowerSecondContext(base, number, upper);
      putUnderBoth(context, parent, upperSecondContext(base, number), upperParent(base), upper);
      putUnderBoth(contextOfLower, parentOfLower, otherOfLower, lowerParent(base, upper), byte & 15);
    }
    history = nextState(history, AFTER_LITERAL);
  } else if (code == ONE_BYTE) {
    putSymbol(tokens, ONE_BYTE);
    history = nextState(history, AFTER_ONE);
  } else if (code < DISTANCES) {
    putSymbol(tokens, code);
    putLength(length, code == REPEAT ? 1 : 2, SHORTEST);
    if (code > REPEAT) {
      const d = code == REPEAT + 1 ? distance1 : code == REPEAT + 2 ? distance2 : distance3;
      if (code == REPEAT + 3) distance3 = distance2;
      if (code >= REPEAT + 2) distance2 = distance1;
      distance1 = distance0;
      distance0 = d;
    }
    history = nextState(history, AFTER_REPEAT);
  } else {
    putSymbol(tokens, length >= LONG ? 15 : length - SHORTEST + MATCH);
    if (length >= LONG) putLength(length, 0, LONG);
    putDistance(lengthClassOf(length), code - DISTANCES);
    distance3 = distance2;
    distance2 = distance1;
    distance1 = distance0;
    distance0 = code - DISTANCES;
    history = nextState(history, AFTER_MATCH);
  }
  place += length;
}

function putLength(length: i32, kind: i32, shortest: i32): void {
  putSymbol(lengthContext(model, kind, place & lengthPlaces), min(length - shortest, 15));
  if (length - shortest < 15) return;
  const extra = length - shortest - 14;
  const size = 31 - clz(extra);
  putSymbol(sizeContext(model, kind), min(size, 15));
  if (size >= 15) putSymbol(moreSizeContext(model, kind), size - 15);
  putBits(extra, size);
}

function putDistance(lengthClass: i32, distance: i32): void {
  const value = distance + 7;
  const bits = 28 - clz(value);
  const low = ((bits & 1) << 3) | ((value >> bits) & 7);
  putSymbol(highContext(model, lengthClass), bits >> 1);
  putSymbol(lowContext(model, bits >> 1), low);
  if (bits == 0) return;
  if (bits <= 4) {
    putSymbol(restContext(model, bits, low), value & ((1 << bits) - 1));
    return;
  }
  putBits(value >> 4, bits - 4);
  putSymbol(lastContext(model), value & 15);
}
