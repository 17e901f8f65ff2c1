import { LEVEL_NAMES, type Estimate } from "../analysis.ts";
import { type PatternCounter, PIECES, TABLES } from "../patterns/pattern-counter.ts";
import { estimate } from "./estimate.ts";

/** All patterns that occur at least twice, of which the report lists only the most frequent. */
export interface Recurring {
  /** For each level, a sum over its recurring patterns and their counts, 64 bits in hexadecimal. */
  readonly digests: readonly string[];
  /** Recurring patterns of the finer levels that lie in a recurring one of the next coarser level, or in its region. */
  readonly links: Estimate;
}

/**
 * Goes through all patterns that were counted: the largest places first, so that those of a level are known to the next.
 *
 * @param region blocks on either side of a block that belong to its region
 */
export function recurringPatterns(counter: PatternCounter, region: number): Recurring {
  let parents: Bits | undefined;
  let links = estimate(0, 0);
  let levelBefore = 0;
  const digests = LEVEL_NAMES.map((name) => {
    const table = TABLES[name];
    const level = counter.sampleLevel(table);
    const reach = name === "fine" ? region : 0;
    const places = new Bits();
    let linked = 0;
    let [low, high] = [0, 0];
    counter.forEachRecurring(table, (hashLow, hashHigh, count, place) => {
      const mixed = Math.imul(hashLow ^ Math.imul(count, 0x9e3779b1), 0x85ebca6b);
      low = (low + mixed) | 0;
      high = (high + Math.imul(hashHigh ^ (mixed >>> 15) ^ count, 0xc2b2ae35)) | 0;
      places.set(place);
      if (parents === undefined) return;
      const parent = Math.floor(place / PIECES);
      for (let i = Math.max(0, parent - reach); i <= parent + reach; i++) if (parents.has(i)) linked++;
    });
    // A link is in the sample where both of its ends are.
    if (parents !== undefined) links = sum(links, estimate(linked, level + levelBefore));
    parents = places;
    levelBefore = level;
    return hex(high) + hex(low);
  });
  return { digests, links };
}

function sum(a: Estimate, b: Estimate): Estimate {
  return {
    value: a.value + b.value,
    exact: a.exact && b.exact,
    standardError: Math.hypot(a.standardError, b.standardError),
  };
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** Numbers below 2^53, in pages that are there only where one of them is. */
class Bits {
  static readonly #page = 2 ** 20;
  readonly #pages = new Map<number, Uint8Array>();

  set(number: number): void {
    const key = Math.floor(number / Bits.#page);
    let page = this.#pages.get(key);
    if (page === undefined) this.#pages.set(key, (page = new Uint8Array(Bits.#page / 8)));
    const at = number % Bits.#page;
    page[at >> 3] |= 1 << (at & 7);
  }

  has(number: number): boolean {
    const page = this.#pages.get(Math.floor(number / Bits.#page));
    const at = number % Bits.#page;
    return page !== undefined && ((page[at >> 3] >> (at & 7)) & 1) === 1;
  }
}
