const MODULUS = 65_521;
/** Bytes whose sums stay below 2^32. */
const STRETCH = 3800;

/** Adler-32, the checksum of zlib's streams. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length;) {
    const end = Math.min(bytes.length, i + STRETCH);
    for (; i < end; i++) {
      a += bytes[i];
      b += a;
    }
    a %= MODULUS;
    b %= MODULUS;
  }
  return ((b << 16) | a) >>> 0;
}
