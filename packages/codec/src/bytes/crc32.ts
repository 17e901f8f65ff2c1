/** CRC-32 as in PNG, gzip and ZIP (polynomial edb88320, reflected). */

/** Of each byte, and behind that of each byte that one, two and three zeros follow. */
const table = new Uint32Array(4 * 256);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let i = 0; i < 8; i++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  table[byte] = value;
}
for (let i = 256; i < table.length; i++) table[i] = (table[i - 256] >>> 8) ^ table[table[i - 256] & 0xff];

/** @param before the checksum of what comes before the bytes */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc =
      table[768 + (crc & 0xff)] ^
      table[512 + ((crc >>> 8) & 0xff)] ^
      table[256 + ((crc >>> 16) & 0xff)] ^
      table[crc >>> 24];
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
