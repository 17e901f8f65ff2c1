/** XXH64 as its definition writes it: 16 hexadecimal digits, most significant first. */
export type Checksum = string;

/** Eight bytes, least significant first: how a file holds it. */
export function checksumToBytes(value: Checksum): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, i) => Number.parseInt(value.slice(14 - 2 * i, 16 - 2 * i), 16));
}

/** Undoes {@link checksumToBytes}. */
export function checksumFromBytes(bytes: Uint8Array): Checksum {
  let value = "";
  for (const byte of bytes) value = byte.toString(16).padStart(2, "0") + value;
  return value;
}
