/**
 * Orders 0 and 1: how often each byte follows each other byte. Every pair within a stretch of input is counted; with
 * the first byte of each stretch, the counts of the bytes follow.
 */

const PAIRS: usize = 65536;
/** Neighbours are counted in two tables by turns: runs of one byte would otherwise wait for their own counter. */
const counters = memory.data(2 * 65536 * 4, 16);
const totals = memory.data(65536 * 8, 16);
const firsts = memory.data(256 * 8, 16);

/** Pairs that the counters of 32 bits surely hold. */
const FOLD_AFTER: u64 = 1 << 31;

let sinceFold: u64 = 0;

// @ts-ignore: decorator
@inline
function increment(table: usize, address: usize): void {
  const counter = counters + table * (PAIRS * 4) + (<usize>load<u16>(address) << 2);
  store<u32>(counter, load<u32>(counter) + 1);
}

/** Counts the pairs of a stretch of at least one byte. */
export function countPairs(address: usize, length: usize): void {
  const first = firsts + (<usize>load<u8>(address) << 3);
  store<f64>(first, load<f64>(first) + 1.0);
  sinceFold += length;
  if (sinceFold >= FOLD_AFTER) {
    foldPairs();
    sinceFold = length;
  }
  const end = address + length - 1;
  for (; address + 4 <= end; address += 4) {
    increment(0, address);
    increment(1, address + 1);
    increment(0, address + 2);
    increment(1, address + 3);
  }
  for (; address < end; address++) increment(0, address);
}

/** Adds the counters to the totals and clears them. */
export function foldPairs(): void {
  for (let pair: usize = 0; pair < PAIRS; pair++) {
    const counter = counters + (pair << 2);
    const sum = load<u32>(counter) + load<u32>(counter, PAIRS * 4);
    if (sum == 0) continue;
    store<f64>(totals + (pair << 3), load<f64>(totals + (pair << 3)) + <f64>sum);
    store<u32>(counter, 0);
    store<u32>(counter, 0, PAIRS * 4);
  }
  sinceFold = 0;
}

/** Totals after {@link foldPairs}: 65536 f64; the pair of a byte and the one after it has index byte + 256 · next. */
export function pairTotals(): usize {
  return totals;
}

/** How many stretches start with each byte: 256 f64. */
export function firstTotals(): usize {
  return firsts;
}
