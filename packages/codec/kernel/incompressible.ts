/**
 * Tells stretches of content that no model makes smaller (what is encrypted, or was compressed well) from others, at a
 * hundred times the speed of a model.
 *
 * A model gains where bytes, or pairs of bytes at some distance, are not all as likely. How many bits that is worth at most
 * follows from the counts of a stretch. Text between noise changes the counts of a whole stretch too little, so each page
 * is looked at by itself as well; ordinary content differs so much from noise that its first page says enough.
 */

/** Bytes of a stretch. */
const STRETCH: u32 = 65536;
/** Bytes of a page of it. */
const PAGE: u32 = 1024;
/** Pairs are of bytes 1 to 4 places from each other. */
const DISTANCES: u32 = 4;

/** Share of its bits that a stretch gains from its counts where a model is worth its time. */
const LEAST_GAIN: f64 = 0.006;

/**
 * The sum of the squares of a page's counts, above which they are no accident: for noise it is 5116 on average, with a
 * standard deviation of 90; this is seven of them more.
 */
const PAGE_SQUARES: u32 = 5748;
/** As PAGE_SQUARES, for the pairs of a stretch: 131,071 on average, with a standard deviation of 362; six of them more. */
const PAIR_SQUARES: u32 = 133243;
/** Bits that the counts of noise seem to gain, on average: of 256 bytes, half a nat for all but one. */
const NOISE_BYTES: f64 = 184;
/** As NOISE_BYTES, for pairs: the mean of n · log2 n for numbers n that are Poisson distributed with mean 1, for each. */
const NOISE_PAIRS: f64 = 65536 * 0.8272453891530049;

const stretch = memory.data(65536, 16);
const page = memory.data(256 * 4, 16);
const bytes = memory.data(256 * 4, 16);
/** A counter of a byte for each pair, by distance. */
const pairs = memory.data(65536 * 4, 16);
const TABLE: usize = 65536;
/** Most times that a pair of bytes is there in what may be noise. */
const MOST_PAIRS: u32 = 255;
/** n · log2 n of the first numbers n. */
const KNOWN: u32 = 512;
const logarithms = memory.data(512 * 8, 16);

for (let n: u32 = 1; n < KNOWN; n++) store<f64>(logarithms + (n << 3), <f64>n * log2(n));

/** The logarithm of a number ≥ 1, from + − × ÷ alone: the same bits everywhere. */
function log2(n: u32): f64 {
  const exponent = 31 - clz(n);
  // The series of the inverse hyperbolic tangent: ln m = 2 · atanh((m − 1) / (m + 1)), for m from 1 to 2.
  const m = <f64>n / <f64>(<u64>1 << exponent);
  const t = (m - 1) / (m + 1);
  const square = t * t;
  let sum: f64 = 0;
  for (let k = 31; k > 0; k -= 2) sum = sum * square + 1.0 / <f64>k;
  return <f64>exponent + sum * t * 2.8853900817779268; // 2 / ln 2
}

// @ts-ignore: decorator
@inline
function timesLog(n: u32): f64 {
  return n < KNOWN ? load<f64>(logarithms + (n << 3)) : <f64>n * log2(n);
}

/** Where a stretch is put. */
export function stretchAddress(): usize {
  return stretch;
}

/** Bytes of a stretch. */
export function stretchLength(): u32 {
  return STRETCH;
}

/** Whether no model is worth its time for the stretch. */
export function isIncompressible(): bool {
  if (!countBytes() || !countPairs()) return false;
  const gain = gainOfBytes();
  let most: f64 = 0;
  for (let distance: u32 = 1; distance <= DISTANCES; distance++) most = max(most, gainOfPairs(distance) - 2 * gain);
  return gain + most <= LEAST_GAIN * 8 * STRETCH;
}

/** Counts the bytes, unless a page of them is like no noise. */
function countBytes(): bool {
  memory.fill(bytes, 0, 256 * 4);
  for (let start: u32 = 0; start < STRETCH; start += PAGE) {
    memory.fill(page, 0, 256 * 4);
    let squares: u32 = 0;
    for (let at = stretch + start; at < stretch + start + PAGE; at++) {
      const counter = page + (<usize>load<u8>(at) << 2);
      const count = load<u32>(counter);
      squares += 2 * count + 1;
      store<u32>(counter, count + 1);
    }
    if (squares > PAGE_SQUARES) return false;
    for (let i: usize = 0; i < 256 * 4; i += 16) {
      v128.store(bytes + i, i32x4.add(v128.load(bytes + i), v128.load(page + i)));
    }
  }
  return true;
}

/** Bits that are gained from how often each byte is there. */
function gainOfBytes(): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < 256 * 4; i += 4) sum += timesLog(load<u32>(bytes + i));
  return sum - <f64>STRETCH * 8 - NOISE_BYTES;
}

/** Counts the pairs at all distances, unless one is there more often than a counter holds, which is no accident. */
function countPairs(): bool {
  memory.fill(pairs, 0, DISTANCES * TABLE);
  let most: u32 = 0;
  const end = stretch + STRETCH - DISTANCES;
  for (let at: usize = stretch; at < end; at++) {
    const following = load<u32>(at, 1);
    const base = pairs + (<usize>load<u8>(at) << 8);
    const a = base + (following & 255);
    const b = base + TABLE + ((following >> 8) & 255);
    const c = base + 2 * TABLE + ((following >> 16) & 255);
    const d = base + 3 * TABLE + (following >> 24);
    const countA: u32 = load<u8>(a) + 1;
    const countB: u32 = load<u8>(b) + 1;
    const countC: u32 = load<u8>(c) + 1;
    const countD: u32 = load<u8>(d) + 1;
    store<u8>(a, countA);
    store<u8>(b, countB);
    store<u8>(c, countC);
    store<u8>(d, countD);
    most |= countA | countB | countC | countD;
  }
  return most <= MOST_PAIRS;
}

/** Bits that are gained from how often each pair of bytes at a distance is there; 0 if no more often than by accident. */
function gainOfPairs(distance: u32): f64 {
  const table = pairs + (distance - 1) * TABLE;
  let sums = i32x4.splat(0);
  for (let i: usize = 0; i < TABLE; i += 16) {
    const counts = v128.load(table + i);
    const low = i16x8.extend_low_i8x16_u(counts);
    const high = i16x8.extend_high_i8x16_u(counts);
    sums = i32x4.add(sums, i32x4.add(i32x4.dot_i16x8_s(low, low), i32x4.dot_i16x8_s(high, high)));
  }
  const squares: u32 =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3);
  if (squares < PAIR_SQUARES) return 0;
  let sum: f64 = 0;
  for (let i: usize = 0; i < TABLE; i++) sum += load<f64>(logarithms + (<usize>load<u8>(table + i) << 3));
  // Pairs as there are numbers of them, so that each would be there once.
  return sum - NOISE_PAIRS;
}
