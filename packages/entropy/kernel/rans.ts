/**
 * Range asymmetric numeral systems for bytes under static frequencies: four states take turns, so that one symbol does not
 * wait for the one before it. Frequencies add up to 2^12, and each is below that; states have 32 bits, of which 16 leave or
 * come at a time. The encoder goes from the last symbol to the first and writes from the end to the start, so that the
 * decoder goes forwards. Symbols are coded in runs under one table each; symbol j of a run belongs to state j mod 4.
 *
 * Source: J. Duda, "Asymmetric numeral systems" (2013); the interleaving of states: F. Giesen, "Interleaved entropy
 * coders" (2014).
 */

export const SCALE_BITS: i32 = 12;
/** What the frequencies of a table add up to. */
export const SCALE: i32 = 1 << SCALE_BITS;
/** Between two symbols a state is at least this. */
const LEAST: u32 = 1 << 16;
/** A state below f · 2^20 stays below 2^32 when a symbol of frequency f goes in. */
const LIMIT_BITS: i32 = 20;
/** Bits behind the point of a reciprocal: states of 32 bits so are divided exactly by what is below 2^12. */
const RECIPROCAL_BITS: i32 = 44;

/** Bytes of the tables of one context; a decoder's is written in steps of 16 bytes, and may so be written beyond its end. */
export const ENCODER_TABLE: i32 = 256 * 16;
export const DECODER_TABLE: i32 = SCALE * 4 + 16;
/** Bytes of the states that a stream begins with. */
export const STATE_BYTES: i32 = 16;

const states = memory.data(16, 16); // u32 [4]

/** @param frequencies u16 of each of 256 symbols, 0 … 4095, together 4096 */
export function buildEncoder(frequencies: usize, table: usize): void {
  let start: u32 = 0;
  for (let symbol = 0; symbol < 256; symbol++) {
    const frequency: u32 = load<u16>(frequencies + (symbol << 1));
    if (frequency == 0) continue;
    const entry = table + (symbol << 4);
    store<u64>(entry, (<u64>1 << RECIPROCAL_BITS) / frequency + 1);
    store<u32>(entry, frequency << LIMIT_BITS, 8);
    store<u16>(entry, start, 12);
    store<u16>(entry, SCALE - frequency, 14);
    start += frequency;
  }
}

/** Of each of 4096 numbers: its symbol, that one's frequency, and how far the number is above where the symbol begins. */
export function buildDecoder(frequencies: usize, table: usize): void {
  const ramp = i32x4(0, 1 << LIMIT_BITS, 2 << LIMIT_BITS, 3 << LIMIT_BITS);
  const step = i32x4.splat(4 << LIMIT_BITS);
  let start = table;
  for (let symbol: u32 = 0; symbol < 256; symbol++) {
    const frequency: u32 = load<u16>(frequencies + (symbol << 1));
    const end = start + (frequency << 2);
    let entries = i32x4.add(i32x4.splat(symbol | (frequency << 8)), ramp);
    for (let at = start; at < end; at += 16) {
      v128.store(at, entries);
      entries = i32x4.add(entries, step);
    }
    start = end;
  }
}

/** Starts a stream; what it writes goes before where it is told. */
export function startStates(): void {
  v128.store(states, i32x4.splat(LEAST));
}

/** Writes the states before `to`, where the stream then begins. */
export function finishStates(to: usize): usize {
  v128.store(to - STATE_BYTES, v128.load(states));
  return to - STATE_BYTES;
}

/** Reads the states that a stream begins with; returns where it goes on. */
export function readStates(from: usize): usize {
  v128.store(states, v128.load(from));
  return from + STATE_BYTES;
}

/** Whether the states are those that every encoder starts with: a decoder has come to its end. */
export function areStatesDone(): bool {
  return !v128.any_true(v128.xor(v128.load(states), i32x4.splat(LEAST)));
}

/** The state behind a symbol, of one that is below the symbol's limit. */
// @ts-ignore: decorator
@inline
function pushed(x: u32, entry: usize): u32 {
  const quotient = <u32>((<u64>x * load<u64>(entry)) >> RECIPROCAL_BITS);
  return x + <u32>load<u16>(entry, 12) + quotient * <u32>load<u16>(entry, 14);
}

/** Codes the last `count` & 3 symbols of a run, each by its own state. */
function encodeTail(symbols: usize, count: i32, table: usize, to: usize): usize {
  for (let j = count - 1; j >= (count & ~3); j--) {
    const state = states + ((j & 3) << 2);
    const entry = table + (<usize>load<u8>(symbols + j) << 4);
    let x = load<u32>(state);
    if (x >= load<u32>(entry, 8)) {
      to -= 2;
      store<u16>(to, <u16>x);
      x >>= 16;
    }
    store<u32>(state, pushed(x, entry));
  }
  return to;
}

/**
 * Codes a run of symbols, all under one table.
 *
 * @param to what was written before begins here
 * @returns where all that is written begins: up to two bytes a symbol before
 */
