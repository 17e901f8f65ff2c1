/** What is learnt from, in pieces: each is a stream of its own, so that training may stop and go on between two. */

/** Symbols to learn, or to see whether what was learnt is of use. */
export type Symbols = Uint8Array | Uint16Array;

const PIECE = 2 ** 14;

/** What training learns, and what it holds back. */
export interface Pieces {
  readonly training: readonly Symbols[];
  readonly validation: readonly Symbols[];
}

/**
 * Cuts symbols into pieces, and holds a share of them back, evenly over the whole.
 *
 * @param validation share that is held back, 0 to 0.5; of one piece, its end
 */
export function cutPieces(symbols: Symbols, validation: number): Pieces {
  const size = Math.min(PIECE, Math.max(1, Math.ceil(symbols.length * (validation > 0 ? validation : 1))));
  const [training, held]: [Symbols[], Symbols[]] = [[], []];
  for (let start = 0; start < symbols.length; start += size) {
    const piece = symbols.subarray(start, start + size);
    const number = training.length + held.length + 1;
    if (Math.floor(number * validation) > held.length) held.push(piece);
    else training.push(piece);
  }
  return { training, validation: held };
}

/** Another order of 0 … count − 1 for each seed (Fisher and Yates, with a linear congruential generator). */
export function shuffledOrder(count: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let state = seed >>> 0;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Number of symbols of all pieces. */
export function countSymbols(pieces: readonly Symbols[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
