/**
 * Slow references: written from the definition alone, with whole numbers of any size and sums in linear time, so that
 * they share neither arithmetic nor structure with what they check.
 */

/** A symbol's place among the frequencies. */
export interface Interval {
  readonly cumulative: number;
  readonly frequency: number;
  readonly total: number;
}

/**
 * The range coder without shifting: `low` is one long number from the first byte to the last. Bytes count as gone once
 * the ends agree on them.
 */
export function referenceRangeCode(intervals: Iterable<Interval>): number[] {
  let low = 0n;
  let range = 1n << 48n;
  let gone = 0;
  for (const { cumulative, frequency, total } of intervals) {
    const unit = range / BigInt(total);
    const start = unit * BigInt(cumulative);
    low += start;
    range = cumulative + frequency === total ? range - start : unit * BigInt(frequency);
    for (;;) {
      const agree = low >> 40n === (low + range - 1n) >> 40n;
      if (!agree && range >= 1n << 24n) break;
      if (!agree) {
        const boundary = ((low >> 40n) + 1n) << 40n;
        range = boundary - low;
        // Only the last 24 bits may count, as the range is smaller than that.
        expectTrue(range < 1n << 24n);
      }
      low <<= 8n;
      range <<= 8n;
      gone++;
    }
  }
  return lastBytes(low, gone, 48n);
}

/** The binary coder likewise: one long number, both ends inclusive. */
export function referenceBinaryCode(bits: Iterable<{ readonly bit: number; readonly p16: number }>): number[] {
  let low = 0n;
  let high = (1n << 32n) - 1n;
  let gone = 0;
  for (const { bit, p16 } of bits) {
    const middle = low + (((high - low) * BigInt(p16)) >> 16n);
    if (bit === 1) high = middle;
    else low = middle + 1n;
    while (low >> 24n === high >> 24n) {
      low <<= 8n;
      high = (high << 8n) + 255n;
      gone++;
    }
  }
  return lastBytes(low, gone, 32n);
}

/** The shortest bytes, beyond those that are gone, that with zeros after them reach `low`. */
function lastBytes(low: bigint, gone: number, width: bigint): number[] {
  let value = low >> (width - 8n);
  let length = gone + 1;
  if (low & ((1n << (width - 8n)) - 1n) || value & 255n) value += 1n;
  if ((low & ((1n << width) - 1n)) === 0n) {
    value = low >> width;
    length = gone;
  }
  const bytes: number[] = [];
  for (let i = length - 1; i >= 0; i--) bytes.push(Number((value >> (8n * BigInt(i))) & 255n));
  return bytes;
}

function expectTrue(condition: boolean): void {
  if (!condition) throw new Error("the reference contradicts itself");
}

/** The adaptive model, with sums in linear time. */
export class ReferenceModel {
  readonly counts: number[];
  readonly #increment: number;
  readonly #limit: number;

  constructor(alphabetSize: number, increment: number, limit: number) {
    this.counts = new Array<number>(alphabetSize).fill(1);
    this.#increment = increment;
    this.#limit = limit;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  interval(symbol: number): Interval {
    let cumulative = 0;
    for (let s = 0; s < symbol; s++) cumulative += this.counts[s];
    return { cumulative, frequency: this.counts[symbol], total: this.total };
  }

  update(symbol: number): void {
    this.counts[symbol] += this.#increment;
    if (this.total > this.#limit) this.counts.forEach((count, s) => (this.counts[s] = Math.ceil(count / 2)));
  }
}

/** The fewest bits in which a prefix code with lengths up to `limit` codes the counts: tries every multiset of lengths. */
export function referenceCodeCost(counts: readonly number[], limit: number): number {
  const falling = counts.filter((count) => count > 0).sort((a, b) => b - a);
  const unit = 2 ** limit;
  let best = Infinity;
  const place = (at: number, length: number, left: number, cost: number): void => {
    if (cost >= best) return;
    if (at === falling.length) {
      best = cost;
      return;
    }
    for (let l = length; l <= limit; l++) {
      const share = unit / 2 ** l;
      if (share <= left) place(at + 1, l, left - share, cost + l * falling[at]);
    }
  };
  place(0, 1, unit, 0);
  return best;
}

/** The cost of a Huffman code without a limit: the sum of all sums of the two smallest. */
export function unlimitedCodeCost(counts: readonly number[]): number {
  const heap = counts.filter((count) => count > 0);
  let cost = 0;
  while (heap.length > 1) {
    heap.sort((a, b) => b - a);
    const sum = heap.pop()! + heap.pop()!;
    cost += sum;
    heap.push(sum);
  }
  return cost;
}
