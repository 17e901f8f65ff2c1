/** Capitals and small letters of ASCII. */

/** Whether more letters are capitals than not. */
export function shouts(text: Uint8Array): boolean {
  let capitals = 0;
  for (const byte of text) {
    if (isCapital(byte)) capitals++;
    else if (isSmall(byte)) capitals--;
  }
  return capitals > 0;
}

/** Capitals for small letters and the other way round. */
export function swapCase(text: Uint8Array): Uint8Array<ArrayBuffer> {
  return text.map((byte) => (isCapital(byte) || isSmall(byte) ? byte ^ 0x20 : byte));
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isSmall(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}
