/**
 * Values taken apart into planes of bytes, and put together again. Plane 0 has the lowest byte of each value. Floats are turned
 * left by one bit before, so that the sign is the lowest bit of the lowest plane, and the exponent begins the highest one.
 */

/** The bytes of four values of four bytes, each of one plane beside each other, and back: the same permutation. */
// @ts-ignore: decorator
@inline
function byPlane(values: v128): v128 {
  return v128.shuffle<u8>(values, values, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

// @ts-ignore: decorator
@inline
function turned2(value: u32, left: i32): u32 {
  return ((value << left) | (value >>> (16 - left))) & 0xffff;
}

/** Takes values apart: `count` of `bytes` bytes each into as many planes, each `stride` bytes behind the one before. */
export function takeApart(values: usize, count: i32, bytes: i32, isFloat: bool, planes: usize, stride: usize): void {
  if (bytes == 1) memory.copy(planes, values, count);
  else if (bytes == 2) takeApart2(values, count, isFloat, planes, stride);
  else if (bytes == 4) takeApart4(values, count, isFloat, planes, stride);
  else takeApart8(values, count, isFloat, planes, stride);
}

function takeApart2(values: usize, count: i32, isFloat: bool, planes: usize, stride: usize): void {
  const left = <i32>isFloat;
  const right = isFloat ? 15 : 16;
  const low = i16x8.splat(0xff);
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    let a = v128.load(values + (i << 1));
    let b = v128.load(values + (i << 1), 16);
    if (isFloat) {
      a = v128.or(i16x8.shl(a, left), i16x8.shr_u(a, right));
      b = v128.or(i16x8.shl(b, left), i16x8.shr_u(b, right));
    }
    v128.store(planes + i, i8x16.narrow_i16x8_u(v128.and(a, low), v128.and(b, low)));
    v128.store(planes + stride + i, i8x16.narrow_i16x8_u(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8)));
  }
  for (; i < count; i++) {
    const value = turned2(load<u16>(values + (i << 1)), left);
    store<u8>(planes + i, <u8>value);
    store<u8>(planes + stride + i, <u8>(value >> 8));
  }
}

function takeApart4(values: usize, count: i32, isFloat: bool, planes: usize, stride: usize): void {
  const left = <i32>isFloat;
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const at = values + (i << 2);
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    if (isFloat) {
      a = v128.or(i32x4.shl(a, 1), i32x4.shr_u(a, 31));
      b = v128.or(i32x4.shl(b, 1), i32x4.shr_u(b, 31));
      c = v128.or(i32x4.shl(c, 1), i32x4.shr_u(c, 31));
      d = v128.or(i32x4.shl(d, 1), i32x4.shr_u(d, 31));
    }
    a = byPlane(a);
    b = byPlane(b);
    c = byPlane(c);
    d = byPlane(d);
    const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
    const ef = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
    const gh = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
    const to = planes + i;
    v128.store(to, v128.shuffle<u64>(ab, cd, 0, 2));
    v128.store(to + stride, v128.shuffle<u64>(ab, cd, 1, 3));
    v128.store(to + 2 * stride, v128.shuffle<u64>(ef, gh, 0, 2));
    v128.store(to + 3 * stride, v128.shuffle<u64>(ef, gh, 1, 3));
  }
  for (; i < count; i++) {
    const value = rotl<u32>(load<u32>(values + (i << 2)), left);
    for (let plane = 0; plane < 4; plane++) store<u8>(planes + <usize>plane * stride + i, <u8>(value >> (plane << 3)));
  }
}

function takeApart8(values: usize, count: i32, isFloat: bool, planes: usize, stride: usize): void {
  const left = <i32>isFloat;
  for (let i = 0; i < count; i++) {
    const value = rotl<u64>(load<u64>(values + (i << 3)), left);
    for (let plane = 0; plane < 8; plane++) store<u8>(planes + <usize>plane * stride + i, <u8>(value >> (plane << 3)));
  }
}

/** Undoes {@link takeApart}. */
export function putTogether(values: usize, count: i32, bytes: i32, isFloat: bool, planes: usize, stride: usize): void {
  if (bytes == 1) memory.copy(values, planes, count);
  else if (bytes == 2) putTogether2(values, count, isFloat, planes, stride);
  else if (bytes == 4) putTogether4(values, count, isFloat, planes, stride);
  else putTogether8(values, count, isFloat, planes, stride);
}

function putTogether2(values: usize, count: i32, isFloat: bool, planes: usize, stride: usize): void {
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const low = v128.load(planes + i);
    const high = v128.load(planes + stride + i);
    let a = v128.shuffle<u8>(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    let b = v128.shuffle<u8>(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    if (isFloat) {
      a = v128.or(i16x8.shr_u(a, 1), i16x8.shl(a, 15));
      b = v128.or(i16x8.shr_u(b, 1), i16x8.shl(b, 15));
    }
    v128.store(values + (i << 1), a);
    v128.store(values + (i << 1), b, 16);
  }
  for (; i < count; i++) {
    const value: u32 = <u32>load<u8>(planes + i) | (<u32>load<u8>(planes + stride + i) << 8);
    store<u16>(values + (i << 1), <u16>turned2(value, isFloat ? 15 : 0));
  }
}

function putTogether4(values: usize, count: i32, isFloat: bool, planes: usize, stride: usize): void {
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const from = planes + i;
    const p0 = v128.load(from);
    const p1 = v128.load(from + stride);
    const p2 = v128.load(from + 2 * stride);
    const p3 = v128.load(from + 3 * stride);
    const lowA = v128.shuffle<u8>(p0, p1, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const lowB = v128.shuffle<u8>(p0, p1, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const highA = v128.shuffle<u8>(p2, p3, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const highB = v128.shuffle<u8>(p2, p3, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    let a = v128.shuffle<u16>(lowA, highA, 0, 8, 1, 9, 2, 10, 3, 11);
    let b = v128.shuffle<u16>(lowA, highA, 4, 12, 5, 13, 6, 14, 7, 15);
    let c = v128.shuffle<u16>(lowB, highB, 0, 8, 1, 9, 2, 10, 3, 11);
    let d = v128.shuffle<u16>(lowB, highB, 4, 12, 5, 13, 6, 14, 7, 15);
    if (isFloat) {
      a = v128.or(i32x4.shr_u(a, 1), i32x4.shl(a, 31));
      b = v128.or(i32x4.shr_u(b, 1), i32x4.shl(b, 31));
      c = v128.or(i32x4.shr_u(c, 1), i32x4.shl(c, 31));
      d = v128.or(i32x4.shr_u(d, 1), i32x4.shl(d, 31));
    }
    const to = values + (i << 2);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
  for (; i < count; i++) {
    let value: u32 = 0;
    for (let plane = 0; plane < 4; plane++) value |= <u32>load<u8>(planes + <usize>plane * stride + i) << (plane << 3);
    store<u32>(values + (i << 2), rotr<u32>(value, <u32>isFloat));
  }
}

function putTogether8(values: usize, count: i32, isFloat: bool, planes: usize, stride: usize): void {
  for (let i = 0; i < count; i++) {
    let value: u64 = 0;
    for (let plane = 0; plane < 8; plane++) value |= <u64>load<u8>(planes + <usize>plane * stride + i) << (plane << 3);
    store<u64>(values + (i << 3), rotr<u64>(value, <u64>isFloat));
  }
}
