/** How hard the encoder looks for matches. */
export interface Strength {
  /** Earlier places with the same first four bytes, and with the same eight, that it looks at: powers of two; 0: none. */
  readonly places4: number;
  readonly places8: number;
  /** A match of this many bytes is taken without looking further; 273 at most. */
  readonly nice: number;
  /** How often the tables of earlier places are halved. */
  readonly halvings: number;
}

/** By level; higher ones have the last. */
const STRENGTHS: readonly Omit<Strength, "halvings">[] = [
  { places4: 16, places8: 0, nice: 64 },
  { places4: 128, places8: 64, nice: 200 },
  { places4: 256, places8: 256, nice: 273 },
];

/** The strength of a level, 1 to 10. @param halvings of its tables, where memory is short */
export function strengthOf(level: number, halvings = 0): Strength {
  return { ...STRENGTHS[Math.min(level, STRENGTHS.length) - 1], halvings };
}

/** Log2 of the places that tables have at most. */
const MOST_BITS = 24;

/** Log2 of the places that the tables have for a block of `length` bytes. */
export function tableBits(length: number, { places4, places8, halvings }: Strength): number {
  const bits = Math.min(32 - Math.clz32(length), MOST_BITS) - halvings;
  return Math.max(bits, Math.log2(Math.max(places4, places8)) + 1);
}
