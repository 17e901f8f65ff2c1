/**
 * Decodes tokens. The coder is two asymmetric numeral systems that take turns, so that one can look for its symbol while
 * the other is still busy with its own; both are in locals, and what they have read is in one.
 */

import {
  AFTER_LITERAL, AFTER_MATCH, AFTER_ONE, AFTER_REPEAT, beforeMask, byBefore, highContext, isBehindCopy, lastContext, lengthClassOf, lengthContext, lengthPlaces, literalPlaces,
  LITERAL, LONG, lowContext, lowerBehindContext, lowerContext, lowerSecondContext, MATCH, model, moreSizeContext, nextState, ONE_BYTE, sideOf,
  REPEAT, restContext, second, secondOf, secondPlaces, SHORTEST, sizeContext, tokenContext, lowerBehindParent, lowerParent, upperBehindParent, upperParent, upperBehindContext, upperContext,
  upperSecondContext,
} from "./contexts";
import { end, find, findUnderBoth, inherit, isYoung, start, teach, TOTAL_BITS } from "./distributions";

/** A state is at least this. */
const LEAST: u32 = 1 << 16;
const TOTAL_MASK: u32 = (1 << TOTAL_BITS) - 1;
/** Bits that are taken at once at most. */
const MOST_RAW: i32 = 15;

/** Reasons for which decoding stops. */
export const NO_FAULT: i32 = 0;
export const TRUNCATED: i32 = 1;
export const DISTANCE: i32 = 2;
export const LENGTH: i32 = 3;
export const STATES: i32 = 4;

let content: usize = 0;
let contentLength: i32 = 0;
let done: i32 = 0;
let next: usize = 0;
let codedEnd: usize = 0;
let state: i32 = 0;
let distance0: i32 = 1;
let distance1: i32 = 1;
let distance2: i32 = 1;
let distance3: i32 = 1;
let fault: i32 = NO_FAULT;

export function startDecoder(contentAddress: usize, length: i32, coded: usize, codedLength: i32): void {
  content = contentAddress;
  contentLength = length;
  done = 0;
  next = coded;
  codedEnd = coded + codedLength;
  state = 0;
  distance0 = distance1 = distance2 = distance3 = 1;
  fault = NO_FAULT;
}

export function decodedLength(): i32 {
  return done;
}

export function decoderFault(): i32 {
  return fault;
}

export function decoderPosition(): usize {
  return next;
}

/** The state behind a symbol, before more bits are taken in. */
// @ts-ignore: decorator
@inline
function behind(x: u32, symbol: i32): u32 {
  const from = start(symbol);
  return (end(symbol) - from) * (x >>> TOTAL_BITS) + (x & TOTAL_MASK) - from;
}

// @ts-ignore: decorator
@inline
function behindRaw(x: u32, bits: i32): u32 {
  const left = TOTAL_BITS - bits;
  return ((x >>> TOTAL_BITS) << left) | (x & ((1 << left) - 1));
}

// @ts-ignore: decorator
@inline
function copy(to: usize, distance: i32, length: i32): void {
  let from = to - distance;
  const last = to + length;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < last);
  } else if (distance >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < last);
  } else {
    do {
      store<u8>(to, load<u8>(from));
      to++;
      from++;
    } while (to < last);
  }
}

