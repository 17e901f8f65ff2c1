/**
 * Ranks as symbols from a list for each state of the dictionary (section 7.1 as it is written): first the symbol at the distance
 * of the last copy, then all others by what a literal costs there, which is the less the more often it followed the symbol
 * before. Encoder and decoder keep the same counts.
 */

/** As far back as the copies of `dictionaryOfRanks` are. */
const DISTANCE = 16;

/** The symbols of each state, the cheapest first. */
class States {
  readonly #counts: Uint32Array;
  readonly #orders: Uint8Array;

  constructor(readonly alphabetSize: number) {
    this.#counts = new Uint32Array(alphabetSize * alphabetSize);
    this.#orders = Uint8Array.from({ length: alphabetSize * alphabetSize }, (_, i) => i % alphabetSize);
  }

  /** Symbols behind this one, those first that came most often. */
  of(before: number): Uint8Array {
    return this.#orders.subarray(before * this.alphabetSize, (before + 1) * this.alphabetSize);
  }

  learn(before: number, symbol: number): void {
    const base = before * this.alphabetSize;
    const count = ++this.#counts[base + symbol];
    const order = this.of(before);
    let place = order.indexOf(symbol);
    for (; place > 0 && this.#counts[base + order[place - 1]] < count; place--) order[place] = order[place - 1];
    order[place] = symbol;
  }
}

/** Goes through a stream, with the list of each place. */
function walk(
  length: number,
  alphabetSize: number,
  step: (i: number, copied: number, list: Uint8Array, symbols: Uint8Array) => number,
): Uint8Array {
  const states = new States(alphabetSize);
  const symbols = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const before = i === 0 ? 0 : symbols[i - 1];
    const copied = i < DISTANCE ? 0 : symbols[i - DISTANCE];
    symbols[i] = step(i, copied, states.of(before), symbols);
    states.learn(before, symbols[i]);
  }
  return symbols;
}

/** @param ranks each below the size of the alphabet, at most 256 */
export function symbolsByState(ranks: Uint16Array, alphabetSize: number): Uint8Array {
  return walk(ranks.length, alphabetSize, (i, copied, list) => {
    if (ranks[i] === 0) return copied;
    // The copied symbol is first, and so left out of the rest.
    return list[ranks[i] <= list.indexOf(copied) ? ranks[i] - 1 : ranks[i]];
  });
}

/** Undoes {@link symbolsByState}. */
export function ranksByState(symbols: Uint8Array, alphabetSize: number): Uint8Array {
  const ranks = new Uint8Array(symbols.length);
  walk(symbols.length, alphabetSize, (i, copied, list) => {
    const symbol = symbols[i];
    const place = list.indexOf(symbol);
    if (symbol !== copied) ranks[i] = place < list.indexOf(copied) ? place + 1 : place;
    return symbol;
  });
  return ranks;
}
