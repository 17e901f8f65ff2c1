/**
 * Counts how the fields of a tensor's values come: sign, exponent and pieces of the mantissa of floats, bytes of
 * integers, each in contexts that a decoder would know. What is counted is exact; entropies and code lengths come of it
 * outside.
 *
 * A table is 256 contexts of as many counts as its symbol has values, beside a flag a context that says whether it came
 * at all: so a tensor of three values costs no look at 65,536 counts.
 */

/** Bytes that the host puts in at once. */
const INPUT_BYTES: usize = 65536;
const MAXIMUM_TABLES: usize = 32;
/** Kinds of values that have tables of their own: more than there are types in any file. */
const MAXIMUM_LAYOUTS: u32 = 16;
/** Values a row beyond which rows are not followed: the memory of a row is kept. */
export const MAXIMUM_ROW: usize = 1 << 20;
/** Contexts of a table. */
export const CONTEXTS: usize = 256;
const PAGE: usize = 65536;
/** Distinct values beyond which a tensor counts as having too many to list. */
const MAXIMUM_DISTINCT: u32 = 65536;
/** A mean moves by an eighth of the difference: it follows some eight values. */
const MEAN_SHIFT: u32 = 3;
/** Fraction bits of a mean. */
const MEAN_FRACTION: u32 = 6;

const input = memory.data(<i32>INPUT_BYTES, 16);
const flags = memory.data(<i32>(MAXIMUM_TABLES * CONTEXTS), 16);
const bases = memory.data(<i32>(MAXIMUM_TABLES * 4), 16);
// Tables are laid out once for each kind of values and stay there, so that what one kind counts is never dirt to another.
const layouts = memory.data(<i32>(MAXIMUM_LAYOUTS * 8), 16); // kind, address
let layoutCount: u32 = 0;
let heapEnd: usize = 0;

let width: u32 = 0; // bytes of a value
let exponentBits: u32 = 0; // 0: an integer
let mantissaBits: u32 = 0;
let exponentOffset: i32 = 0; // what an exponent of more than eight bits loses to be a context
let rowLength: u32 = 0; // values a row; 0: rows are of no interest
let column: u32 = 0;
let isFirstRow: bool = true;

let previous: u64 = 0; // the value before; of floats its sign, and its exponent as a context
let previousExponent: u32 = 0;
let mean: u32 = 0; // of the exponents so far, in 1/64
let isFirst: bool = true;

let above: usize = 0; // a row of values: u64 of integers, u8 (exponent) of floats
let columnMeans: usize = 0; // a row of u16

let slots: usize = 0; // hash table of distinct values: u64 value, u32 count, u32 unused
let slotMask: u32 = 0;
let distinct: u32 = 0;
let isListing: bool = false; // whether distinct values are still few enough
let fingerprint: u64 = 0;

export function inputAddress(): usize {
  return input;
}

export function inputCapacity(): usize {
  return INPUT_BYTES;
}

/** Where the counts of a table lie: u32, context by context. */
export function tableAddress(table: u32): usize {
  return load<u32>(bases + (<usize>table << 2));
}

/** Where the flags of a table lie: a byte a context. */
export function flagsAddress(table: u32): usize {
  return flags + <usize>table * CONTEXTS;
}

/** Where the distinct values lie, 16 bytes each: value (8), count (4), nothing (4); a count of 0 is an empty place. */
export function slotsAddress(): usize {
  return slots;
}

export function slotCount(): u32 {
  return slotMask + 1;
}

/** How many distinct values there are; −1 if they are too many or were not counted. */
export function distinctValues(): i32 {
  return isListing ? <i32>distinct : -1;
}

/** 64 bits of all values so far, in their order. */
export function contentFingerprint(): u64 {
  return fingerprint;
}

/**
 * Starts a tensor. Counts of the one before must have been cleared by the host.
 *
 * @param bytes of a value: 1, 2, 4 or 8
 * @param exponent bits, 0 for integers
 * @param mantissa bits, 0 for integers
 * @param row values a row, 0 to ignore rows
 * @param values how many are to come at most
 */
export function startTensor(bytes: u32, exponent: u32, mantissa: u32, row: u32, values: u32): void {
  width = bytes;
  exponentBits = exponent;
  mantissaBits = mantissa;
  exponentOffset = exponent > 8 ? (1 << (exponent - 1)) - 1 - 128 : 0;
  rowLength = row;
  fingerprint = 0x9e3779b97f4a7c15 ^ (<u64>bytes << 56);

  layOut();
  // At least twice as many places as values that may come.
  slotMask = bytes > 2 ? (1 << (32 - clz(2 * min(values, MAXIMUM_DISTINCT) - 1))) - 1 : 0;
  if (bytes > 2) memory.fill(slots, 0, <usize>(slotMask + 1) << 4);
  restart();
  isListing = bytes > 2;
}

