/**
 * Sums from which correlations and matches at every lag follow: over all pairs of bytes of a window that lie a lag apart.
 */

/** Lags 1 … LAGS. */
export const LAGS: u32 = 1024;
/** Sums of a lag, u64: pairs, x, y, x², y², x·y, pairs with x = y; x is the earlier byte. */
export const SUMS: u32 = 7;
const LAG_BYTES: usize = SUMS * 8;
/** Memory of all sums. */
export const SUMS_BYTES: usize = <usize>LAGS * LAG_BYTES;

/** The longest window: products are summed in 32 bits, of which a window of this length needs all. */
export const LONGEST_WINDOW: usize = 65536;
/** Lags that share a pass over the window. */
const TOGETHER: u32 = 4;
/** Vectors of matches that are counted in bytes before they are summed. */
const MATCH_RUN: usize = 255;

/** The window in 16 bits a byte, with zeros behind it, which add nothing to any product. */
const wide = memory.data(2 * (65536 + 1024 + 16), 16);

let sums: usize = 0;

/** @param address zeros, {@link SUMS_BYTES} */
export function initAutocorrelation(address: usize): void {
  sums = address;
}

/** {@link LAGS} times {@link SUMS} u64. */
export function autocorrelationSums(): usize {
  return sums;
}

// @ts-ignore: decorator
@inline
function add(address: usize, value: u64): void {
  store<u64>(address, load<u64>(address) + value);
}

// @ts-ignore: decorator
@inline
function sumOfLanes(v: v128): u64 {
  return (
    <u64>i32x4.extract_lane(v, 0) +
    <u64>i32x4.extract_lane(v, 1) +
    <u64>i32x4.extract_lane(v, 2) +
    <u64>i32x4.extract_lane(v, 3)
  );
}

/**
 * Adds the pairs of a window.
 *
 * @param length at most {@link LONGEST_WINDOW}; 16 bytes and {@link LAGS} more may be read
 * @param weight of each pair
 */
export function addWindow(address: usize, length: usize, weight: u64): void {
  let x: u64 = 0;
  let xx: u64 = 0;
  for (let i: usize = 0; i < length; i++) {
    const byte = <u64>load<u8>(address + i);
    store<u16>(wide + (i << 1), <u16>byte);
    x += byte;
    xx += byte * byte;
  }
  memory.fill(wide + (length << 1), 0, 2 * (LAGS + 16));
  let y = x;
  let yy = xx;
  for (let lag: usize = 1; lag <= LAGS && lag < length; lag++) {
    // The earlier byte of a pair is none of the last ones, the later none of the first.
    const last = <u64>load<u8>(address + length - lag);
    const first = <u64>load<u8>(address + lag - 1);
    x -= last;
    xx -= last * last;
    y -= first;
    yy -= first * first;
    const to = sums + (lag - 1) * LAG_BYTES;
    add(to, weight * (length - lag));
    add(to + 8, weight * x);
    add(to + 16, weight * y);
    add(to + 24, weight * xx);
    add(to + 32, weight * yy);
  }
  for (let lag: usize = 1; lag <= LAGS && lag < length; lag += TOGETHER) {
    addProducts(lag, length, weight);
    addMatches(address, lag, length, weight);
  }
}

/** Lags of a group that reach beyond the window have no pairs: their products are with zeros. */
function addProducts(lag: usize, length: usize, weight: u64): void {
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  let s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0);
  const end = wide + (length << 1);
  const ahead = lag << 1;
  for (let at = wide; at < end; at += 16) {
    const x = v128.load(at);
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, v128.load(at + ahead)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, v128.load(at + ahead, 2)));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(x, v128.load(at + ahead, 4)));
    s3 = i32x4.add(s3, i32x4.dot_i16x8_s(x, v128.load(at + ahead, 6)));
  }
  const to = sums + (lag - 1) * LAG_BYTES + 40;
  add(to, weight * sumOfLanes(s0));
  add(to + LAG_BYTES, weight * sumOfLanes(s1));
  add(to + 2 * LAG_BYTES, weight * sumOfLanes(s2));
  add(to + 3 * LAG_BYTES, weight * sumOfLanes(s3));
}

// @ts-ignore: decorator
@inline
function sumOfBytes(v: v128): u64 {
  return sumOfLanes(i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v)));
}

function addMatches(address: usize, lag: usize, length: usize, weight: u64): void {
  let m0: u64 = 0;
  let m1: u64 = 0;
  let m2: u64 = 0;
  let m3: u64 = 0;
  // Whole vectors that all lags of the group have.
  const pairs = length > lag + TOGETHER - 1 ? length - lag - (TOGETHER - 1) : 0;
  const vectors = pairs & ~15;
  let i: usize = 0;
  while (i < vectors) {
    const end = min(vectors, i + (MATCH_RUN << 4));
    let c0 = i8x16.splat(0);
    let c1 = i8x16.splat(0);
    let c2 = i8x16.splat(0);
    let c3 = i8x16.splat(0);
    for (; i < end; i += 16) {
      const at = address + i;
      const x = v128.load(at);
      c0 = i8x16.sub(c0, i8x16.eq(x, v128.load(at + lag)));
      c1 = i8x16.sub(c1, i8x16.eq(x, v128.load(at + lag, 1)));
      c2 = i8x16.sub(c2, i8x16.eq(x, v128.load(at + lag, 2)));
      c3 = i8x16.sub(c3, i8x16.eq(x, v128.load(at + lag, 3)));
    }
    m0 += sumOfBytes(c0);
    m1 += sumOfBytes(c1);
    m2 += sumOfBytes(c2);
    m3 += sumOfBytes(c3);
  }
  for (; i + lag < length; i++) {
    const x = load<u8>(address + i);
    m0 += <u64>(x == load<u8>(address + i + lag));
    if (i + lag + 1 < length) m1 += <u64>(x == load<u8>(address + i + lag, 1));
    if (i + lag + 2 < length) m2 += <u64>(x == load<u8>(address + i + lag, 2));
    if (i + lag + 3 < length) m3 += <u64>(x == load<u8>(address + i + lag, 3));
  }
  const to = sums + (lag - 1) * LAG_BYTES + 48;
  add(to, weight * m0);
  add(to + LAG_BYTES, weight * m1);
  add(to + 2 * LAG_BYTES, weight * m2);
  add(to + 3 * LAG_BYTES, weight * m3);
}
