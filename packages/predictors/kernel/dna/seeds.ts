/**
 * Seeds: where in the past the newest bases stand, on either strand. Two tables, one of short seeds whose earlier
 * places hang together in chains, and one of long seeds that finds exact repeats in a long sequence.
 */
import { allocate } from "../memory";
import { hash } from "../hash";
import { contextOf, invertedContextOf, length } from "./strands";

/** Bases of a long seed, and every how many bases one is remembered: 2^2. */
const LONG_SEED: i32 = 20;
const LONG_SEED_MASK: i32 = 3;
/** Bases of a short seed: about as many as make chance hits rare in a sequence of the length at hand. */
const LEAST_SEED: i32 = 8;
const MOST_SEED: i32 = 14;
/** Most entries of a table, log2. */
const MOST_BITS: i32 = 22;
/** Earlier places of a short seed that are looked at, beside the last. */
const CHAIN: i32 = 2;

/** Bases before there are seeds. */
export const FIRST_SEED: i32 = 32;

let tableBits: i32 = 0;
let shortSeed: i32 = 0;
let shortSeeds: usize = 0; // i32 [hash]: the position behind the last such seed, or 0
let longSeeds: usize = 0;
let links: usize = 0; // i32 [position]: the position behind the seed before, in a ring
let linkMask: i32 = 0;

let shortOwn: usize = 0;
let shortOther: usize = 0;
let longOwn: usize = 0;
let longOther: usize = 0;

/** Places found for the newest bases: positions of the next base, and 1 along this strand or −1 along the other. */
export const foundPositions = memory.data(2 * (CHAIN + 2) * 4, 16);
export const foundSteps = memory.data(2 * (CHAIN + 2) * 4, 16);
export let found: i32 = 0;

/**
 * @param bits log2 of the entries of a table
 * @param capacity bases to come, at most
 */
export function startSeeds(bits: i32, capacity: i32): void {
  tableBits = min(bits, MOST_BITS);
  const lengthBits = 32 - clz(capacity - 1);
  shortSeed = max(LEAST_SEED, min(MOST_SEED, lengthBits >> 1));
  shortSeeds = allocate(<usize>4 << tableBits);
  longSeeds = allocate(<usize>4 << tableBits);
  const linkBits = min(lengthBits + 1, tableBits);
  links = allocate(<usize>4 << linkBits);
  linkMask = (1 << linkBits) - 1;
}

// @ts-ignore: decorator
@inline
function entry(table: usize, seed: u64): usize {
  return table + (<usize>(hash(<i32>seed, <i32>(seed >> 32)) >>> (32 - tableBits)) << 2);
}

/** Hashes the newest bases; returns what stands there, so that its lines are loaded. */
// @ts-ignore: decorator
@inline
export function hashSeeds(): i32 {
  shortOwn = entry(shortSeeds, contextOf(shortSeed));
  shortOther = entry(shortSeeds, invertedContextOf(shortSeed));
  longOwn = entry(longSeeds, contextOf(LONG_SEED));
  longOther = entry(longSeeds, invertedContextOf(LONG_SEED));
  return load<i32>(shortOwn) ^ load<i32>(shortOther) ^ load<i32>(longOwn) ^ load<i32>(longOther);
}

// @ts-ignore: decorator
@inline
function add(position: i32, step: i32): void {
  store<i32>(foundPositions + (found << 2), position);
  store<i32>(foundSteps + (found << 2), step);
  found++;
}

// @ts-ignore: decorator
@inline
function addChain(head: i32, seed: i32, step: i32): void {
  let end = head;
  for (let n = 0; n <= CHAIN && end > 0; n++) {
    add(step > 0 ? end : end - seed - 1, step);
    if (length - end > linkMask) break; // its link has been overwritten
    end = load<i32>(links + ((end & linkMask) << 2));
  }
}

/** Remembers the newest bases and, if `wanted`, finds where they stood before. */
export function searchSeeds(wanted: bool): void {
  const longAhead = load<i32>(longOwn);
  const longBack = load<i32>(longOther);
  const ahead = load<i32>(shortOwn);
  const back = load<i32>(shortOther);
  if ((length & LONG_SEED_MASK) == 0) store<i32>(longOwn, length);
  store<i32>(shortOwn, length);
  store<i32>(links + ((length & linkMask) << 2), ahead);
  found = 0;
  if (!wanted) return;
  if (longAhead > 0) add(longAhead, 1);
  if (longBack > 0) add(longBack - LONG_SEED - 1, -1);
  addChain(ahead, shortSeed, 1);
  addChain(back, shortSeed, -1);
}
