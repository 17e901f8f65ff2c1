/**
 * Floats of two bytes whose exponents are few: those have less than a byte between them, and the uppermost bits of the mantissa
 * take its place, of which the exponent tells most. Below are left the other bits of the mantissa and the sign, which are noise,
 * and are packed.
 */

/** Exponents that there may be, if so many bits of the mantissa are to be beside them. */
const MOST_BITS: i32 = 3;
const LEAST_BITS: i32 = 2;

const bounds = memory.data(32, 16);

/** Values that are packed together, in as many bytes as each has bits. */
const GROUP: i32 = 8;

/** The number below that of the lowest exponent but 0; with what {@link joinBits} returned. */
export let joinBase: i32 = 0;

/** Bits of the mantissa for which there is room beside the exponents of a plane; 0 where there is for too few. */
export function joinBits(plane: usize, count: i32): i32 {
  let low = 255;
  let high = 0;
  let lows = i8x16.splat(-1);
  let highs = i8x16.splat(0);
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const exponents = v128.load(plane + i);
    // The least but 0.
    lows = i8x16.min_u(lows, v128.or(exponents, i8x16.eq(exponents, i8x16.splat(0))));
    highs = i8x16.max_u(highs, exponents);
  }
  v128.store(bounds, lows);
  v128.store(bounds, highs, 16);
  for (let k = 0; k < 16; k++) {
    low = min<i32>(low, load<u8>(bounds + k));
    high = max<i32>(high, load<u8>(bounds + k, 16));
  }
  for (; i < count; i++) {
    const exponent: i32 = load<u8>(plane + i);
    if (exponent > 0) low = min(low, exponent);
    high = max(high, exponent);
  }
  joinBase = low - 1;
  for (let bits = MOST_BITS; bits >= LEAST_BITS; bits--) if (high - joinBase < 256 >> bits) return low > high ? 0 : bits;
  return 0;
}

/** Moves the uppermost bits of the lower plane to the upper one, `stride` bytes behind it; `to` has planes likewise. */
export function join(from: usize, to: usize, stride: usize, count: i32, bits: i32): void {
  const lowest = i8x16.splat(<i8>joinBase);
  const zero = i8x16.splat(0);
  const rest = i8x16.splat(<i8>(0xff >> bits));
  const down = 8 - bits;
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const high = v128.load(from + stride + i);
    const low = v128.load(from + i);
    const place = v128.andnot(i8x16.sub(high, lowest), i8x16.eq(high, zero));
    v128.store(to + stride + i, v128.or(i8x16.shl(place, bits), i8x16.shr_u(low, down)));
    v128.store(to + i, v128.and(low, rest));
  }
  for (; i < count; i++) {
    const high: i32 = load<u8>(from + stride + i);
    const low: i32 = load<u8>(from + i);
    store<u8>(to + stride + i, <u8>(((high == 0 ? 0 : high - joinBase) << bits) | (low >> down)));
    store<u8>(to + i, <u8>(low & (0xff >> bits)));
  }
}

/** Undoes {@link join} in place. */
export function part(planes: usize, stride: usize, count: i32, bits: i32, base: i32): void {
  const lowest = i8x16.splat(<i8>base);
  const zero = i8x16.splat(0);
  const up = 8 - bits;
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const high = v128.load(planes + stride + i);
    const place = i8x16.shr_u(high, bits);
    v128.store(planes + i, v128.or(v128.load(planes + i), i8x16.shl(high, up)));
    v128.store(planes + stride + i, v128.andnot(i8x16.add(place, lowest), i8x16.eq(place, zero)));
  }
  for (; i < count; i++) {
    const high: i32 = load<u8>(planes + stride + i);
    const place = high >> bits;
    store<u8>(planes + i, load<u8>(planes + i) | <u8>(high << up));
    store<u8>(planes + stride + i, place == 0 ? 0 : <u8>(place + base));
  }
}

/** Bytes that so many values of `bits` bits take. */
export function packedLength(count: i32, bits: i32): i32 {
  return ((count + GROUP - 1) / GROUP) * bits;
}

/** Writes values of `bits` bits, 5 or 6, the first ones lowest; up to eight bytes more than they take. */
export function pack(from: usize, count: i32, bits: i32, to: usize): void {
  const one: u64 = 8 - bits;
  for (let i = 0; i < count; i += GROUP) {
    let x = load<u64>(from + i);
    const left = count - i;
    if (left < GROUP) x &= (<u64>1 << (left << 3)) - 1;
    x = (x & 0x00ff00ff00ff00ff) | ((x & 0xff00ff00ff00ff00) >> one);
    x = (x & 0x0000ffff0000ffff) | ((x & 0xffff0000ffff0000) >> (2 * one));
    x = (x & 0x00000000ffffffff) | ((x & 0xffffffff00000000) >> (4 * one));
    store<u64>(to, x);
    to += bits;
  }
}

/** Undoes {@link pack}. @returns whether nothing is behind the last */
export function unpack(from: usize, count: i32, bits: i32, to: usize): bool {
  const one: u64 = 8 - bits;
  const four = ((<u64>1 << (4 * bits)) - 1);
  const two = ((<u64>1 << (2 * bits)) - 1) * 0x0000000100000001;
  const single = ((<u64>1 << bits) - 1) * 0x0001000100010001;
  let x: u64 = 0;
  for (let i = 0; i < count; i += GROUP) {
    x = load<u64>(from);
    x = (x & four) | ((x & (four << (4 * bits))) << (4 * one));
    x = (x & two) | ((x & (two << (2 * bits))) << (2 * one));
    x = (x & single) | ((x & (single << bits)) << one);
    const left = count - i;
    if (left >= GROUP) store<u64>(to + i, x);
    else for (let k = 0; k < left; k++) store<u8>(to + i + k, <u8>(x >> (k << 3)));
    from += bits;
  }
  const last = count & (GROUP - 1);
  return last == 0 || x >> (last << 3) == 0;
}
