/**
 * Guesses the next token as fflate's encoder chooses it: it takes the first match that it finds, enters every place, and,
 * having found one, goes on in the chain of that pair of bytes within it that occurs least often. Places are kept modulo
 * 32,768, so that what is long past looks near; that is part of what it chooses.
 */

import { match } from "./block";
import { MAX_DISTANCE, MAX_MATCH, MIN_MATCH } from "./codes";
import { spend } from "./work";

const MOST_HASH_BITS: i32 = 20;
const WINDOW: i32 = 32768;

/** The latest place of each hash, and of each place the one before, modulo the window. */
const heads = memory.data(2 << MOST_HASH_BITS, 64);
const chains = memory.data(2 * WINDOW, 64);

let content: usize = 0;
let length: i32 = 0;
let shift: i32 = 0;
let mask: i32 = 0;
/** The next place to be entered. */
let entered: i32 = 0;

/** Starts on content of so many bytes. @param hashBits 8 … 20 */
export function startFflate(address: usize, bytes: i32, hashBits: i32): void {
  content = address;
  length = bytes;
  shift = (hashBits + 2) / 3;
  mask = (1 << hashBits) - 1;
  entered = 0;
  memory.fill(heads, 0, <usize>2 << hashBits);
  memory.fill(chains, 0, 2 * WINDOW);
}

// @ts-ignore: decorator
@inline
function hashAt(place: i32): i32 {
  const at = content + place;
  return (<i32>load<u8>(at) ^ (<i32>load<u8>(at, 1) << shift) ^ (<i32>load<u8>(at, 2) << (shift << 1))) & mask;
}

// @ts-ignore: decorator
@inline
function before(place: i32): i32 {
  return load<u16>(chains + (<usize>(place & (WINDOW - 1)) << 1));
}

function enterUpTo(place: i32): void {
  for (; entered <= place; entered++) {
    const head = heads + (<usize>hashAt(entered) << 1);
    store<u16>(chains + (<usize>(entered & (WINDOW - 1)) << 1), load<u16>(head));
    store<u16>(head, <u16>(entered & (WINDOW - 1)));
  }
}

/**
 * The token that is guessed for a place: a match, or 0 for a literal.
 *
 * @param hops places that are looked at
 * @param nice length of a match that ends the search
 */
export function guessFflate(place: i32, hops: i32, nice: i32): i32 {
  const left = length - place;
  if (left < MIN_MATCH) return 0;
  enterUpTo(place);
  const at = content + place;
  const most = min(MAX_MATCH, left);
  const enough = min(nice, left);
  const furthest = min(MAX_DISTANCE - 1, place);
  let here = place & (WINDOW - 1);
  let next = before(here);
  let back = (here - next) & (WINDOW - 1);
  if (back > place || hashAt(place) != hashAt(place - back)) return 0;
  let best = MIN_MATCH - 1;
  let distance = 0;
  let tries = hops - 1;
  for (; back <= furthest && tries > 0 && here != next; tries--) {
    const other = at - back;
    if (best < left && load<u8>(at + best) == load<u8>(other + best)) {
      let agreed = 0;
      while (agreed < most && load<u8>(at + agreed) == load<u8>(other + agreed)) agreed++;
      if (agreed > best) {
        best = agreed;
        distance = back;
        if (agreed >= enough) break;
        let rarest = 0;
        for (let i = 0; i < min(back, agreed - 2); i++) {
          const within = (place - back + i) & (WINDOW - 1);
          const gap = (within - before(within)) & (WINDOW - 1);
          if (gap > rarest) {
            rarest = gap;
            next = within;
          }
        }
      }
    }
    here = next;
    next = before(here);
    back += (here - next) & (WINDOW - 1);
  }
  spend(hops - tries);
  return distance == 0 ? 0 : match(best, distance);
}
