/**
 * The hashes of the finer pieces. That of a micro pattern, which is of 1 byte and up, takes a word of eight bytes at a
 * time, multiplied, rotated and multiplied. The last word reaches back into the one before it, so that it is whole; a
 * piece of less than eight bytes is one word, filled up with zeros. As all pieces of a level have one size, that loses
 * nothing. The hash of a fine pattern is made of those of its ten micro patterns.
 */

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;

const WORD: usize = 8;

/** What belongs to a micro pattern in its first word. */
export function firstWordMask(size: usize): u64 {
  return size >= WORD ? u64.MAX_VALUE : (<u64>1 << (<u64>size << 3)) - 1;
}

// @ts-ignore: decorator
@inline
function take(hash: u64, word: u64): u64 {
  return rotl(hash ^ (word * P2), 31) * P1;
}

// @ts-ignore: decorator
@inline
function mixed(hash: u64): u64 {
  hash = (hash ^ (hash >> 32)) * P3;
  return hash ^ (hash >> 29);
}

/**
 * @param size bytes; if they are less than eight, eight are read all the same
 * @param mask {@link firstWordMask} of the size
 */
// @ts-ignore: decorator
@inline
export function microHash(address: usize, size: usize, mask: u64): u64 {
  let hash = take(P3, load<u64>(address) & mask);
  if (size > WORD) {
    const last = address + size - WORD;
    for (address += WORD; address < last; address += WORD) hash = take(hash, load<u64>(address));
    hash = take(hash, load<u64>(last));
  }
  return mixed(hash);
}

/** What a fine pattern's hash starts from. */
export const FINE_START: u64 = P3;

/** Takes in the next micro pattern's hash. */
// @ts-ignore: decorator
@inline
export function joinMicro(fine: u64, micro: u64): u64 {
  return (fine ^ micro) * P1;
}

/** The fine pattern's hash, when all ten are in. */
// @ts-ignore: decorator
@inline
export function endFine(fine: u64): u64 {
  return mixed(fine);
}
