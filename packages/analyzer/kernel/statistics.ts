/**
 * Level 4 over a stream, in stretches of 64 KiB that start at multiples of that size. A stretch is taken by itself: no
 * context, no pair reaches into another. So the sums of several instances that have different stretches of a file add up
 * to those of the whole.
 *
 * Bytes and pairs are counted everywhere. What costs more is counted everywhere in the first stretches, and then in a
 * window of each, with a weight to match: a table of 64 MiB costs a cache miss a byte.
 */
import { isTaken, levelOf, reserveUpTo, slotAddress, slotsOf, usedSlots } from "./hash-table";
import { LAGS, SUMS_BYTES, addWindow, initAutocorrelation } from "./statistics/autocorrelation";
import { countContexts } from "./statistics/contexts";
import { countPairs, pairTotals } from "./statistics/pairs";
import { PROFILE_BYTES, countProfile, coverOffset, initProfile } from "./statistics/profile";
import { QUADRUPLE_BYTES, initQuadruples, mergeQuadruples, quadruples, writeQuadruple } from "./statistics/quadruples";
import { TRIPLES_BYTES, countTriple, initTriples, tripleCounts } from "./statistics/triples";

export { LAGS, SUMS, autocorrelationSums } from "./statistics/autocorrelation";
export { firstTotals, foldPairs, pairTotals } from "./statistics/pairs";
export { CELLS, profileCells, profileShift } from "./statistics/profile";
export { carryTriple, tripleCarries, tripleCounts } from "./statistics/triples";

/** Bytes that are counted by themselves: no context and no pair reaches from one stretch into another. */
export const STRETCH: usize = 65536;
/** Stretches of which every context is counted, and the window that stands for each later one, in bytes. */
export const WHOLE_CONTEXTS: u64 = 256;
export const CONTEXT_WINDOW: usize = 1024;
const CONTEXT_WEIGHT: u32 = <u32>(STRETCH / CONTEXT_WINDOW);
/** The same of the profile, whose cells are stretches at least by then. */
export const WHOLE_PROFILE: u64 = 1024;
const PROFILE_WINDOW: usize = 16384;
/** Stretches whose pairs at all lags are counted; then each has a window, up to those of the contexts, then one of so many. */
export const WHOLE_LAGS: u64 = 16;
export const LAG_STRETCHES: u64 = 16;
export const LAG_WINDOW: usize = 4096;
const LAG_WEIGHT: u64 = STRETCH / LAG_WINDOW;

/** Bytes that the host may put in at a time, beyond what is left of a stretch. */
const INPUT: usize = 1 << 20;
/** What is read beyond the end. */
const SLACK: usize = 64 + LAGS;
/** Room for entries that come or go. */
const SCRATCH: usize = PROFILE_BYTES;
const PAGE: usize = 65536;

let input: usize = 0;
let scratch: usize = 0;
/** Number of the next stretch. */
let next: u64 = 0;

/**
 * Once an instance.
 *
 * @param first number of the first stretch that will come
 * @param largest the most slots of the table of strings of four bytes, a power of two
 */
export function prepare(first: u32, largest: u32): void {
  next = first;
  scratch = (__heap_base + PAGE - 1) & ~(PAGE - 1);
  input = scratch + SCRATCH;
  const profile = (input + INPUT + STRETCH + SLACK + 63) & ~63;
  const sums = profile + PROFILE_BYTES;
  const triples = (sums + SUMS_BYTES + PAGE - 1) & ~(PAGE - 1);
  const slots = triples + TRIPLES_BYTES;
  if (!reserveUpTo(slots)) unreachable();
  initProfile(profile);
  initAutocorrelation(sums);
  initTriples(triples);
  initQuadruples(slots, largest);
}

export function inputAddress(): usize {
  return input;
}

export function inputCapacity(): usize {
  return INPUT + STRETCH;
}

export function scratchAddress(): usize {
  return scratch;
}

/**
 * Counts the whole stretches of the first `filled` bytes of the input.
 *
 * @returns how many bytes are left over; they now lie at the start of the input
 */
