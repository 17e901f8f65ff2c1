/**
 * Adaptive distributions of sixteen symbols. Each is kept twice, once with a rate that stays fast and once with one that
 * gets slow, and the sum of both is what codes: 15 bits.
 *
 * A distribution is 64 bytes: what lies below each symbol, 0 to 2^14, as sixteen u16, fast and then slow. Below symbol 0
 * lies nothing, so there the fast half counts how often it was updated: both halves start with high rates. All symbols keep
 * a part: an update moves each sum towards one that leaves 1 for each symbol, and steps are rounded down, so neighbours
 * stay apart.
 */

/** Log2 of what the parts of all symbols add up to. */
export const TOTAL_BITS: i32 = 15;
const TOTAL: i32 = 1 << TOTAL_BITS;

/** Bytes of a distribution. */
export const SIZE: i32 = 64;
const SLOW: i32 = 32;

/** Where counting stops, and the last of the slow rates: an update goes 1/2^rate of the way. */
const MOST_UPDATES: i32 = 255;
const SLOW_RATE: i32 = 8;

/** For each symbol, the sums that an update goes to. */
const targets = memory.data(16 * 32, 64);
/** By the number of updates: that number after one more, and both rates. */
const counts = memory.data(256, 64);
const fastRates = memory.data(256, 64);
const slowRates = memory.data(256, 64);
/** The sums of the distribution in work, and the total. */
const sums = memory.data(34 + 30, 64);

/** @param fastRate the last of the fast rates */
export function startDistributions(fastRate: i32): void {
  for (let symbol = 0; symbol < 16; symbol++) {
    for (let i = 0; i < 16; i++) {
      store<u16>(targets + symbol * 32 + i * 2, i <= symbol ? i : TOTAL - 16 + i);
    }
  }
  for (let n = 0; n <= MOST_UPDATES; n++) {
    store<u8>(counts + n, min(n + 1, MOST_UPDATES));
    // 1, 2, 2, 3, 3, 3, 3, …: about the share that one of n + 2 has.
    const rate = 32 - clz(n + 1);
    store<u8>(fastRates + n, min(rate, fastRate));
    store<u8>(slowRates + n, min(rate, SLOW_RATE));
  }
  store<u16>(sums, TOTAL, 32);
}

/** Makes `count` distributions uniform. */
export function resetDistributions(address: usize, count: i32): void {
  const low = i16x8(0, 2048, 4096, 6144, 8192, 10240, 12288, 14336);
  const high = i16x8.add(low, i16x8.splat(16384));
  const end = address + count * SIZE;
  for (; address < end; address += SIZE) {
    v128.store(address, low);
    v128.store(address, high, 16);
    v128.store(address, low, SLOW);
    v128.store(address, high, SLOW + 16);
  }
}

/** Until a distribution was updated so often, it starts or teaches its parent. */
const INHERITED: i32 = 4;
const YOUNG: i32 = 16;

/** A distribution that was never updated starts as its parent is now. */
// @ts-ignore: decorator
@inline
export function inherit(address: usize, parent: usize): void {
  if (load<u16>(address) != 0) return;
  v128.store(address, v128.load(parent));
  v128.store(address, v128.load(parent, 16), 16);
  v128.store(address, v128.load(parent, SLOW), SLOW);
  v128.store(address, v128.load(parent, SLOW + 16), SLOW + 16);
  store<u16>(address, min(<i32>load<u16>(parent), INHERITED));
}

/** What a distribution that has learnt little learns, its parent learns, too. Before the distribution itself does. */
export function teach(parent: usize, symbol: i32): void {
  const clear = i16x8(0, -1, -1, -1, -1, -1, -1, -1);
  const counted = v128.load(parent);
  learn(parent, symbol, counted, v128.and(counted, clear), v128.load(parent, 16), v128.load(parent, SLOW), v128.load(parent, SLOW + 16));
}

// @ts-ignore: decorator
@inline
export function isYoung(address: usize): bool {
  return <i32>load<u16>(address) < YOUNG;
}

/** The symbol of a number below the total; the distribution learns it, and {@link start} and {@link part} are of it. */
// @ts-ignore: decorator
@inline
export function find(address: usize, number: u32): i32 {
  const clear = i16x8(0, -1, -1, -1, -1, -1, -1, -1);
  const counted = v128.load(address);
  const fast0 = v128.and(counted, clear);
  const fast1 = v128.load(address, 16);
  const slow0 = v128.load(address, SLOW);
  const slow1 = v128.load(address, SLOW + 16);
  const sum0 = i16x8.avgr_u(fast0, slow0);
  const sum1 = i16x8.avgr_u(fast1, slow1);
  v128.store(sums, sum0);
  v128.store(sums, sum1, 16);
  const numbers = i16x8.splat(<i16>number);
  const above = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.gt_s(sum0, numbers), i16x8.gt_s(sum1, numbers)));
  const symbol = ctz(above | 0x10000) - 1;
  learn(address, symbol, counted, fast0, fast1, slow0, slow1);
  return symbol;
}

