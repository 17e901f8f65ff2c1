/** Arrays of bytes or of cells. */
type Numbers = Uint8Array | Uint16Array;

/** Puts parts into one array; a single part is given as it is. */
export function join<T extends Numbers>(parts: readonly T[], kind: new (length: number) => T): T {
  if (parts.length === 1) return parts[0];
  const whole = new kind(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
