/** How hard the encoder looks for matches. */
export interface Strength {
  /** Earlier places with the same first four bytes, and with the same eight, that it looks at: powers of two; 0: none. */
  readonly places4: number;
  readonly places8: number;
  /** A match of this many bytes is taken without looking further; 273 at most. */
  readonly nice: number;
  /** How often the tables of earlier places are halved: without, they have one to two places for each byte. */
  readonly halvings: number;
}

/** By level; higher ones have the last. */
const STRENGTHS: readonly Strength[] = [
  { places4: 16, places8: 0, nice: 64, halvings: 2 },
  { places4: 128, places8: 64, nice: 200, halvings: 1 },
  { places4: 256, places8: 256, nice: 273, halvings: 0 },
];

/** Content up to this length takes no time worth speaking of: it has the second strength at least. */
const SHORT = 2 ** 14;

/** The strength for `length` bytes at a level, 1 to 10. @param halvings of its tables, where memory is short */
export function strengthOf(level: number, length: number, halvings = 0): Strength {
  const least = length <= SHORT ? 1 : 0;
  const strength = STRENGTHS[Math.min(Math.max(level - 1, least), STRENGTHS.length - 1)];
  return { ...strength, halvings: strength.halvings + halvings };
}

/** Log2 of the places that tables have at most. */
const MOST_BITS = 24;

/** Log2 of the places that the tables have for a block of `length` bytes. */
export function tableBits(length: number, { places4, places8, halvings }: Strength): number {
  const bits = Math.min(32 - Math.clz32(length), MOST_BITS) - halvings;
  return Math.max(bits, Math.log2(Math.max(places4, places8)) + 1);
}