/** Decodes a run of tokens: up to the first that ends at `limit` or beyond. */
export function decodeRun(limit: i32): void {
  const base = model;
  const first = content;
  const byByte = byBefore;
  const maskBefore = beforeMask;
  const maskPlace = literalPlaces;
  const literalsBy = second;
  const final = codedEnd;
  let to = first + done;
  const stop = first + limit;
  const most = first + contentLength;
  let read = next;
  let history = state;
  let d0 = distance0;
  let d1 = distance1;
  let d2 = distance2;
  let d3 = distance3;
  if (read + 8 > final) {
    fault = TRUNCATED;
    return;
  }
  let x: u32 = load<u32>(read);
  let other: u32 = load<u32>(read, 4);
  let t: u32 = 0;
  read += 8;
  do {
    if (read > final) break;
    const token = find(tokenContext(base, history, sideOf(byBefore, <i32>(to - first), load<u8>(to - 1))), x & TOTAL_MASK);
    t = behind(x, token);
    if (t < LEAST) {
      t = (t << 16) | load<u16>(read);
      read += 2;
    }
    x = other;
    other = t;
    if (token == LITERAL) {
      let upper: i32;
      let lower: i32;
      const before: i32 = (<i32>load<u8>(to - 1) & maskBefore) | (<i32>(to - first) & maskPlace);
      let context: usize;
      let parent: usize;
      let there = 0;
      /** What it is coded under for a second time, if it is. */
      let number = -1;
      if (isBehindCopy(history)) {
        there = load<u8>(to - d0);
        context = upperBehindContext(base, there);
        parent = upperBehindParent(base, there);
      } else {
        context = upperContext(base, before);
        parent = upperParent(base);
        if (literalsBy != 0) number = secondOf(literalsBy, secondPlaces, to, <i32>(to - first));
      }
      inherit(context, parent);
      let young = isYoung(context);
      if (number >= 0) {
        const other = upperSecondContext(base, number);
        inherit(other, upperParent(base));
        upper = findUnderBoth(context, other, x & TOTAL_MASK);
      } else upper = find(context, x & TOTAL_MASK);
      t = behind(x, upper);
      if (young) teach(parent, upper);
      if (t < LEAST) {
        t = (t << 16) | load<u16>(read);
        read += 2;
      }
      x = other;
      other = t;
      if (isBehindCopy(history) && upper == there >> 4) {
        context = lowerBehindContext(base, there);
        parent = lowerBehindParent(base, there);
      } else {
        context = lowerContext(base, before, upper);
        parent = lowerParent(base, upper);
      }
      inherit(context, parent);
      young = isYoung(context);
      if (number >= 0) {
        const other = lowerSecondContext(base, number, upper);
        inherit(other, lowerParent(base, upper));
        lower = findUnderBoth(context, other, x & TOTAL_MASK);
      } else lower = find(context, x & TOTAL_MASK);
      if (young) teach(parent, lower);
      t = behind(x, lower);
      if (t < LEAST) {
        t = (t << 16) | load<u16>(read);
        read += 2;
      }
      x = other;
      other = t;
      store<u8>(to, (upper << 4) | lower);
      to++;
      history = nextState(history, AFTER_LITERAL);
      continue;
    }
    let length: i32;
    if (token == ONE_BYTE) {
      length = 1;
      history = nextState(history, AFTER_ONE);
    } else {
      /** What the symbol for the length starts from, and of which kind it is. */
      let kind: i32;
      let shortest: i32;
      if (token >= MATCH) {
        length = token - MATCH + SHORTEST;
        kind = 0;
        shortest = LONG;
        history = nextState(history, AFTER_MATCH);
      } else {
        length = 0;
        kind = token == REPEAT ? 1 : 2;
        shortest = SHORTEST;
        if (token == REPEAT + 1) {
          const d = d1;
          d1 = d0;
          d0 = d;
        } else if (token == REPEAT + 2) {
          const d = d2;
          d2 = d1;
          d1 = d0;
          d0 = d;
        } else if (token == REPEAT + 3) {
          const d = d3;
          d3 = d2;
          d2 = d1;
          d1 = d0;
          d0 = d;
        }
        history = nextState(history, AFTER_REPEAT);
      }
      if (length == 0 || length == LONG) {
        const symbol = find(lengthContext(base, kind, <i32>(to - first) & lengthPlaces), x & TOTAL_MASK);
        t = behind(x, symbol);
        if (t < LEAST) {
          t = (t << 16) | load<u16>(read);
          read += 2;
        }
        x = other;
        other = t;
        length = shortest + symbol;
        if (symbol == 15) {
          let size = find(sizeContext(base, kind), x & TOTAL_MASK);
          t = behind(x, size);
          if (t < LEAST) {
            t = (t << 16) | load<u16>(read);
            read += 2;
          }
          x = other;
          other = t;
          if (size == 15) {
            const more = find(moreSizeContext(base, kind), x & TOTAL_MASK);
            t = behind(x, more);
            if (t < LEAST) {
              t = (t << 16) | load<u16>(read);
              read += 2;
            }
            x = other;
            other = t;
            size += more;
          }
          let bits = size;
          let extra: u32 = 1;
          while (bits > 0) {
            const count = min(bits, MOST_RAW);
            extra = (extra << count) | ((x & TOTAL_MASK) >>> (TOTAL_BITS - count));
            t = behindRaw(x, count);
            if (t < LEAST) {
              t = (t << 16) | load<u16>(read);
              read += 2;
            }
            x = other;
            other = t;
            bits -= count;
          }
          // Up to 2^31, which no block has room for.
          if (extra > <u32>(most - to)) {
            fault = LENGTH;
            break;
          }
          length = shortest + 14 + <i32>extra;
        }
      }
      if (token >= MATCH) {
        const high = find(highContext(base, lengthClassOf(length)), x & TOTAL_MASK);
        t = behind(x, high);
        if (t < LEAST) {
          t = (t << 16) | load<u16>(read);
          read += 2;
        }
        x = other;
        other = t;
        const low = find(lowContext(base, high), x & TOTAL_MASK);
        t = behind(x, low);
        if (t < LEAST) {
          t = (t << 16) | load<u16>(read);
          read += 2;
        }
        x = other;
        other = t;
        let bits = (high << 1) | (low >> 3);
        let value: u32 = 8 | (low & 7);
        if (bits > 0) {
          let context = lastContext(base);
          let rest: i32 = 4;
          if (bits <= 4) {
            context = restContext(base, bits, low);
            rest = bits;
          }
          bits -= rest;
          while (bits > 0) {
            const count = min(bits, MOST_RAW);
            value = (value << count) | ((x & TOTAL_MASK) >>> (TOTAL_BITS - count));
            t = behindRaw(x, count);
            if (t < LEAST) {
              t = (t << 16) | load<u16>(read);
              read += 2;
            }
            x = other;
            other = t;
            bits -= count;
          }
          const last = find(context, x & TOTAL_MASK);
          t = behind(x, last);
          if (t < LEAST) {
            t = (t << 16) | load<u16>(read);
            read += 2;
          }
          x = other;
          other = t;
          if (last >> rest != 0) {
            fault = DISTANCE;
            break;
          }
          value = (value << rest) + last;
        }
        d3 = d2;
        d2 = d1;
        d1 = d0;
        d0 = <i32>(value - 7);
      }
    }
    if (<u32>(d0 - 1) >= <u32>(to - first)) {
      fault = DISTANCE;
      break;
    }
    if (length > <i32>(most - to)) {
      fault = LENGTH;
      break;
    }
    copy(to, d0, length);
    to += length;
  } while (to < stop);
  if (fault == NO_FAULT) {
    if (read > final) fault = TRUNCATED;
    else if (x != LEAST || other != LEAST) fault = STATES;
  }
  done = <i32>(to - first);
  next = read;
  state = history;
  distance0 = d0;
  distance1 = d1;
  distance2 = d2;
  distance3 = d3;
}