export function encodeRun(symbols: usize, count: i32, table: usize, to: usize): usize {
  to = encodeTail(symbols, count, table, to);
  let x0 = load<u32>(states);
  let x1 = load<u32>(states, 4);
  let x2 = load<u32>(states, 8);
  let x3 = load<u32>(states, 12);
  for (let at = symbols + (count & ~3); at > symbols;) {
    at -= 4;
    const four = load<u32>(at);
    const entry3 = table + ((four >> 24) << 4);
    const entry2 = table + (((four >> 16) & 0xff) << 4);
    const entry1 = table + (((four >> 8) & 0xff) << 4);
    const entry0 = table + ((four & 0xff) << 4);
    // What leaves is stored whether it leaves or not: no branch could be foreseen.
    store<u16>(to - 2, <u16>x3);
    const full3 = <u32>(x3 >= load<u32>(entry3, 8));
    to -= full3 << 1;
    x3 = pushed(x3 >> (full3 << 4), entry3);
    store<u16>(to - 2, <u16>x2);
    const full2 = <u32>(x2 >= load<u32>(entry2, 8));
    to -= full2 << 1;
    x2 = pushed(x2 >> (full2 << 4), entry2);
    store<u16>(to - 2, <u16>x1);
    const full1 = <u32>(x1 >= load<u32>(entry1, 8));
    to -= full1 << 1;
    x1 = pushed(x1 >> (full1 << 4), entry1);
    store<u16>(to - 2, <u16>x0);
    const full0 = <u32>(x0 >= load<u32>(entry0, 8));
    to -= full0 << 1;
    x0 = pushed(x0 >> (full0 << 4), entry0);
  }
  store<u32>(states, x0);
  store<u32>(states, x1, 4);
  store<u32>(states, x2, 8);
  store<u32>(states, x3, 12);
  return to;
}

/** As {@link encodeRun}, each symbol under the table that `tables`, a usize for each of 256 bytes, has for its byte of `by`. */
export function encodeRunBy(symbols: usize, by: usize, count: i32, tables: usize, to: usize): usize {
  for (let j = count - 1; j >= 0; j--) {
    const state = states + ((j & 3) << 2);
    const entry = load<usize>(tables + (<usize>load<u8>(by + j) << 2)) + (<usize>load<u8>(symbols + j) << 4);
    const x = load<u32>(state);
    store<u16>(to - 2, <u16>x);
    const full = <u32>(x >= load<u32>(entry, 8));
    to -= full << 1;
    store<u32>(state, pushed(x >> (full << 4), entry));
  }
  return to;
}

/** Whether a state has room for what comes next. */
// @ts-ignore: decorator
@inline
function isLow(x: u32): u32 {
  return <u32>(x < LEAST);
}

/** The state before a symbol's entry was put in, before more bits come in. */
// @ts-ignore: decorator
@inline
function popped(x: u32, entry: u32): u32 {
  return ((entry >> 8) & 0xfff) * (x >> SCALE_BITS) + (entry >> LIMIT_BITS);
}

// @ts-ignore: decorator
@inline
function slot(x: u32): usize {
  return (x & (SCALE - 1)) << 2;
}

/**
 * Decodes a run of symbols, all under one table. Reads up to two bytes a symbol, wherever these are: whoever calls looks
 * whether they were there.
 *
 * @returns where the coded bytes go on
 */
export function decodeRun(symbols: usize, count: i32, table: usize, from: usize): usize {
  let x0 = load<u32>(states);
  let x1 = load<u32>(states, 4);
  let x2 = load<u32>(states, 8);
  let x3 = load<u32>(states, 12);
  const end = symbols + (count & ~3);
  for (let at = symbols; at < end; at += 4) {
    const entry0 = load<u32>(table + slot(x0));
    const entry1 = load<u32>(table + slot(x1));
    const entry2 = load<u32>(table + slot(x2));
    const entry3 = load<u32>(table + slot(x3));
    store<u32>(at, (entry0 & 0xff) | ((entry1 & 0xff) << 8) | ((entry2 & 0xff) << 16) | (entry3 << 24));
    x0 = popped(x0, entry0);
    x1 = popped(x1, entry1);
    x2 = popped(x2, entry2);
    x3 = popped(x3, entry3);
    const low0 = isLow(x0);
    x0 = low0 ? (x0 << 16) | <u32>load<u16>(from) : x0;
    from += low0 << 1;
    const low1 = isLow(x1);
    x1 = low1 ? (x1 << 16) | <u32>load<u16>(from) : x1;
    from += low1 << 1;
    const low2 = isLow(x2);
    x2 = low2 ? (x2 << 16) | <u32>load<u16>(from) : x2;
    from += low2 << 1;
    const low3 = isLow(x3);
    x3 = low3 ? (x3 << 16) | <u32>load<u16>(from) : x3;
    from += low3 << 1;
  }
  store<u32>(states, x0);
  store<u32>(states, x1, 4);
  store<u32>(states, x2, 8);
  store<u32>(states, x3, 12);
  for (let j = count & ~3; j < count; j++) {
    const state = states + ((j & 3) << 2);
    let x = load<u32>(state);
    const entry = load<u32>(table + slot(x));
    store<u8>(symbols + j, <u8>entry);
    x = popped(x, entry);
    if (x < LEAST) {
      x = (x << 16) | <u32>load<u16>(from);
      from += 2;
    }
    store<u32>(state, x);
  }
  return from;
}

/** As {@link decodeRun}, undoing {@link encodeRunBy}. */
export function decodeRunBy(symbols: usize, by: usize, count: i32, tables: usize, from: usize): usize {
  for (let j = 0; j < count; j++) {
    const state = states + ((j & 3) << 2);
    let x = load<u32>(state);
    const entry = load<u32>(load<usize>(tables + (<usize>load<u8>(by + j) << 2)) + slot(x));
    store<u8>(symbols + j, <u8>entry);
    x = popped(x, entry);
    const low = isLow(x);
    x = low ? (x << 16) | <u32>load<u16>(from) : x;
    from += low << 1;
    store<u32>(state, x);
  }
  return from;
}
