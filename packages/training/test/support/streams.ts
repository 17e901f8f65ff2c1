/** Symbols of which most follow from the two before; the same for the same seed. */
export function predictable(length: number, seed = 1, alphabetSize = 5): Uint8Array {
  let state = seed;
  const below = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const symbols = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const follows = i > 1 && below(5) > 0;
    symbols[i] = follows ? (2 * symbols[i - 1] + symbols[i - 2] + 1) % alphabetSize : below(alphabetSize);
  }
  return symbols;
}
