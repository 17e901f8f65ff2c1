/** FNV-1a of 64 bits (RFC 9923): names a model, and notices that its bytes were damaged. */

const START_HIGH = 0xcbf29ce4;
const START_LOW = 0x84222325;
/** The prime is 2^40 + this. */
const PRIME_LOW = 0x1b3;

/** The hash of some bytes, as 16 hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  let high = START_HIGH;
  let low = START_LOW;
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // low · PRIME_LOW is below 2^41: exact.
    const product = low * PRIME_LOW;
    high = (Math.imul(high, PRIME_LOW) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
