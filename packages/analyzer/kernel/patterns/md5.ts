/** MD5 (RFC 1321) of four messages of one length at a time, one in each lane of a vector. */

/** floor(2^32 · |sin(i + 1)|). */
const K = memory.data<u32>([
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
  0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
  0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
  0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
  0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
  0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
  0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
  0xeb86d391,
]);

const CHUNK: usize = 64;
/** The 16 words of a chunk, four lanes each. */
const words = memory.data(16 * 16, 16);
/** The last one or two chunks of the four messages, padded. */
const padded = memory.data(4 * 128, 16);

let a: v128 = i32x4.splat(0);
let b: v128 = i32x4.splat(0);
let c: v128 = i32x4.splat(0);
let d: v128 = i32x4.splat(0);

/** Puts words 4·`quarter` … of four chunks side by side: word w of lane l goes to words[w][l]. */
// @ts-ignore: decorator
@inline
function transpose(quarter: usize, m0: usize, m1: usize, m2: usize, m3: usize): void {
  const at = quarter << 4;
  const r0 = v128.load(m0 + at);
  const r1 = v128.load(m1 + at);
  const r2 = v128.load(m2 + at);
  const r3 = v128.load(m3 + at);
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  const to = words + (quarter << 6);
  v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(to, i64x2.shuffle(low01, low23, 1, 3), 16);
  v128.store(to, i64x2.shuffle(high01, high23, 0, 2), 32);
  v128.store(to, i64x2.shuffle(high01, high23, 1, 3), 48);
}

// @ts-ignore: decorator
@inline
function rotated(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** One of the 64 steps; `mixed` is the round's function of b, c and d. */
// @ts-ignore: decorator
@inline
function step(i: i32, mixed: v128, word: i32, bits: i32): void {
  const sum = i32x4.add(
    i32x4.add(a, mixed),
    i32x4.add(v128.load32_splat(K + (<usize>i << 2)), v128.load(words + (<usize>word << 4))),
  );
  a = d;
  d = c;
  c = b;
  b = i32x4.add(b, rotated(sum, bits));
}

// @ts-ignore: decorator
@inline
function pick(i: i32, first: i32, second: i32, third: i32, fourth: i32): i32 {
  const n = i & 3;
  return n == 0 ? first : n == 1 ? second : n == 2 ? third : fourth;
}

function compress(m0: usize, m1: usize, m2: usize, m3: usize): void {
  // unroll 4
  for (let quarter: i32 = 0; quarter < 4; quarter++) {
    transpose(quarter, m0, m1, m2, m3);
  }
  const a0 = a;
  const b0 = b;
  const c0 = c;
  const d0 = d;
  // unroll 16
  for (let i: i32 = 0; i < 16; i++) {
    step(i, v128.bitselect(c, d, b), i, pick(i, 7, 12, 17, 22));
  }
  // unroll 16
  for (let i: i32 = 0; i < 16; i++) {
    step(16 + i, v128.bitselect(b, c, d), (5 * i + 1) & 15, pick(i, 5, 9, 14, 20));
  }
  // unroll 16
  for (let i: i32 = 0; i < 16; i++) {
    step(32 + i, v128.xor(b, v128.xor(c, d)), (3 * i + 5) & 15, pick(i, 4, 11, 16, 23));
  }
  // unroll 16
  for (let i: i32 = 0; i < 16; i++) {
    step(48 + i, v128.xor(c, v128.or(b, v128.not(d))), (7 * i) & 15, pick(i, 6, 10, 15, 21));
  }
  a = i32x4.add(a, a0);
  b = i32x4.add(b, b0);
  c = i32x4.add(c, c0);
  d = i32x4.add(d, d0);
}

/** Bytes of a digest. */
export const DIGEST_BYTES: usize = 16;

/** Digests of `count` messages of `size` bytes, one behind the other. */
export function md5OfPieces(address: usize, count: u32, size: usize, digests: usize): void {
  for (let i: u32 = 0; i < count; i += 4) {
    const first = address + <usize>i * size;
    const last = min(4, count - i) - 1;
    md5OfFour(first, first + size * min(1, last), first + size * min(2, last), first + size * last, size, four);
    memory.copy(digests + <usize>i * DIGEST_BYTES, four, <usize>(last + 1) * DIGEST_BYTES);
  }
}

const four = memory.data(4 * 16, 16);

/**
 * Four digests.
 *
 * @param m0 address of the first message, and so on; some may be the same
 * @param length of each, in bytes
 * @param digests where the four go, two u64 each: numbers whose hexadecimal digits are those of the digest
 */
function md5OfFour(m0: usize, m1: usize, m2: usize, m3: usize, length: usize, digests: usize): void {
  a = i32x4.splat(0x67452301);
  b = i32x4.splat(0xefcdab89);
  c = i32x4.splat(0x98badcfe);
  d = i32x4.splat(0x10325476);
  const whole = length & ~(CHUNK - 1);
  for (let at: usize = 0; at < whole; at += CHUNK) compress(m0 + at, m1 + at, m2 + at, m3 + at);

  const rest = length - whole;
  const chunks: usize = rest + 9 <= CHUNK ? 1 : 2;
  memory.fill(padded, 0, 4 * 128);
  memory.copy(padded, m0 + whole, rest);
  memory.copy(padded + 128, m1 + whole, rest);
  memory.copy(padded + 256, m2 + whole, rest);
  memory.copy(padded + 384, m3 + whole, rest);
  for (let lane: usize = 0; lane < 4; lane++) {
    store<u8>(padded + (lane << 7) + rest, 0x80);
    store<u64>(padded + (lane << 7) + chunks * CHUNK - 8, <u64>length << 3);
  }
  for (let at: usize = 0; at < chunks * CHUNK; at += CHUNK) {
    compress(padded + at, padded + 128 + at, padded + 256 + at, padded + 384 + at);
  }

  // unroll 4
  for (let lane: u8 = 0; lane < 4; lane++) {
    const high = bswap<u32>(i32x4.extract_lane(a, lane));
    const low = bswap<u32>(i32x4.extract_lane(b, lane));
    const digest = digests + <usize>lane * DIGEST_BYTES;
    store<u64>(digest, (<u64>high << 32) | low);
    const third = bswap<u32>(i32x4.extract_lane(c, lane));
    const fourth = bswap<u32>(i32x4.extract_lane(d, lane));
    store<u64>(digest, (<u64>third << 32) | fourth, 8);
  }
}