export function take(filled: usize): usize {
  let at: usize = 0;
  for (; at + STRETCH <= filled; at += STRETCH) countStretch(input + at, STRETCH);
  const rest = filled - at;
  memory.copy(input, input + at, rest);
  return rest;
}

/** Counts what is left over, less than a stretch and at least a byte: the end of the file. */
export function takeLast(rest: usize): void {
  countStretch(input, rest);
}

function countStretch(address: usize, length: usize): void {
  countPairs(address, length);
  const offset = next * STRETCH;
  if (next < WHOLE_PROFILE) countProfile(address, length, offset);
  else {
    const start = windowStart(length, PROFILE_WINDOW);
    countProfile(address + start, min(length, PROFILE_WINDOW), offset + start);
  }
  if (next < WHOLE_CONTEXTS) countContexts(address, length, 1);
  else countContexts(address + windowStart(length, CONTEXT_WINDOW), min(length, CONTEXT_WINDOW), CONTEXT_WEIGHT);
  if (next < WHOLE_LAGS) addWindow(address, length, 1);
  else if (next < WHOLE_CONTEXTS) addLags(address, length, LAG_WEIGHT);
  else if (next % LAG_STRETCHES == 0) addLags(address, length, LAG_STRETCHES * LAG_WEIGHT);
  next++;
}

function addLags(address: usize, length: usize, weight: u64): void {
  addWindow(address + windowStart(length, LAG_WINDOW), min(length, LAG_WINDOW), weight);
}

/** Where the window of a stretch starts: at random, but the same for everyone, so that no structure of the data agrees. */
function windowStart(length: usize, window: usize): usize {
  if (length <= window) return 0;
  const random = ((next + 1) * 0x9e3779b97f4a7c15) >> 32;
  return <usize>((random * (length - window + 1)) >> 32);
}

/** Strings of four bytes that are counted. */
export function keptQuadruples(): u32 {
  return usedSlots(quadruples);
}

/** One context of three bytes in 2^k is counted. */
export function quadrupleLevel(): u32 {
  return levelOf(quadruples);
}

/** Where {@link exportTriples} and {@link exportQuadruples} go on. */
let cursor: u32 = 0;

export function startExport(): void {
  cursor = 0;
}

/** Writes the next three-byte strings that occur to the scratch area: key and count, u32; returns how many, 0 at the end. */
export function exportTriples(): u32 {
  const counts = tripleCounts();
  const room = <u32>(SCRATCH / 8);
  let found: u32 = 0;
  for (; cursor < 1 << 24 && found < room; cursor++) {
    // Where two bytes never follow each other, no third need be looked for.
    if ((cursor & 0xff) == 0 && load<f64>(pairTotals() + (<usize>(cursor >> 8) << 3)) == 0) {
      // The key is little-endian: its upper two bytes are the last two of the string.
      cursor += 0xff;
      continue;
    }
    const count = load<u32>(counts + (<usize>cursor << 2));
    if (count == 0) continue;
    store<u32>(scratch + (<usize>found << 3), cursor);
    store<u32>(scratch + (<usize>found << 3), count, 4);
    found++;
  }
  return found;
}

/** Writes the next strings of four bytes to the scratch area, as records; returns how many, 0 at the end. */
export function exportQuadruples(): u32 {
  const slots = slotsOf(quadruples);
  const room = <u32>(SCRATCH / QUADRUPLE_BYTES);
  let found: u32 = 0;
  for (; cursor < slots && found < room; cursor++) {
    const entry = slotAddress(quadruples, cursor);
    if (!isTaken(entry)) continue;
    writeQuadruple(scratch + <usize>found * QUADRUPLE_BYTES, entry);
    found++;
  }
  return found;
}

/** Adds what another instance exported, from the scratch area. */
export function addTriples(count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const entry = scratch + (<usize>i << 3);
    countTriple(load<u32>(entry), load<u32>(entry, 4));
  }
}

/** Adds what another instance, whose table is at `level`, exported, from the scratch area. */
export function addQuadruples(count: u32, level: u32): void {
  mergeQuadruples(scratch, count, level);
}

/** Makes cells of the profile at least 2^least bytes large, and large enough for this offset. */
export function coverProfile(offset: f64, least: u32): void {
  coverOffset(<u64>offset, least);
}
