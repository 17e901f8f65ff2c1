/**
 * Finds earlier places that go on as the one in hand does: the longest match at each distance that is worth it.
 *
 * Places are kept in rows, by a hash of their first bytes, the latest of a row in place of its oldest. Beside each place
 * lie the four bytes behind those that were hashed. So a row tells which of its places are worth a look at the content: a
 * look costs a cache miss, a row, which is touched some places before it is needed, none.
 */

let content: usize = 0;
let length: i32 = 0;
/** Places and bytes that were looked at. */
let work: i64 = 0;
let nice: i32 = 0;

/** Rows by four bytes, and by eight; each has a byte that says where its next place goes, 8 bytes a place. */
let rows4: usize = 0;
let turns4: usize = 0;
let shift4: i32 = 0;
let places4: i32 = 0;
let rows8: usize = 0;
let turns8: usize = 0;
let shift8: i32 = 0;
let places8: i32 = 0;
/** The latest place of three bytes. */
let heads3: usize = 0;
const BITS3: i32 = 15;

/** Lengths and distances of what was found, both growing. */
const MOST_FOUND: i32 = 64;
export const found = memory.data(8 * (MOST_FOUND + 2), 64);
let count: i32 = 0;
let best: i32 = 0;

/** Matches of three bytes are found up to this distance: further ones cost more than literals. */
const MOST_NEAR: i32 = 1 << 14;

/** How many places ahead rows are touched. */
const AHEAD: i32 = 12;
let touched: i32 = 0;

/** Bytes that tables of 2^bits places take, and the heads of three bytes. */
export function finderSize(bits: i32, most4: i32, most8: i32): usize {
  const rows = (1 << (bits - ctz(most4))) + (most8 == 0 ? 0 : 1 << (bits - ctz(most8)));
  return (4 << BITS3) + (8 << bits) * (most8 == 0 ? 1 : 2) + rows + 64;
}

/**
 * @param bits log2 of the places of a table
 * @param most4, most8 places in a row: powers of two up to 256, less than the table has; 0: no table of eight bytes
 */
export function startFinder(
  contentAddress: usize, contentLength: i32, address: usize, bits: i32, most4: i32, most8: i32, niceLength: i32,
): void {
  content = contentAddress;
  length = contentLength;
  nice = niceLength;
  work = 0;
  heads3 = address;
  places4 = most4;
  rows4 = heads3 + (4 << BITS3);
  shift4 = 32 - (bits - ctz(most4));
  turns4 = rows4 + (8 << bits);
  places8 = most8;
  if (most8 == 0) return;
  rows8 = (turns4 + (1 << (32 - shift4)) + 63) & ~63;
  shift8 = 32 - (bits - ctz(most8));
  turns8 = rows8 + (8 << bits);
}

export function finderWork(): i64 {
  // What was touched counts for nothing, but has to be read by somebody.
  return work + (touched & 0);
}

// @ts-ignore: decorator
@inline
function hash4(at: usize): i32 {
  return (load<u32>(at) * 0x9e3779b1) >>> shift4;
}

// @ts-ignore: decorator
@inline
function hash8(at: usize): i32 {
  return <i32>((load<u64>(at) * 0x9e3779b97f4a7c15) >>> 32) >>> shift8;
}

// @ts-ignore: decorator
@inline
function head3(at: usize): usize {
  return heads3 + (((load<u32>(at) << 8) * 0x9e3779b1) >>> (32 - BITS3)) * 4;
}

/** How many bytes two places have in common, `from` on: at most `most`. */
// @ts-ignore: decorator
@inline
export function common(a: usize, b: usize, from: i32, most: i32): i32 {
  let n = from;
  while (n + 8 <= most) {
    const different = load<u64>(a + n) ^ load<u64>(b + n);
    if (different != 0) return n + <i32>(ctz(different) >> 3);
    n += 8;
  }
  while (n < most && load<u8>(a + n) == load<u8>(b + n)) n++;
  return n;
}

// @ts-ignore: decorator
@inline
function enterRow(row: usize, turn: usize, places: i32, place: i32, next: u32): void {
  const at: i32 = load<u8>(turn);
  store<u32>(row + at * 8, place + 1);
  store<u32>(row + at * 8, next, 4);
  store<u8>(turn, (at + 1) & (places - 1));
}

/** Enters a place, so that later ones find it. */
export function enter(place: i32): void {
  if (place + 8 > length) return;
  const here = content + place;
  store<u32>(head3(here), place + 1);
  const row4 = hash4(here);
  enterRow(rows4 + row4 * places4 * 8, turns4 + row4, places4, place, load<u32>(here, 4));
  if (places8 == 0) return;
  const row8 = hash8(here);
  enterRow(rows8 + row8 * places8 * 8, turns8 + row8, places8, place, load<u32>(here, 8));
}

// @ts-ignore: decorator
@inline
function note(n: i32, distance: i32): void {
  store<i32>(found + count * 8, n);
  store<i32>(found + count * 8, distance, 4);
  count++;
}

/** Looks at the places of a row, latest first. `hashed` bytes of theirs are probably the same. */
// @ts-ignore: decorator
@inline
function searchRow(row: usize, turn: usize, places: i32, place: i32, hashed: i32, most: i32): void {
  const here = content + place;
  const next = load<u32>(here + hashed);
  const mask = places - 1;
  let at: i32 = load<u8>(turn);
  let longest = best;
  let looked = places;
  for (; looked > 0; looked--) {
    at = (at - 1) & mask;
    const candidate: i32 = load<u32>(row + at * 8);
    if (candidate == 0) break;
    const different = load<u32>(row + at * 8, 4) ^ next;
    const upTo = different == 0 ? hashed + 4 : hashed + (ctz(different) >> 3);
    if (upTo <= longest && different != 0) continue;
    const there = content + candidate - 1;
    if (load<u32>(there + longest - 3) != load<u32>(here + longest - 3)) continue;
    const n = common(here, there, 0, most);
    work += n;
    if (n <= longest) continue;
    longest = n;
    note(n, place - candidate + 1);
    if (n >= nice || n == most || count == MOST_FOUND) break;
  }
  work += places - looked;
  best = longest;
}

/** Enters a place and looks for what it goes on like. Returns how many matches lie at {@link found}. */
export function search(place: i32): i32 {
  const most = length - place;
  if (most < 8) return 0;
  const here = content + place;
  if (most > AHEAD + 8) {
    touched += load<u8>(rows4 + hash4(here + AHEAD) * places4 * 8);
  }
  count = 0;
  best = 3;
  const head = head3(here);
  const near: i32 = load<u32>(head);
  store<u32>(head, place + 1);
  if (near != 0 && place - near < MOST_NEAR) {
    const there = content + near - 1;
    if ((load<u32>(there) ^ load<u32>(here)) << 8 == 0) {
      best = common(here, there, 3, most);
      note(best, place - near + 1);
    }
  }
  const row4 = hash4(here);
  if (best < nice && best < most) searchRow(rows4 + row4 * places4 * 8, turns4 + row4, places4, place, 4, most);
  enterRow(rows4 + row4 * places4 * 8, turns4 + row4, places4, place, load<u32>(here, 4));
  if (places8 != 0) {
    const row8 = hash8(here);
    if (best < nice && best < most) {
      best = max(best, 7);
      searchRow(rows8 + row8 * places8 * 8, turns8 + row8, places8, place, 8, most);
    }
    enterRow(rows8 + row8 * places8 * 8, turns8 + row8, places8, place, load<u32>(here, 8));
  }
  return count;
}