/** Finds the tables of this kind of values, or makes room for them: memory that was never used is zero. */
function layOut(): void {
  if (heapEnd == 0) {
    above = (__heap_base + 15) & ~15;
    columnMeans = above + (MAXIMUM_ROW << 3);
    slots = columnMeans + (MAXIMUM_ROW << 1);
    heapEnd = slots + (<usize>MAXIMUM_DISTINCT << 5);
  }
  const kind = (width << 16) | (exponentBits << 8) | mantissaBits;
  let layout: u32 = 0;
  while (layout < layoutCount && load<u32>(layouts + (<usize>layout << 3)) != kind) layout++;
  const entry = layouts + (<usize>layout << 3);
  const isNew = layout == layoutCount;
  if (isNew) {
    store<u32>(entry, kind);
    store<u32>(entry, <u32>heapEnd, 4);
    layoutCount++;
  }
  let next = <usize>load<u32>(entry, 4);
  const tables: u32 = exponentBits > 0 ? FIRST_MANTISSA + pieces() + (width <= 2 ? 1 : 0) : 3 * width;
  for (let table: u32 = 0; table < tables; table++) {
    store<u32>(bases + (<usize>table << 2), <u32>next);
    next += CONTEXTS << (2 + symbolBits(table));
  }
  if (isNew) {
    heapEnd = next;
    const pages = <i32>((heapEnd + PAGE - 1) / PAGE) - memory.size();
    if (pages > 0 && memory.grow(pages) < 0) unreachable();
  }
}

/**
 * Starts a part of the same tensor that is counted by itself: the host has taken and cleared the counts so far. Such a
 * long tensor's distinct values are not listed.
 */
export function restart(): void {
  isListing = false;
  column = 0;
  isFirstRow = true;
  isFirst = true;
  previous = 0;
  previousExponent = 0;
  mean = 0;
  distinct = 0;
}

// Tables of a float, in this order; then the pieces of the mantissa, and the whole of values of two bytes at most.
export const SIGN_BY_EXPONENT: u32 = 0;
export const SIGN_BY_PREVIOUS: u32 = 1;
export const EXPONENT_BY_PREVIOUS: u32 = 2;
export const EXPONENT_BY_ABOVE: u32 = 3;
export const EXPONENT_BY_MEAN: u32 = 4;
export const EXPONENT_BY_COLUMN: u32 = 5;
export const FIRST_MANTISSA: u32 = 6;
/** Of a table of symbols of eight bits. */
const PIECE_TABLE_BYTES: usize = CONTEXTS << 10;

/** Pieces of eight bits, the last perhaps of fewer. */
// @ts-ignore: decorator
@inline
function pieces(): u32 {
  return (mantissaBits + 7) >> 3;
}

/** Bits of the symbol that a table counts, eight at least where it is a piece. */
function symbolBits(table: u32): u32 {
  if (exponentBits == 0 || table >= FIRST_MANTISSA) return 8;
  return table <= SIGN_BY_PREVIOUS ? 1 : exponentBits;
}

// @ts-ignore: decorator
@inline
function bump(table: u32, base: usize, bits: u32, context: u32, symbol: u32): void {
  store<u8>(flags + <usize>table * CONTEXTS + context, 1);
  const address = base + ((((<usize>context) << bits) + symbol) << 2);
  store<u32>(address, load<u32>(address) + 1);
}

/** Counts `count` values that the host has put into the input. */
export function countValues(count: u32): void {
  switch (width) {
    case 1:
      if (exponentBits > 0) countFloats<u8>(count);
      else countIntegers<u8>(count);
      break;
    case 2:
      if (exponentBits > 0) countFloats<u16>(count);
      else countIntegers<u16>(count);
      break;
    case 4:
      if (exponentBits > 0) countFloats<u32>(count);
      else countIntegers<u32>(count);
      break;
    default:
      if (exponentBits > 0) countFloats<u64>(count);
      else countIntegers<u64>(count);
  }
}

