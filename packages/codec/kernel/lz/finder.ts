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
/** The latest place of two bytes. */
let heads2: usize = 0;
const BITS2: i32 = 13;

/** Lengths and distances of what was found, both growing. */
const MOST_FOUND: i32 = 64;
export const found = memory.data(8 * (MOST_FOUND + 2), 64);
let count: i32 = 0;
let best: i32 = 0;

/** Matches of three bytes are found up to this distance: further ones cost more than literals. */
const MOST_NEAR: i32 = 1 << 14;
/** Those of two bytes, where they are looked for. */
const MOST_NEAREST: i32 = 1 << 10;
let mostNearest: i32 = 0;

/**
 * Places whose rows are touched together, before the first is searched: what is not in the cache then comes all at once. One
 * by one, each would be waited for, since nothing that is later can be done with before it is there.
 */
const TOGETHER: i32 = 16;
let touchedEnd: i32 = 0;
/** What was touched goes here, since what goes nowhere is not read at all. */
const touched = memory.data(64, 64);

/** Bytes that tables of 2^bits places take, and the heads of two and three bytes. */
export function finderSize(bits: i32, most4: i32, most8: i32): usize {
  const rows = (1 << (bits - ctz(most4))) + (most8 == 0 ? 0 : 1 << (bits - ctz(most8)));
  return (4 << BITS3) + (4 << BITS2) + (8 << bits) * (most8 == 0 ? 1 : 2) + rows + 64;
}

/**
 * @param bits log2 of the places of a table
 * @param shortest bytes of a match: 2 or 3
 * @param most4, most8 places in a row: powers of two up to 256, less than the table has; 0: no table of eight bytes
 */
export function startFinder(
  contentAddress: usize, contentLength: i32, address: usize, bits: i32, most4: i32, most8: i32, niceLength: i32,
  shortest: i32,
): void {
  content = contentAddress;
  length = contentLength;
  nice = niceLength;
  mostNearest = shortest == 2 ? MOST_NEAREST : 0;
  work = 0;
  touchedEnd = 0;
  heads3 = address;
  places4 = most4;
  heads2 = heads3 + (4 << BITS3);
  rows4 = heads2 + (4 << BITS2);
  shift4 = 32 - (bits - ctz(most4));
  turns4 = rows4 + (8 << bits);
  places8 = most8;
  if (most8 == 0) return;
  rows8 = (turns4 + (1 << (32 - shift4)) + 63) & ~63;
  shift8 = 32 - (bits - ctz(most8));
  turns8 = rows8 + (8 << bits);
}

export function finderWork(): i64 {
  return work;
}

/** Upper bits of a hash are a row's number; the next eight are kept with a place: few that differ in what was hashed agree. */
// @ts-ignore: decorator
@inline
function hash4(at: usize): u32 {
  return load<u32>(at) * 0x9e3779b1;
}

// @ts-ignore: decorator
@inline
function hash8(at: usize): u32 {
  return <u32>((load<u64>(at) * 0x9e3779b97f4a7c15) >>> 32);
}

/** What is kept with a place: eight bits of the hash, and the three bytes behind what was hashed. */
// @ts-ignore: decorator
@inline
function mark(at: usize, hashed: i32, hash: u32, shift: i32): u32 {
  return (load<u32>(at + hashed - 1) & 0xffffff00) | ((hash >>> (shift - 8)) & 0xff);
}

// @ts-ignore: decorator
@inline
function head3(at: usize): usize {
  return heads3 + (((load<u32>(at) << 8) * 0x9e3779b1) >>> (32 - BITS3)) * 4;
}

