/**
 * Checks that bytes are UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF, nothing cut off. One
 * stream, in parts of any size.
 */

/** Bytes of the character under way that are still to come. */
let missing: i32 = 0;
/** What the next of them may be. */
let least: i32 = 0;
let most: i32 = 0;

export function startUtf8(): void {
  missing = 0;
}

/** Bytes that the character under way still needs; 0 between characters. */
export function missingBytes(): i32 {
  return missing;
}

/** The smallest byte that may come next inside a character. */
export function leastByte(): i32 {
  return least;
}

/** The largest. */
export function mostByte(): i32 {
  return most;
}

/** Takes a byte; false, and nothing changes, if it may not come here. */
// @ts-ignore: decorator
@inline
function takeByte(byte: i32): bool {
  if (missing > 0) {
    if (byte < least || byte > most) return false;
    missing--;
    least = 0x80;
    most = 0xbf;
    return true;
  }
  if (byte < 0x80) return true;
  if (byte < 0xc2 || byte > 0xf4) return false;
  missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  // The second byte's range is where overlong forms, surrogates and what lies above U+10FFFF are left out.
  least = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
  most = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
  return true;
}

/** Checks bytes; returns the address of the first that may not come where it does, or `end`. */
export function checkUtf8(start: usize, end: usize): usize {
  let at = start;
  while (at < end) {
    if (missing == 0) while (at + 16 <= end && i8x16.bitmask(v128.load(at)) == 0) at += 16;
    // Scalar to the end of these sixteen bytes, then the quick way again.
    const stop = min(at + 16, end);
    for (; at < stop; at++) if (!takeByte(load<u8>(at))) return at;
  }
  return end;
}