function countFloats<Value>(count: u32): void {
  const bits = exponentBits;
  const exponentMask: u32 = (1 << bits) - 1;
  const mantissaMask: u64 = (<u64>1 << mantissaBits) - 1;
  const pieceCount = pieces();
  // Kept out of the loop: the compiler cannot know that counting does not change them.
  const signByExponent = tableAddress(SIGN_BY_EXPONENT);
  const signByPrevious = tableAddress(SIGN_BY_PREVIOUS);
  const exponentByPrevious = tableAddress(EXPONENT_BY_PREVIOUS);
  const exponentByMean = tableAddress(EXPONENT_BY_MEAN);
  const mantissaTables = tableAddress(FIRST_MANTISSA);
  const hasRows = rowLength > 0;
  let sign = <u32>previous;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<Value>(input + <usize>i * sizeof<Value>());
    const signBefore = sign;
    sign = <u32>(<u64>value >> (bits + mantissaBits));
    const exponent = <u32>(<u64>value >> mantissaBits) & exponentMask;
    const scale = <u32>max<i32>(0, min<i32>(255, <i32>exponent - exponentOffset));

    bump(SIGN_BY_EXPONENT, signByExponent, 1, scale, sign);
    bump(SIGN_BY_PREVIOUS, signByPrevious, 1, signBefore, sign);
    bump(EXPONENT_BY_PREVIOUS, exponentByPrevious, bits, previousExponent, exponent);
    bump(EXPONENT_BY_MEAN, exponentByMean, bits, mean >> MEAN_FRACTION, exponent);
    if (hasRows) countInColumn(bits, exponent, scale);

    let context = scale;
    let shift: i32 = <i32>mantissaBits;
    const mantissa = <u64>value & mantissaMask;
    for (let piece: u32 = 0; piece < pieceCount; piece++) {
      shift -= 8;
      // The last piece has what is left: its lower bits are not there, so it is a number below 2^(bits left).
      const symbol = <u32>(shift >= 0 ? mantissa >> shift : mantissa & ((1 << (8 + shift)) - 1)) & 255;
      bump(FIRST_MANTISSA + piece, mantissaTables + <usize>piece * PIECE_TABLE_BYTES, 8, context, symbol);
      context = symbol;
    }
    if (sizeof<Value>() <= 2) {
      const table = mantissaTables + <usize>pieceCount * PIECE_TABLE_BYTES;
      bump(FIRST_MANTISSA + pieceCount, table, 8, <u32>value >> 8, <u32>value & 255);
    }
    else list(<u64>value);
    mix(<u64>value);

    previousExponent = scale;
    mean = isFirst ? scale << MEAN_FRACTION : follow(mean, scale);
    isFirst = false;
  }
  previous = sign;
}

/** A mean, one value later. */
// @ts-ignore: decorator
@inline
function follow(mean: u32, scale: u32): u32 {
  return mean + (<u32>((<i32>(scale << MEAN_FRACTION) - <i32>mean) >> MEAN_SHIFT));
}

// @ts-ignore: decorator
@inline
function countInColumn(bits: u32, exponent: u32, scale: u32): void {
  const aboveAddress = above + column;
  const meanAddress = columnMeans + (<usize>column << 1);
  const columnMean: u32 = isFirstRow ? 0 : load<u16>(meanAddress);
  bump(EXPONENT_BY_ABOVE, tableAddress(EXPONENT_BY_ABOVE), bits, isFirstRow ? 0 : load<u8>(aboveAddress), exponent);
  bump(EXPONENT_BY_COLUMN, tableAddress(EXPONENT_BY_COLUMN), bits, columnMean >> MEAN_FRACTION, exponent);
  store<u8>(aboveAddress, <u8>scale);
  store<u16>(meanAddress, <u16>(isFirstRow ? scale << MEAN_FRACTION : follow(columnMean, scale)));
  nextColumn();
}

// @ts-ignore: decorator
@inline
function nextColumn(): void {
  column++;
  if (column == rowLength) {
    column = 0;
    isFirstRow = false;
  }
}

/** Three tables a byte, from the most significant: by the byte before it in the value, by the value before, by above. */
function countIntegers<Value>(count: u32): void {
  const first = tableAddress(0);
  for (let i: u32 = 0; i < count; i++) {
    const value = <u64>load<Value>(input + <usize>i * sizeof<Value>());
    const aboveAddress = above + (<usize>column << 3);
    const valueAbove: u64 = rowLength == 0 || isFirstRow ? 0 : load<u64>(aboveAddress);
    let context: u32 = 0;
    for (let byte: u32 = 0; byte < sizeof<Value>(); byte++) {
      const shift = <u64>(sizeof<Value>() - 1 - byte) << 3;
      const symbol = <u32>(value >> shift) & 255;
      const table = first + <usize>byte * 3 * PIECE_TABLE_BYTES;
      bump(3 * byte, table, 8, context, symbol);
      bump(3 * byte + 1, table + PIECE_TABLE_BYTES, 8, <u32>(previous >> shift) & 255, symbol);
      if (rowLength > 0) {
        bump(3 * byte + 2, table + 2 * PIECE_TABLE_BYTES, 8, <u32>(valueAbove >> shift) & 255, symbol);
      }
      context = symbol;
    }
    if (rowLength > 0) {
      store<u64>(aboveAddress, value);
      nextColumn();
    }
    if (sizeof<Value>() > 2) list(value);
    mix(value);
    previous = value;
  }
}

/** Adds a value to those that are listed, or gives the list up. */
// @ts-ignore: decorator
@inline
function list(value: u64): void {
  if (!isListing) return;
  let slot = <u32>((value * 0x9e3779b97f4a7c15) >> 32) & slotMask;
  for (;;) {
    const address = slots + (<usize>slot << 4);
    const seen = load<u32>(address, 8);
    if (seen == 0) {
      if (distinct == MAXIMUM_DISTINCT) {
        isListing = false;
        return;
      }
      distinct++;
      store<u64>(address, value);
      store<u32>(address, 1, 8);
      return;
    }
    if (load<u64>(address) == value) {
      store<u32>(address, seen + 1, 8);
      return;
    }
    slot = (slot + 1) & slotMask;
  }
}

// @ts-ignore: decorator
@inline
function mix(value: u64): void {
  fingerprint = rotl<u64>((fingerprint ^ value) * 0x9fb21c651e98df25, 27);
}