// @ts-ignore: decorator
@inline
function head2(at: usize): usize {
  return heads2 + ((<u32>load<u16>(at) * 0x9e3779b1) >>> (32 - BITS2)) * 4;
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
function enterRow(row: usize, turn: usize, places: i32, place: i32, mark: u32): void {
  const at: i32 = load<u8>(turn);
  store<u32>(row + at * 4, place + 1);
  store<u32>(row + (places + at) * 4, mark);
  store<u8>(turn, (at + 1) & (places - 1));
}

/** Enters a place, so that later ones find it. */
export function enter(place: i32): void {
  if (place + 8 > length) return;
  const here = content + place;
  store<u32>(head3(here), place + 1);
  store<u32>(head2(here), place + 1);
  const h4 = hash4(here);
  const row4 = h4 >>> shift4;
  enterRow(rows4 + row4 * places4 * 8, turns4 + row4, places4, place, mark(here, 4, h4, shift4));
  if (places8 == 0) return;
  const h8 = hash8(here);
  const row8 = h8 >>> shift8;
  enterRow(rows8 + row8 * places8 * 8, turns8 + row8, places8, place, mark(here, 8, h8, shift8));
}

// @ts-ignore: decorator
@inline
function note(n: i32, distance: i32): void {
  store<i32>(found + count * 8, n);
  store<i32>(found + count * 8, distance, 4);
  count++;
}

/** Which of sixteen marks are, under a mask, the one in hand. */
// @ts-ignore: decorator
@inline
function alike(marks: usize, mark: v128, mask: v128): i32 {
  const none = i32x4.splat(0);
  const a = i32x4.eq(v128.and(v128.xor(v128.load(marks), mark), mask), none);
  const b = i32x4.eq(v128.and(v128.xor(v128.load(marks, 16), mark), mask), none);
  const c = i32x4.eq(v128.and(v128.xor(v128.load(marks, 32), mark), mask), none);
  const d = i32x4.eq(v128.and(v128.xor(v128.load(marks, 48), mark), mask), none);
  return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
}

/**
 * Looks at the places of a row, latest first, sixteen at a time: those that may have more in common with the one in hand than
 * the best so far.
 *
 * @param hashed bytes that are probably the same
 */
// @ts-ignore: decorator
@inline
function searchRow(row: usize, turn: usize, places: i32, place: i32, hashed: i32, mark: u32, most: i32): void {
  const here = content + place;
  const marks = i32x4.splat(mark);
  const first: i32 = load<u8>(turn);
  const later = (1 << (first & 15)) - 1;
  let group = first & ~15;
  let longest = best;
  // The group in which the next place will be entered has the latest places below it, and the oldest from there on.
  for (let left = places >> 4; left >= 0; left--) {
    let open = left == places >> 4 ? later : left == 0 ? 0xffff ^ later : 0xffff;
    while (open != 0) {
      // The eight bits of the hash, and what a longer match has in common.
      const known = longest - hashed + 2;
      const mask: u32 = known >= 4 ? 0xffffffff : (1 << (known << 3)) - 1;
      work++;
      open &= alike(row + (places + group) * 4, marks, i32x4.splat(mask));
      if (open == 0) break;
      const at = 31 - clz(open);
      open ^= 1 << at;
      const candidate: i32 = load<u32>(row + (group + at) * 4);
      if (candidate == 0) continue;
      const there = content + candidate - 1;
      if (load<u32>(there + longest - 3) != load<u32>(here + longest - 3)) continue;
      const n = common(here, there, 0, most);
      work += n;
      if (n <= longest) continue;
      longest = n;
      note(n, place - candidate + 1);
      if (n >= nice || n == most || count >= MOST_FOUND) {
        best = longest;
        return;
      }
    }
    group = (group - 16) & (places - 1);
  }
  best = longest;
}

/** Touches what the next places will need: rows, and the latest places in them. */
function touch(place: i32): void {
  touchedEnd = min(place + TOGETHER, length - 8);
  let sum: i32 = 0;
  for (let at = content + place; at < content + touchedEnd; at++) {
    const row4 = hash4(at) >>> shift4;
    const row = rows4 + row4 * places4 * 8;
    sum += load<u8>(row) + load<u8>(row + places4 * 4) + load<u8>(turns4 + row4) + load<u8>(head3(at));
  }
  for (let at = content + place; at < content + touchedEnd; at++) {
    const row4 = hash4(at) >>> shift4;
    const latest = (<i32>load<u8>(turns4 + row4) - 1) & (places4 - 1);
    sum += load<u8>(content + load<u32>(rows4 + row4 * places4 * 8 + latest * 4)) + load<u8>(content + load<u32>(head3(at)));
  }
  if (places8 != 0) {
    for (let at = content + place; at < content + touchedEnd; at++) {
      const row8 = hash8(at) >>> shift8;
      const row = rows8 + row8 * places8 * 8;
      sum += load<u8>(row) + load<u8>(row + places8 * 4) + load<u8>(turns8 + row8);
    }
  }
  store<u8>(touched, sum);
}

/** Enters a place and looks for what it goes on like. Returns how many matches lie at {@link found}. */
export function search(place: i32): i32 {
  const most = length - place;
  if (most < 8) return 0;
  const here = content + place;
  if (place >= touchedEnd) touch(place);
  count = 0;
  best = 3;
  const pair = head2(here);
  const nearest: i32 = load<u32>(pair);
  store<u32>(pair, place + 1);
  if (nearest != 0 && place - nearest < mostNearest) {
    const there = content + nearest - 1;
    const different = load<u32>(there) ^ load<u32>(here);
    // Three bytes have a place of their own, no further away.
    if (different << 16 == 0 && different << 8 != 0) note(2, place - nearest + 1);
  }
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
  const h4 = hash4(here);
  const row4 = h4 >>> shift4;
  const mark4 = mark(here, 4, h4, shift4);
  if (best < nice && best < most) searchRow(rows4 + row4 * places4 * 8, turns4 + row4, places4, place, 4, mark4, most);
  enterRow(rows4 + row4 * places4 * 8, turns4 + row4, places4, place, mark4);
  if (places8 != 0) {
    const h8 = hash8(here);
    const row8 = h8 >>> shift8;
    const mark8 = mark(here, 8, h8, shift8);
    if (best < nice && best < most && count < MOST_FOUND) {
      best = max(best, 7);
      searchRow(rows8 + row8 * places8 * 8, turns8 + row8, places8, place, 8, mark8, most);
    }
    enterRow(rows8 + row8 * places8 * 8, turns8 + row8, places8, place, mark8);
  }
  return count;
}
