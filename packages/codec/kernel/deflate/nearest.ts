/**
 * Finds, for every place of a stretch of content, the nearest match of each length: what an encoder that weighs prices
 * chooses from. Places with the same first three bytes are in a tree, ordered by the bytes that follow, the latest at
 * its root; a place that is entered becomes the root, and is compared with all on the way to where it would be.
 */

import { agreement } from "./agreement";
import { MAX_DISTANCE, MAX_MATCH, MIN_MATCH } from "./codes";
import { spend } from "./work";

const HASH_BITS: i32 = 15;
/** Most places of a stretch. */
export const MOST_PLACES: i32 = 65_536;
/** Places whose branches are kept: more than are in reach. */
const RING: i32 = 2 * MAX_DISTANCE;
/** Most matches of a stretch, of all its places: it ends where there are too many. */
const MOST_MATCHES: i32 = 262_144;

/** The latest place of each hash; two branches of each place; all plus 1. */
const roots = memory.data(4 << HASH_BITS, 64);
const branches = memory.data(8 * RING, 64);
/** Matches `length << 16 | distance`, of each place by rising length; and by place of the stretch, which are its first. */
const matches = memory.data(4 * MOST_MATCHES, 64);
const firsts = memory.data(4 * (MOST_PLACES + 1), 64);

let content: usize = 0;
let length: i32 = 0;
let hops: i32 = 0;
let nice: i32 = 0;
/** The next place to be entered into the trees. */
let entered: i32 = 0;
/** Where the stretch begins and ends. */
export let start: i32 = 0;
export let end: i32 = 0;

/**
 * Starts on content of so many bytes.
 *
 * @param mostHops places that are looked at for one
 * @param enough length at which matches are not told apart any more: the nearest of them is as long as it gets
 */
export function startNearest(address: usize, bytes: i32, mostHops: i32, enough: i32): void {
  content = address;
  length = bytes;
  hops = mostHops;
  nice = enough;
  entered = 0;
  start = 0;
  end = 0;
  memory.fill(roots, 0, 4 << HASH_BITS);
}

/** The first match of a place of the stretch, as an address; those up to that of the next place are its own. */
// @ts-ignore: decorator
@inline
export function firstMatch(place: i32): usize {
  return matches + (<usize>load<u32>(firsts + (<usize>(place - start) << 2)) << 2);
}

/** Finds the matches of all places from one on, as far as there is room. @param most where the stretch ends at the latest */
export function findNearest(from: i32, most: i32): void {
  for (; entered < from; entered++) findAt(entered, 0);
  let found = keepFrom(from);
  start = from;
  end = min(most, from + MOST_PLACES);
  for (; entered < end && found <= MOST_MATCHES - MAX_MATCH; entered++) {
    setFirst(entered, found);
    found = findAt(entered, found);
  }
  end = entered;
  setFirst(end, found);
}

// @ts-ignore: decorator
@inline
function setFirst(place: i32, found: i32): void {
  store<u32>(firsts + (<usize>(place - start) << 2), found);
}

/** Moves what was found from a place on to the front; returns how many matches that are. */
function keepFrom(from: i32): i32 {
  if (from >= end) return 0;
  const first = firstMatch(from);
  const count = <i32>((firstMatch(end) - first) >> 2);
  memory.copy(matches, first, <usize>count << 2);
  const moved = <u32>((first - matches) >> 2);
  const by = <usize>(from - start) << 2;
  for (let at = firsts; at < firsts + (<usize>(end - from) << 2); at += 4) store<u32>(at, load<u32>(at + by) - moved);
  return count;
}

/** Enters a place and lists its matches, behind `found` others; returns how many there are then. */
function findAt(place: i32, found: i32): i32 {
  const most = min(MAX_MATCH, length - place);
  if (most < MIN_MATCH) return found;
  const enough = min(nice, most);
  const at = content + place;
  const root = roots + (<usize>(((load<u32>(at) << 8) * 0x9e3779b1) >>> (32 - HASH_BITS)) << 2);
  const oldest = max(0, place - MAX_DISTANCE);
  let candidate = <i32>load<u32>(root) - 1;
  store<u32>(root, place + 1);
  let lesser = branchesOf(place);
  let greater = lesser + 4;
  // Of what was compared, the bytes that agreed on either side: all that is between agrees in as many.
  let agreedLesser = 0;
  let agreedGreater = 0;
  let best = MIN_MATCH - 1;
  let tries = hops;
  for (; candidate >= oldest && tries > 0; tries--) {
    const other = content + candidate;
    const branch = branchesOf(candidate);
    let agreed = min(agreedLesser, agreedGreater);
    agreed += agreement(at + agreed, other + agreed, enough - agreed);
    if (agreed > best) {
      best = agreed;
      if (agreed == enough) agreed += agreement(at + agreed, other + agreed, most - agreed);
      store<u32>(matches + (<usize>found << 2), (agreed << 16) | (place - candidate));
      found++;
      if (best == enough) {
        store<u32>(lesser, load<u32>(branch));
        store<u32>(greater, load<u32>(branch + 4));
        spend(hops - tries);
        return found;
      }
    }
    if (load<u8>(other + agreed) < load<u8>(at + agreed)) {
      store<u32>(lesser, candidate + 1);
      lesser = branch + 4;
      agreedLesser = agreed;
      candidate = <i32>load<u32>(lesser) - 1;
    } else {
      store<u32>(greater, candidate + 1);
      greater = branch;
      agreedGreater = agreed;
      candidate = <i32>load<u32>(greater) - 1;
    }
  }
  store<u32>(lesser, 0);
  store<u32>(greater, 0);
  spend(hops - tries);
  return found;
}

// @ts-ignore: decorator
@inline
function branchesOf(place: i32): usize {
  return branches + (<usize>(place & (RING - 1)) << 3);
}
