/** XXH64 with seed 0 (Yann Collet, https://github.com/Cyan4973/xxHash). */

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

// @ts-ignore: decorator
@inline
function round(lane: u64, word: u64): u64 {
  return rotl(lane + word * P2, 31) * P1;
}

// @ts-ignore: decorator
@inline
function merge(hash: u64, lane: u64): u64 {
  return (hash ^ round(0, lane)) * P1 + P4;
}

/** The hash of `length` bytes, at least 32. */
export function xxh64(address: usize, length: usize): u64 {
  const end = address + length;
  let a: u64 = P1 + P2;
  let b: u64 = P2;
  let c: u64 = 0;
  let d: u64 = 0 - P1;
  for (; address + 32 <= end; address += 32) {
    a = round(a, load<u64>(address));
    b = round(b, load<u64>(address, 8));
    c = round(c, load<u64>(address, 16));
    d = round(d, load<u64>(address, 24));
  }
  let hash = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18);
  hash = merge(merge(merge(merge(hash, a), b), c), d);
  hash += <u64>length;
  for (; address + 8 <= end; address += 8) hash = rotl(hash ^ round(0, load<u64>(address)), 27) * P1 + P4;
  if (address + 4 <= end) {
    hash = rotl(hash ^ (<u64>load<u32>(address) * P1), 23) * P2 + P3;
    address += 4;
  }
  for (; address < end; address++) hash = rotl(hash ^ (<u64>load<u8>(address) * P5), 11) * P1;
  hash = (hash ^ (hash >> 33)) * P2;
  hash = (hash ^ (hash >> 29)) * P3;
  return hash ^ (hash >> 32);
}
