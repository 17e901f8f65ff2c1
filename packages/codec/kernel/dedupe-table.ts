/**
 * The latest place of each anchor: a hash table of buckets of eight, a cache line each.
 *
 * It grows as anchors come. When it may not grow any more, the anchors with the larger half of the hashes are dropped,
 * now and from then on: the content gets coarser chunks, and memory stays bounded, whatever its length.
 */

/** A bucket is the hashes of eight anchors, then their places; a place of 0 is none. */
const BUCKET: usize = 64;
const PLACES: usize = 32;
const SLOTS: u32 = 8;
const FIRST_BUCKET_BITS: u32 = 10;
const MOST_BUCKET_BITS: u32 = 20;
/** Anchors of a bucket, on average, above which the table grows; with more, buckets would overflow. */
const FULL: u32 = 5;

/** Bytes of the table at its largest; what of them is never touched is never taken. */
export const TABLE_ROOM: usize = BUCKET << MOST_BUCKET_BITS;

/** A bucket that is being divided. */
const divided = memory.data(64, 64);

let table: usize = 0;
let bucketBits: u32 = FIRST_BUCKET_BITS;
let anchors: u32 = 0;
/** The largest hash of an anchor that counts. */
let largest: u32 = 0xffffffff;

/** Starts an empty table. @param address of {@link TABLE_ROOM} zeros, a multiple of 64 */
export function startTable(address: usize): void {
  table = address;
}

/** Whether an anchor of that hash counts. */
// @ts-ignore: decorator
@inline
export function counts(hash: u32): bool {
  return hash <= largest;
}

/** What {@link fetchBucket} has read: if it went nowhere, the compiler would leave the reading out. */
export let fetched: u32 = 0;

/** Brings an anchor's bucket near. Several in a row travel together, where one after the other would wait for each. */
// @ts-ignore: decorator
@inline
export function fetchBucket(hash: u32): void {
  fetched ^= load<u32>(bucketOf(hash));
}

// @ts-ignore: decorator
@inline
function bucketOf(hash: u32): usize {
  return table + <usize>((hash * 0x9e3779b1) >> (32 - bucketBits)) * BUCKET;
}

/** Which of eight numbers equal another: a bit each. */
// @ts-ignore: decorator
@inline
function equalTo(number: u32, address: usize): u32 {
  const wanted = i32x4.splat(number);
  const low = i32x4.bitmask(i32x4.eq(v128.load(address), wanted));
  return low | (i32x4.bitmask(i32x4.eq(v128.load(address, 16), wanted)) << 4);
}

/** Gives an anchor its latest place, which is not 0; returns the one before, 0 if there was none. */
export function replacePlace(hash: u32, place: u32): u32 {
  const bucket = bucketOf(hash);
  const same = equalTo(hash, bucket);
  if (same != 0) {
    const slot = bucket + (<usize>ctz(same) << 2);
    const before = load<u32>(slot, PLACES);
    store<u32>(slot, place, PLACES);
    return before;
  }
  const free = equalTo(0, bucket + PLACES);
  // Where all are taken one has to go. Which one hardly matters, but it must always be the same.
  const slot = bucket + (<usize>(free != 0 ? ctz(free) : place % SLOTS) << 2);
  store<u32>(slot, hash);
  store<u32>(slot, place, PLACES);
  if (free != 0 && ++anchors > FULL << bucketBits) {
    if (bucketBits < MOST_BUCKET_BITS) grow();
    else thinOut();
  }
  return 0;
}

/** Doubles the table in place: bucket n becomes 2n and 2n + 1, of which none is still needed if the last goes first. */
function grow(): void {
  bucketBits++;
  for (let n: i32 = (1 << (bucketBits - 1)) - 1; n >= 0; n--) {
    memory.copy(divided, table + <usize>n * BUCKET, BUCKET);
    let lower = table + <usize>n * 2 * BUCKET;
    let upper = lower + BUCKET;
    const middle = upper;
    memory.fill(lower, 0, 2 * BUCKET);
    for (let slot = divided; slot < divided + PLACES; slot += 4) {
      const hash = load<u32>(slot);
      const place = load<u32>(slot, PLACES);
      if (place == 0) continue;
      if (bucketOf(hash) < middle) {
        store<u32>(lower, hash);
        store<u32>(lower, place, PLACES);
        lower += 4;
      } else {
        store<u32>(upper, hash);
        store<u32>(upper, place, PLACES);
        upper += 4;
      }
    }
  }
}

function thinOut(): void {
  largest >>= 1;
  anchors = 0;
  const end = table + (BUCKET << bucketBits);
  for (let bucket = table; bucket < end; bucket += BUCKET) {
    for (let slot = bucket; slot < bucket + PLACES; slot += 4) {
      if (load<u32>(slot, PLACES) == 0) continue;
      if (counts(load<u32>(slot))) anchors++;
      else {
        store<u32>(slot, 0);
        store<u32>(slot, 0, PLACES);
      }
    }
  }
}
