/**
 * What followed the latest place with the same bytes before it, as many as no context of the tree has. A place is found by a
 * hash of 16 bytes and looked at; it is followed until it has been wrong too often.
 *
 * Neither the table nor an earlier place is in the cache. So only anchors are kept and looked for: places whose last bytes have
 * a hash that begins with zeros, which are the same places in whatever comes again.
 */
import { allocate } from "../memory";

/** Bytes that are hashed, and those that must be the same. */
const HASHED: usize = 16;
const LEAST_LENGTH: i32 = 16;
/** A longer place is looked for when fewer bytes than this are the same. */
const UNSURE: i32 = 16;
const MOST_LENGTH: i32 = 400;
/** Of a hash of four bytes, the upper two bits are zeros at an anchor: at one place in four. */
const ANCHOR_SHIFT: u32 = 30;
/** So often may it be wrong before it is given up. */
const MOST_MISSES: i32 = 8;
const MOST_TABLE_BITS: i32 = 18;
/** Bytes of memory that the table takes, at most. */
export const MATCH_BYTES: i32 = 4 << MOST_TABLE_BITS;

let content: usize = 0;
let table: usize = 0;
let shift: i32 = 0;
/** Where the byte lies that is expected next; 0 if none is. */
let candidate: usize = 0;
/** Bytes before it that are the same, and how often it was wrong. */
let length: i32 = 0;
let misses: i32 = 0;

/** Forgets all. @param bytes of content, which lies at `address` */
export function startMatches(address: usize, bytes: i32): void {
  content = address;
  const bits = min(MOST_TABLE_BITS, max(8, 32 - clz(bytes)));
  table = allocate(<usize>4 << bits);
  shift = 64 - bits;
  candidate = 0;
  length = 0;
  misses = 0;
}

/** Whether a byte is expected. */
// @ts-ignore: decorator
@inline
export function hasMatch(): bool {
  return candidate != 0;
}

/** The byte that is expected. */
// @ts-ignore: decorator
@inline
export function expectedByte(): i32 {
  return load<u8>(candidate);
}

/** How much it can be trusted: 0 to 31, by its length. */
// @ts-ignore: decorator
@inline
export function matchLength(): i32 {
  return length < 32 ? length >> 1 : min(31, 16 + ((length - 32) >> 4));
}

/** How much it can be trusted: 0 to 3, by how often it was wrong. */
// @ts-ignore: decorator
@inline
export function matchMisses(): i32 {
  return min(3, misses);
}

/** The byte at `place` is known. */
// @ts-ignore: decorator
@inline
export function followMatch(place: usize): void {
  if (candidate != 0) {
    if (load<u8>(candidate) == load<u8>(place)) {
      length++;
      if (length >= UNSURE && misses > 0) misses--;
      candidate++;
    } else {
      length = 0;
      misses++;
      candidate = misses > MOST_MISSES ? 0 : candidate + 1;
    }
  }
  const next = place + 1;
  if (next < content + HASHED || (load<u32>(next - 4) * 0x9e3779b1) >> ANCHOR_SHIFT != 0) return;
  const hash = (load<u64>(next - 8) * 0x9e3779b97f4a7c15) ^ (load<u64>(next - 16) * 0xc2b2ae3d27d4eb4f);
  const row = table + (<usize>(hash >> shift) << 2);
  const found: usize = load<u32>(row);
  store<u32>(row, <u32>next);
  if (found != 0 && (candidate == 0 || length < UNSURE)) lookAtPlace(found, next);
}

function lookAtPlace(found: usize, next: usize): void {
  if (found == candidate) return;
  const same = sameBefore(found, next);
  if (same < LEAST_LENGTH) return;
  candidate = found;
  length = same;
  misses = 0;
}

/** How many bytes before two places are the same, up to the most. */
function sameBefore(earlier: usize, later: usize): i32 {
  const most = min<usize>(MOST_LENGTH, earlier - content);
  let same: usize = 1;
  while (same <= most && load<u8>(earlier - same) == load<u8>(later - same)) same++;
  return <i32>(same - 1);
}
