/** FNV-1a of 32 bits (RFC 9923): notices damage, and data that is not the same. */
export function checksum(bytes: ArrayLike<number>, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] & 255), 0x01000193) ^ (bytes[i] >> 8);
  return hash >>> 0;
}
