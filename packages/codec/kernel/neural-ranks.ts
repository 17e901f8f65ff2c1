/**
 * Ranks: what a symbol becomes when it is replaced by how many were thought likelier; of two that are as likely, the
 * lower comes first.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 3.1.
 */

/** What probabilities sum to. */
const TOTAL: u32 = 1 << 22;

/** Symbols whose probability, a u32 of those at `shares`, is at least `least`. */
// @ts-ignore: decorator
@inline
function countFrom(shares: usize, symbols: i32, least: i32): i32 {
  const end = <usize>symbols << 2;
  const whole = end & ~15;
  const bound = i32x4.splat(least);
  let counts = i32x4.splat(0);
  // A comparison that holds is −1.
  for (let b: usize = 0; b < whole; b += 16) counts = i32x4.sub(counts, i32x4.ge_s(v128.load(shares + b), bound));
  let count =
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3);
  for (let b = whole; b < end; b += 4) count += load<i32>(shares + b) >= least ? 1 : 0;
  return count;
}

/** Symbols that are likelier than `symbol`. */
export function rankOf(shares: usize, symbols: i32, symbol: i32): i32 {
  const own = load<i32>(shares + (<usize>symbol << 2));
  return countFrom(shares, symbols, own + 1) + equalsBefore(shares, symbol, own);
}

function equalsBefore(shares: usize, symbol: i32, own: i32): i32 {
  return countFrom(shares, symbol, own) - countFrom(shares, symbol, own + 1);
}

/** The largest probability below `bound`. */
function largestBelow(shares: usize, symbols: i32, bound: i32): i32 {
  const end = <usize>symbols << 2;
  const whole = end & ~15;
  const bounds = i32x4.splat(bound);
  let tops = i32x4.splat(0);
  for (let b: usize = 0; b < whole; b += 16) {
    const values = v128.load(shares + b);
    tops = i32x4.max_s(tops, v128.and(values, i32x4.lt_s(values, bounds)));
  }
  let top = max(
    max(i32x4.extract_lane(tops, 0), i32x4.extract_lane(tops, 1)),
    max(i32x4.extract_lane(tops, 2), i32x4.extract_lane(tops, 3)),
  );
  for (let b = whole; b < end; b += 4) {
    const value = load<i32>(shares + b);
    if (value < bound) top = max(top, value);
  }
  return top;
}

/** Ranks up to it, the most frequent ones, are found from the top; the time of others does not depend on the rank. */
const STEPPED: i32 = 6;

/** The probability of the symbol of a rank. */
function shareOfRank(shares: usize, symbols: i32, rank: i32): i32 {
  if (rank <= STEPPED) {
    let share = largestBelow(shares, symbols, i32.MAX_VALUE);
    while (countFrom(shares, symbols, share) <= rank) share = largestBelow(shares, symbols, share);
    return share;
  }
  // The largest probability that more symbols than `rank` reach; each of them has at least 1, so it is at most TOTAL
  // divided by their number.
  let least: i32 = 1;
  let most: i32 = TOTAL / (rank + 1);
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (countFrom(shares, symbols, middle) > rank) least = middle;
    else most = middle - 1;
  }
  return least;
}

/** The symbol of a rank, 0 … symbols − 1. */
export function symbolOfRank(shares: usize, symbols: i32, rank: i32): i32 {
  const share = shareOfRank(shares, symbols, rank);
  let before = rank - countFrom(shares, symbols, share + 1);
  let address = shares;
  while (load<i32>(address) != share || before-- > 0) address += 4;
  return <i32>((address - shares) >> 2);
}