/** Learns a symbol that is known; {@link start} and {@link part} are of it as it was before. */
// @ts-ignore: decorator
@inline
export function update(address: usize, symbol: i32): void {
  const clear = i16x8(0, -1, -1, -1, -1, -1, -1, -1);
  const counted = v128.load(address);
  const fast0 = v128.and(counted, clear);
  const fast1 = v128.load(address, 16);
  const slow0 = v128.load(address, SLOW);
  const slow1 = v128.load(address, SLOW + 16);
  v128.store(sums, i16x8.avgr_u(fast0, slow0));
  v128.store(sums, i16x8.avgr_u(fast1, slow1), 16);
  learn(address, symbol, counted, fast0, fast1, slow0, slow1);
}

/** As {@link find}, under the mean of two distributions; both learn it. */
export function findUnderBoth(address: usize, second: usize, number: u32): i32 {
  const clear = i16x8(0, -1, -1, -1, -1, -1, -1, -1);
  const counted = v128.load(address);
  const fast0 = v128.and(counted, clear);
  const fast1 = v128.load(address, 16);
  const slow0 = v128.load(address, SLOW);
  const slow1 = v128.load(address, SLOW + 16);
  const otherCounted = v128.load(second);
  const otherFast0 = v128.and(otherCounted, clear);
  const otherFast1 = v128.load(second, 16);
  const otherSlow0 = v128.load(second, SLOW);
  const otherSlow1 = v128.load(second, SLOW + 16);
  const sum0 = i16x8.avgr_u(i16x8.avgr_u(fast0, slow0), i16x8.avgr_u(otherFast0, otherSlow0));
  const sum1 = i16x8.avgr_u(i16x8.avgr_u(fast1, slow1), i16x8.avgr_u(otherFast1, otherSlow1));
  v128.store(sums, sum0);
  v128.store(sums, sum1, 16);
  const numbers = i16x8.splat(<i16>number);
  const above = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.gt_s(sum0, numbers), i16x8.gt_s(sum1, numbers)));
  const symbol = ctz(above | 0x10000) - 1;
  learn(address, symbol, counted, fast0, fast1, slow0, slow1);
  learn(second, symbol, otherCounted, otherFast0, otherFast1, otherSlow0, otherSlow1);
  return symbol;
}

/** As {@link update}, under the mean of two distributions. */
export function updateBoth(address: usize, second: usize, symbol: i32): void {
  meanOf(address, second);
  teach(address, symbol);
  teach(second, symbol);
}

/** Puts the mean of two distributions where {@link start} and {@link end} find it. */
function meanOf(address: usize, second: usize): void {
  const clear = i16x8(0, -1, -1, -1, -1, -1, -1, -1);
  const first0 = i16x8.avgr_u(v128.and(v128.load(address), clear), v128.load(address, SLOW));
  const first1 = i16x8.avgr_u(v128.load(address, 16), v128.load(address, SLOW + 16));
  const second0 = i16x8.avgr_u(v128.and(v128.load(second), clear), v128.load(second, SLOW));
  const second1 = i16x8.avgr_u(v128.load(second, 16), v128.load(second, SLOW + 16));
  v128.store(sums, i16x8.avgr_u(first0, second0));
  v128.store(sums, i16x8.avgr_u(first1, second1), 16);
}

// @ts-ignore: decorator
@inline
function learn(address: usize, symbol: i32, counted: v128, fast0: v128, fast1: v128, slow0: v128, slow1: v128): void {
  const n: usize = i16x8.extract_lane_u(counted, 0);
  const target0 = v128.load(targets + (symbol << 5));
  const target1 = v128.load(targets + (symbol << 5), 16);
  const fastRate: i32 = load<u8>(fastRates + n);
  const slowRate: i32 = load<u8>(slowRates + n);
  const next0 = i16x8.add(fast0, i16x8.shr_s(i16x8.sub(target0, fast0), fastRate));
  v128.store(address, i16x8.replace_lane(next0, 0, <i16>load<u8>(counts + n)));
  v128.store(address, i16x8.add(fast1, i16x8.shr_s(i16x8.sub(target1, fast1), fastRate)), 16);
  v128.store(address, i16x8.add(slow0, i16x8.shr_s(i16x8.sub(target0, slow0), slowRate)), SLOW);
  v128.store(address, i16x8.add(slow1, i16x8.shr_s(i16x8.sub(target1, slow1), slowRate)), SLOW + 16);
}

/** What lies below a symbol of the distribution that was found or updated last. */
// @ts-ignore: decorator
@inline
export function start(symbol: i32): u32 {
  return load<u16>(sums + (symbol << 1));
}

/** What lies below the symbol behind it. */
// @ts-ignore: decorator
@inline
export function end(symbol: i32): u32 {
  return load<u16>(sums + (symbol << 1), 2);
}

/** The part that a symbol has now. */
// @ts-ignore: decorator
@inline
export function partOf(address: usize, symbol: i32): i32 {
  const at = address + (symbol << 1);
  const low: i32 = symbol == 0 ? 0 : (<i32>load<u16>(at) + <i32>load<u16>(at, SLOW) + 1) >> 1;
  const high: i32 = symbol == 15 ? TOTAL : (<i32>load<u16>(at, 2) + <i32>load<u16>(at, SLOW + 2) + 1) >> 1;
  return high - low;
}
