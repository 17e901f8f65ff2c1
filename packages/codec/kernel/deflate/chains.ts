/**
 * Chains of places whose first bytes have the same hash, the latest first: where an encoder like zlib's looks for matches.
 * Encoders differ in how they hash, and in which places they enter.
 */

const MOST_HASH_BITS: i32 = 17;
const WINDOW: i32 = 32768;

/** The latest place of each hash, and of each place the one before with its hash; both plus `base`. */
const heads = memory.data(4 << MOST_HASH_BITS, 64);
const chains = memory.data(4 * WINDOW, 64);

// Hashes: four bytes, the first the highest, by a product, as Go's encoder does; three bytes, each shifted and crossed with
// the ones before; four by a product; four as Chromium's fork of zlib does, which Node has, too.
export const GO: i32 = 8;
const ROLLING: i32 = 3;
const PRODUCT: i32 = 4;
const FORK: i32 = 5;
/** miniz, which hashes as zlib does, and looks for matches in a way of its own. */
export const MINIZ: i32 = 9;

let hash: i32 = ROLLING;
let hashBits: i32 = 0;
let hashedBytes: i32 = 3;
let mask: i32 = 0;
let shift: i32 = 0;
/** What is added to places, so that those of the content before need not be cleared away. */
let base: u32 = 0;
/** The next place to be entered into the chains. */
let entered: i32 = 0;

/** The content, and its bytes. */
export let content: usize = 0;
export let length: i32 = 0;

/** Where the kind of hash is none of those above, places are found as zlib does, with so many bits. */
const USUAL_BITS: i32 = 15;

/** Starts on content of so many bytes. @param bits of a hash; of Go's they are always as many */
export function startChains(address: usize, bytes: i32, hashKind: i32, bits: i32): void {
  base += length + WINDOW;
  base &= ~(WINDOW - 1);
  // Content is at most 2^30 bytes, so places stay below 2^32.
  if (base == 0 || base > 0x80000000) {
    base = WINDOW;
    memory.fill(heads, 0, 4 << MOST_HASH_BITS);
  }
  content = address;
  length = bytes;
  const isKnown = hashKind == FORK || hashKind == PRODUCT || hashKind == GO;
  hash = isKnown ? hashKind : ROLLING;
  hashBits = min(bits, hashKind > MINIZ ? USUAL_BITS : MOST_HASH_BITS);
  hashedBytes = hash == ROLLING ? 3 : 4;
  mask = (1 << hashBits) - 1;
  shift = (hashBits + 2) / 3;
  entered = 0;
}

// @ts-ignore: decorator
@inline
function hashAt(place: i32): i32 {
  const at = content + place;
  if (hash == FORK) return <i32>((load<u32>(at) * 66521 + 66521) >>> 16) & mask;
  if (hash == PRODUCT) return <i32>((load<u32>(at) * 0x9e3779b1) >>> (32 - hashBits));
  if (hash == GO) return <i32>((bswap(load<u32>(at)) * 0x1e35a7bd) >>> (32 - MOST_HASH_BITS));
  return (((<i32>load<u8>(at)) << (shift << 1)) ^ ((<i32>load<u8>(at, 1)) << shift) ^ <i32>load<u8>(at, 2)) & mask;
}

/** Enters places up to one. */
// @ts-ignore: decorator
@inline
export function enterPlaces(place: i32): void {
  const last = min(place, length - hashedBytes);
  for (; entered <= last; entered++) {
    const head = heads + (<usize>hashAt(entered) << 2);
    store<u32>(chains + (<usize>(entered & (WINDOW - 1)) << 2), load<u32>(head));
    store<u32>(head, entered + base);
  }
}

/** Leaves out the places before one that were not entered yet. */
// @ts-ignore: decorator
@inline
export function skipPlaces(next: i32): void {
  entered = next;
}

/** The place before one in its chain; less than 0: none. */
// @ts-ignore: decorator
@inline
export function placeBefore(place: i32): i32 {
  return <i32>(load<u32>(chains + (<usize>(place & (WINDOW - 1)) << 2)) - base);
}

/** Bytes that a match has to have so that a place is found at all. */
export function leastBytes(): i32 {
  return hashedBytes;
}
