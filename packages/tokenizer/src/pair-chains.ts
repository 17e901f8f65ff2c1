/**
 * A sequence of tokens in which pairs of neighbours can be merged, with every pair's number of occurrences and places at
 * hand, so that a merge costs what it changes and not a pass over the sequence.
 *
 * Tokens form a doubly linked list over the places 0 … n − 1; the places of each pair form another. Memory: 28 bytes a
 * symbol, and about 60 a distinct pair.
 */

const NONE = -1;

/** Two neighbours, packed: left · 65536 + right. */
export type Pair = number;

export function pairOf(left: number, right: number): Pair {
  return left * 65536 + right;
}

export function leftOf(pair: Pair): number {
  return Math.floor(pair / 65536);
}

export function rightOf(pair: Pair): number {
  return pair % 65536;
}

export class PairChains {
  readonly #tokens: Uint16Array;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Chain of the places whose token and its successor are the same pair. */
  readonly #later: Int32Array;
  readonly #earlier: Int32Array;
  /** Number of the pair that begins at a place, or NONE. */
  readonly #pairAt: Int32Array;
  readonly #numbers = new Map<Pair, number>();
  readonly #pairs: Pair[] = [];
  readonly #counts: number[] = [];
  readonly #heads: number[] = [];
  #length: number;

  /** @param tokens at least one, each 0 … 65,535; they are merged in place */
  constructor(tokens: Uint16Array) {
    const n = tokens.length;
    this.#tokens = tokens;
    this.#length = n;
    this.#next = Int32Array.from({ length: n }, (_, i) => (i + 1 < n ? i + 1 : NONE));
    this.#previous = Int32Array.from({ length: n }, (_, i) => i - 1);
    this.#later = new Int32Array(n).fill(NONE);
    this.#earlier = new Int32Array(n).fill(NONE);
    this.#pairAt = new Int32Array(n).fill(NONE);
    for (let place = n - 2; place >= 0; place--) this.#link(place);
  }

  /** Tokens that are left. */
  get length(): number {
    return this.#length;
  }

  /** Occurrences of a pair; those that overlap (as in aaa) count each. */
  count(pair: Pair): number {
    const number = this.#numbers.get(pair);
    return number === undefined ? 0 : this.#counts[number];
  }

  /** All pairs that occur, or did. */
  pairs(): Iterable<Pair> {
    return this.#numbers.keys();
  }

  /** Replaces each occurrence of `pair`, from left to right, by `token`; returns the pairs that became more frequent. */
  merge(pair: Pair, token: number): Set<Pair> {
    const grown = new Set<Pair>();
    const number = this.#numbers.get(pair);
    if (number === undefined) return grown;
    const places: number[] = [];
    for (let place = this.#heads[number]; place !== NONE; place = this.#later[place]) places.push(place);
    // Only where a token meets itself do occurrences overlap, and only then does their order matter.
    if (leftOf(pair) === rightOf(pair)) places.sort((a, b) => a - b);
    for (const place of places) if (this.#pairAt[place] === number) this.#mergeAt(place, token, grown);
    grown.delete(pair);
    return grown;
  }

  #mergeAt(place: number, token: number, grown: Set<Pair>): void {
    const second = this.#next[place];
    const before = this.#previous[place];
    const after = this.#next[second];
    this.#unlink(place);
    this.#unlink(second);
    if (before !== NONE) this.#unlink(before);
    this.#tokens[place] = token;
    this.#next[place] = after;
    if (after !== NONE) this.#previous[after] = place;
    this.#length--;
    if (before !== NONE) grown.add(this.#link(before));
    if (after !== NONE) grown.add(this.#link(place));
  }

  /** Enters the pair at a place into its chain. */
  #link(place: number): Pair {
    const pair = pairOf(this.#tokens[place], this.#tokens[this.#next[place]]);
    let number = this.#numbers.get(pair);
    if (number === undefined) {
      number = this.#pairs.push(pair) - 1;
      this.#numbers.set(pair, number);
      this.#counts.push(0);
      this.#heads.push(NONE);
    }
    const head = this.#heads[number];
    this.#pairAt[place] = number;
    this.#later[place] = head;
    this.#earlier[place] = NONE;
    if (head !== NONE) this.#earlier[head] = place;
    this.#heads[number] = place;
    this.#counts[number]++;
    return pair;
  }

  /** Takes the pair at a place, if one begins there, out of its chain. */
  #unlink(place: number): void {
    const number = this.#pairAt[place];
    if (number === NONE) return;
    const later = this.#later[place];
    const earlier = this.#earlier[place];
    if (earlier === NONE) this.#heads[number] = later;
    else this.#later[earlier] = later;
    if (later !== NONE) this.#earlier[later] = earlier;
    this.#pairAt[place] = NONE;
    this.#counts[number]--;
  }

  /** The tokens as they are now. */
  tokens(): Uint16Array {
    const tokens = new Uint16Array(this.#length);
    for (let i = 0, place = 0; i < tokens.length; i++, place = this.#next[place]) tokens[i] = this.#tokens[place];
    return tokens;
  }
}
