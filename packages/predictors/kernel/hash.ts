/** Mixes two 32-bit words into one: two multiplications, two shifts; good enough that tables fill evenly. */
// @ts-ignore: decorator
@inline
export function hash(a: i32, b: i32): i32 {
  let h = a * 0x2f0b4c47 + b * 0x5a8f1b3d;
  h ^= h >>> 15;
  h *= 0x6c62272f;
  return h ^ (h >>> 13);
}
