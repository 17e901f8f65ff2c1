/** Random numbers: two xorshift128+ generators (Vigna 2014) side by side, so that two numbers come at a time. */

let s0: v128 = i64x2.splat(0);
let s1: v128 = i64x2.splat(0);
/** The upper half of the last pair, for {@link random64}. */
let second: u64 = 0;
let hasSecond: bool = false;

let seeding: u64 = 0;

/** SplitMix64: makes well mixed states of any seed. */
function nextSeed(): u64 {
  seeding += 0x9e3779b97f4a7c15;
  let z = seeding;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

export function seedRandom(seed: u64): void {
  seeding = seed;
  s0 = i64x2.replace_lane(i64x2.splat(nextSeed()), 1, nextSeed());
  s1 = i64x2.replace_lane(i64x2.splat(nextSeed()), 1, nextSeed());
  hasSecond = false;
}

/** 128 random bits. */
// @ts-ignore: decorator
@inline
export function random128(): v128 {
  let x = s0;
  const y = s1;
  s0 = y;
  x = v128.xor(x, i64x2.shl(x, 23));
  x = v128.xor(x, v128.xor(y, v128.xor(i64x2.shr_u(x, 17), i64x2.shr_u(y, 26))));
  s1 = x;
  return i64x2.add(x, y);
}

/** 64 random bits. */
// @ts-ignore: decorator
@inline
export function random64(): u64 {
  hasSecond = !hasSecond;
  if (!hasSecond) return second;
  const both = random128();
  second = i64x2.extract_lane(both, 1);
  return i64x2.extract_lane(both, 0);
}
