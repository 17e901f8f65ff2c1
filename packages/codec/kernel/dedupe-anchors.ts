/**
 * Anchors: places that are picked by the eight bytes from there on and by nothing else, so that the copies of a repeat
 * have the same ones, however they were moved. This is content-defined chunking (Muthitacharoen, Chen and Mazières, 2001)
 * with a hash that is computed for sixteen places at once.
 */

/** Log2 of the bytes between two anchors, on average. */
const RARITY: u32 = 6;
/** Places that are looked at in one go. */
export const WINDOW: u32 = 4096;
/** Bytes behind a window that are read too. */
export const READ_BEHIND: u32 = 64;

/** The anchors of a window, counted from its start. */
const found = memory.data(16384, 16);

/** Of the four bytes from each of four places on: their product with a random number. */
// @ts-ignore: decorator
@inline
function products(address: usize): v128 {
  return i32x4.mul(v128.load(address), i32x4.splat(0x9e3779b1));
}

/**
 * Which of four places are anchors: all bits of a lane, or none.
 *
 * @param first products of the bytes from each place on
 * @param next those from 16 bytes further on
 */
// @ts-ignore: decorator
@inline
function picked(first: v128, next: v128): v128 {
  const second = i8x16.shuffle(first, next, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
  // With this constant, no run of a single byte is nothing but anchors.
  const hash = i32x4.add(i32x4.add(first, i32x4.splat(0x5bd1e995)), i32x4.shl(second, 7));
  return i32x4.lt_u(hash, i32x4.splat(1 << (32 - RARITY)));
}

/**
 * Finds the anchors of a window. If there are none, as in a run of one byte, its first place is one, so that such runs
 * repeat too.
 *
 * @returns their number; {@link anchorAt} says where they are
 */
export function findAnchors(window: usize): u32 {
  let next = found;
  let a = products(window);
  let b = products(window + 1);
  let c = products(window + 2);
  let d = products(window + 3);
  for (let at: u32 = 0; at < WINDOW; at += 16) {
    const further = window + at + 16;
    const a2 = products(further);
    const b2 = products(further + 1);
    const c2 = products(further + 2);
    const d2 = products(further + 3);
    // Lane i of a, b, c and d is place 4i, 4i + 1, 4i + 2 and 4i + 3: a byte of each puts them in order.
    const ab = v128.bitselect(picked(a, a2), picked(b, b2), i32x4.splat(0xff));
    const abc = v128.bitselect(ab, picked(c, c2), i32x4.splat(0xffff));
    let bits: u32 = i8x16.bitmask(v128.bitselect(abc, picked(d, d2), i32x4.splat(0xffffff)));
    for (; bits != 0; bits &= bits - 1) {
      store<u32>(next, at + ctz(bits));
      next += 4;
    }
    a = a2;
    b = b2;
    c = c2;
    d = d2;
  }
  if (next == found) {
    store<u32>(next, 0);
    next += 4;
  }
  return <u32>(next - found) >> 2;
}

/** The place of the `index`-th anchor, counted from the start of its window. */
// @ts-ignore: decorator
@inline
export function anchorAt(index: u32): u32 {
  return load<u32>(found + (<usize>index << 2));
}

/** Tells anchors apart by the 32 bytes from there on. */
// @ts-ignore: decorator
@inline
export function hashOf(address: usize): u32 {
  let h: u64 = load<u64>(address) * 0xc2b2ae3d27d4eb4f;
  h = (h ^ (h >> 29) ^ load<u64>(address, 8)) * 0x9fb21c651e98df25;
  h = (h ^ (h >> 29) ^ load<u64>(address, 16)) * 0xc2b2ae3d27d4eb4f;
  h = (h ^ (h >> 29) ^ load<u64>(address, 24)) * 0x9fb21c651e98df25;
  return <u32>(h >> 32);
}
