/**
 * Classes of runs of values: those whose symbols are about as large share frequencies, since the rows of a matrix, and parts
 * of them, differ in scale. Which run is of which class is written.
 */
import { entropyOf, log2 } from "./logarithms";

/** Classes at most. */
export const CLASSES: i32 = 16;
/** Means are told apart in 1/16 of a symbol. */
const MEAN_BITS: i32 = 4;
const MEANS: i32 = 256 << MEAN_BITS;
/** Rounds in which runs go to the class that suits them best. */
const ROUNDS: i32 = 2;
/** Bits that the frequency of a symbol takes about, and those of the rest of a table. */
const FREQUENCY_COST: f32 = 4;
const TABLE_COST: f32 = 16;

/** How much more the means of runs must differ than by chance, for classes to pay for what is written of them. */
const WORTH_CLASSES: f64 = 3;

const byMean = memory.data(MEANS * 4, 64); // u32: symbols in runs of that mean, then the class of these
const runCounts = memory.data(256 * 4, 64); // u32
const costs = memory.data(CLASSES * 256 * 4, 64); // f32: bits of a symbol in a class

/** Of each class, how often its runs have each symbol: u32. */
export const classCounts = memory.data(CLASSES * 256 * 4, 64);

/** Bits that tables for these counts take, and what is coded under them. @param tables how many, of 256 u32 each */
export function costOf(counts: usize, tables: i32, groupBits: i32): f32 {
  let cost: f32 = 0;
  for (let table = 0; table < tables; table++) {
    const at = counts + (table << 10);
    if (groupBits == 0) {
      cost += entropyOf(at, 256) + TABLE_COST;
      for (let i = 0; i < 256; i++) if (load<u32>(at + (i << 2)) > 0) cost += FREQUENCY_COST;
      continue;
    }
    const groups = 256 >> groupBits;
    let total: u32 = 0;
    for (let group = 0; group < groups; group++) {
      let sum: u32 = 0;
      for (let i = 0; i < 1 << groupBits; i++) sum += load<u32>(at + (((group << groupBits) + i) << 2));
      store<u32>(runCounts + (group << 2), sum);
      total += sum;
    }
    cost += entropyOf(runCounts, groups) + <f32>total * <f32>groupBits + <f32>groups * FREQUENCY_COST + TABLE_COST;
  }
  return cost;
}

function meanOf(symbols: usize, count: i32): i32 {
  let sum: u32 = 0;
  let i = 0;
  let sums = i32x4.splat(0);
  for (; i + 16 <= count; i += 16) {
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v128.load(symbols + i))));
  }
  sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  for (; i < count; i++) sum += load<u8>(symbols + i);
  return <i32>((sum << MEAN_BITS) / count);
}

/** Counts the symbols of a run. @param counts u32 of each */
export function countRun(symbols: usize, count: i32, counts: usize): void {
  for (let i = 0; i < count; i++) {
    const at = counts + (<usize>load<u8>(symbols + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/**
 * Puts runs into classes, and counts their symbols by class.
 *
 * @param run symbols of each but for the last
 * @param classes u8 of each run: their class
 * @param most classes
 * @returns bits that all of it takes, about
 */
export function classify(symbols: usize, count: i32, run: i32, classes: usize, most: i32): f32 {
  const runs = (count + run - 1) / run;
  startByMeans(symbols, count, run, most);
  for (let i = 0; i < runs; i++) {
    const length = min(run, count - i * run);
    store<u8>(classes + i, <u8>load<u32>(byMean + (meanOf(symbols + i * run, length) << 2)));
  }
  countClasses(symbols, count, run, classes, most);
  for (let round = 0; round < ROUNDS; round++) {
    improve(symbols, count, run, classes, most);
    countClasses(symbols, count, run, classes, most);
  }
  return costOf(classCounts, most, 0) + <f32>runs * log2(most);
}

/**
 * Whether the means of runs differ by more than those of as many symbols drawn at random would.
 *
 * @param counts u32 of each symbol
 */
export function haveClasses(symbols: usize, count: i32, run: i32, counts: usize): bool {
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let symbol = 0; symbol < 256; symbol++) {
    const times = <f64>load<u32>(counts + (symbol << 2));
    sum += times * symbol;
    squares += times * symbol * symbol;
  }
  const mean = sum / count;
  const variance = squares / count - mean * mean;
  let between: f64 = 0;
  let runs = 0;
  for (let i = 0; i < count; i += run) {
    const length = min(run, count - i);
    const difference = <f64>meanOf(symbols + i, length) / <f64>(1 << MEAN_BITS) - mean;
    between += difference * difference * length;
    runs++;
  }
  return between > WORTH_CLASSES * variance * runs;
}

/** As many symbols for each class, in the order of the means of their runs. */
function startByMeans(symbols: usize, count: i32, run: i32, most: i32): void {
  memory.fill(byMean, 0, MEANS << 2);
  for (let i = 0; i < count; i += run) {
    const length = min(run, count - i);
    const at = byMean + (meanOf(symbols + i, length) << 2);
    store<u32>(at, load<u32>(at) + length);
  }
  let below: u64 = 0;
  for (let mean = 0; mean < MEANS; mean++) {
    const at = byMean + (mean << 2);
    const length: u64 = load<u32>(at);
    store<u32>(at, <u32>min<u64>(most - 1, ((below + (length >> 1)) * most) / count));
    below += length;
  }
}

function countClasses(symbols: usize, count: i32, run: i32, classes: usize, most: i32): void {
  memory.fill(classCounts, 0, most << 10);
  let n = 0;
  for (let i = 0; i < count; i += run) {
    countRun(symbols + i, min(run, count - i), classCounts + (<usize>load<u8>(classes + n++) << 10));
  }
}

/** Each run goes to the class in which it takes least. */
function improve(symbols: usize, count: i32, run: i32, classes: usize, most: i32): void {
  for (let c = 0; c < most; c++) {
    const counts = classCounts + (c << 10);
    let total: u32 = 0;
    for (let i = 0; i < 256; i++) total += load<u32>(counts + (i << 2));
    const whole = log2(4 * total + 256);
    for (let i = 0; i < 256; i++) {
      store<f32>(costs + (((c << 8) + i) << 2), whole - log2(4 * load<u32>(counts + (i << 2)) + 1));
    }
  }
  let n = 0;
  for (let i = 0; i < count; i += run) {
    memory.fill(runCounts, 0, 1024);
    countRun(symbols + i, min(run, count - i), runCounts);
    let least: f32 = Infinity;
    let best = 0;
    for (let c = 0; c < most; c++) {
      const cost = bitsOf(costs + (c << 10));
      if (cost >= least) continue;
      least = cost;
      best = c;
    }
    store<u8>(classes + n++, <u8>best);
  }
}

/** Bits of the counted run where symbols take so many each. */
function bitsOf(each: usize): f32 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < 1024; i += 16) {
    sum = f32x4.add(sum, f32x4.mul(f32x4.convert_i32x4_s(v128.load(runCounts + i)), v128.load(each + i)));
  }
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}
