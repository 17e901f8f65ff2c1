/** Least instructions that are counted before an answer is given. */
const ENOUGH = 64;

/**
 * Whether machine code in the content is for x86's 64-bit mode: whether a good part of the moves and address
 * computations bear the prefix REX.W, which 32-bit code hardly ever has there.
 */
export function isX64(content: Uint8Array): boolean {
  let moves = 0;
  let wide = 0;
  for (let i = 1; i < content.length; i++) {
    const byte = content[i];
    if (byte !== 0x8b && byte !== 0x89 && byte !== 0x8d) continue;
    moves++;
    if ((content[i - 1] & 0xf8) === 0x48) wide++;
  }
  return moves >= ENOUGH && wide * 4 > moves;
}
