/**
 * Ranks for dictionary coders: what a coder of the LZ family takes for least becomes the sign of a right guess.
 *
 * Such a coder gains by copying what it has seen, most of all from where it copied last: that needs no distance. So the
 * most compressible symbol is the one at a fixed distance back. As long as the predictions are right, the output is one
 * copy at that distance; a wrong one costs a literal, after which the copy goes on. In plain ranks, a wrong guess costs a
 * literal and a new copy. A list of symbols led by those that followed the longest recent contexts, as a dictionary coder
 * might find them, is far worse, since each wrong guess then changes the distance.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 7.1, which proposes both: the most
 * compressible symbol for a rank, and the choice among several predictors.
 */
import { checkInteger, PithError } from "@pith/core";

/** How far back the copy is. 1 to 4 are worse for xz by 1 to 6 %, more than 16 is not better. */
const DISTANCE = 16;

/**
 * Replaces ranks by symbols that are cheap for a dictionary coder: rank 0 by the symbol 16 places back, which is 0 at the
 * start; rank 1, 2, … by the others in their order.
 *
 * @param ranks each 0 … alphabetSize − 1
 * @param alphabetSize 2 … 256
 * @returns as many symbols, each 0 … alphabetSize − 1
 * @throws RangeError for a rank or an alphabet out of its range
 * @example
 * const written = dictionaryOfRanks(ranks, 256); // for xz, brotli, …
 * ranksOfDictionary(written, 256); // the ranks
 */
export function dictionaryOfRanks(ranks: Uint8Array | Uint16Array, alphabetSize: number): Uint8Array<ArrayBuffer> {
  checkInteger("alphabetSize", alphabetSize, 2, 256);
  const bad = ranks.findIndex((rank) => rank >= alphabetSize);
  if (bad >= 0) throw new RangeError(`ranks[${bad}]: expected 0 to ${alphabetSize - 1}, got ${ranks[bad]}`);
  const symbols = new Uint8Array(ranks.length);
  ranks.forEach((rank, i) => {
    const first = i < DISTANCE ? 0 : symbols[i - DISTANCE];
    if (rank === 0) symbols[i] = first;
    else symbols[i] = rank <= first ? rank - 1 : rank;
  });
  return symbols;
}

/**
 * The reverse of {@link dictionaryOfRanks}.
 *
 * @throws PithError `invalid-field` for a symbol that is not in the alphabet; RangeError for an alphabet out of its range
 */
export function ranksOfDictionary(symbols: Uint8Array, alphabetSize: number): Uint8Array<ArrayBuffer> {
  checkInteger("alphabetSize", alphabetSize, 2, 256);
  const offset = symbols.findIndex((symbol) => symbol >= alphabetSize);
  if (offset >= 0) {
    const details = { offset, expected: `a symbol below ${alphabetSize}`, got: symbols[offset] };
    throw new PithError("invalid-field", "a symbol is not in the alphabet of the ranks", details);
  }
  const ranks = new Uint8Array(symbols.length);
  symbols.forEach((symbol, i) => {
    const first = i < DISTANCE ? 0 : symbols[i - DISTANCE];
    if (symbol !== first) ranks[i] = symbol < first ? symbol + 1 : symbol;
  });
  return ranks;
}

/** Ranks of several predictors, made one. */
export interface ChosenRanks {
  readonly ranks: Uint16Array;
  /** Number of the predictor of each run of symbols; a decoder needs them. */
  readonly choices: Uint8Array<ArrayBuffer>;
}

function costOf(ranks: Uint8Array | Uint16Array, price: (rank: number) => number): number {
  let cost = 0;
  for (const rank of ranks) cost += price(rank);
  return cost;
}

/** Bits that a rank has as a number, 0 for 0: a rough cost, and an exact one to compare. */
function bitsOf(rank: number): number {
  return 32 - Math.clz32(rank);
}

/**
 * Takes for each run of symbols the predictor whose ranks cost least; of equally good ones that of the run before, else the
 * first.
 *
 * @param streams of each predictor, 1 … 256, the ranks of the same symbols
 * @param runLength symbols that share a choice, at least 1
 * @param price what a rank costs; default: the bits that it has as a number
 * @throws RangeError for streams of different lengths, too many or none, or a run of no symbols
 */
export function chooseRanks(
  streams: readonly (Uint8Array | Uint16Array)[],
  runLength: number,
  price: (rank: number) => number = bitsOf,
): ChosenRanks {
  if (streams.length < 1 || streams.length > 256) {
    throw new RangeError(`streams: expected 1 to 256, got ${streams.length}`);
  }
  const { length } = streams[0];
  const other = streams.find((stream) => stream.length !== length);
  if (other !== undefined) throw new RangeError(`streams: expected ${length} ranks in each, got ${other.length}`);
  checkInteger("runLength", runLength, 1);
  const ranks = new Uint16Array(length);
  const choices = new Uint8Array(Math.ceil(length / runLength));
  let choice = 0;
  choices.forEach((_, run) => {
    const parts = streams.map((stream) => stream.subarray(run * runLength, (run + 1) * runLength));
    const costs = parts.map((part) => costOf(part, price));
    const least = Math.min(...costs);
    if (costs[choice] > least) choice = costs.indexOf(least);
    choices[run] = choice;
    ranks.set(parts[choice], run * runLength);
  });
  return { ranks, choices };
}
