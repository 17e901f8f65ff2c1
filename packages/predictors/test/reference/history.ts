/**
 * Bit histories, as what they are: two counts and the bits that came last. There is one object for each history, so
 * that they can be compared and be keys.
 */
import { floor, max, min } from "./numbers.ts";

export class BitHistory {
  readonly #after: [BitHistory?, BitHistory?] = [];

  constructor(
    readonly zeros: number,
    readonly ones: number,
    /** The last four bits while there are no more; then 0 or 15 for few counts, else the last bit if counts differ. */
    readonly recent: number,
  ) {}

  /** Bits seen, as far as the counts remember. */
  get confidence(): number {
    return this.zeros + this.ones;
  }

  /** 16-bit probability of a one that the counts suggest. */
  get estimate(): number {
    const estimate = floor((32768 * (2 * this.ones + 1)) / (this.zeros + this.ones + 1));
    return max(64, min(65471, estimate));
  }

  /** The history after one more bit. */
  after(bit: number): BitHistory {
    return (this.#after[bit] ??= intern(successor(this, bit)));
  }
}

const histories = new Map<string, BitHistory>();

function intern(history: BitHistory): BitHistory {
  const key = `${history.zeros} ${history.ones} ${history.recent}`;
  const known = histories.get(key);
  if (known === undefined) histories.set(key, history);
  return known ?? history;
}

/** The history of a context that was never seen. */
export const EMPTY_HISTORY = intern(new BitHistory(0, 0, 0));

/** Largest count of the likelier bit beside so many of the unlikelier. */
function countLimit(other: number): number {
  return [48, 16, 10, 7, 6, 5][min(other, 5)];
}

/** What is left of a count when the opposite bit comes. */
function discount(count: number): number {
  if (count <= 2) return count;
  if (count <= 3) return 2;
  if (count <= 7) return 3;
  return count <= 23 ? 4 : 5;
}

function successor(history: BitHistory, bit: number): BitHistory {
  let [same, other] = bit === 0 ? [history.zeros, history.ones] : [history.ones, history.zeros];
  let recent = ((history.recent << 1) | bit) & 15;
  const exact = same + other < 4;
  same++;
  if (!exact) {
    other = discount(other);
    const limit = countLimit(min(same, other));
    same = min(same, limit);
    other = min(other, limit);
    if (same + other <= 4) recent = bit * 15;
    else recent = other === 0 ? 0 : bit;
  }
  return bit === 0 ? new BitHistory(same, other, recent) : new BitHistory(other, same, recent);
}
