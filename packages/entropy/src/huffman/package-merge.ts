/**
 * Optimal lengths of a prefix code under a limit, by package-merge (Larmore and Hirschberg, 1990).
 *
 * Each symbol is a coin of its weight at every level 1 … limit. From the deepest level up, neighbours in the order of
 * weight are packaged in pairs and merged with the coins of the level above; of the top level the 2n − 2 cheapest are
 * taken. A symbol's code length is the number of its coins among them.
 */

/** Lengths that codes may have at most. */
export const LONGEST_CODE = 24;

/**
 * @param weights positive, in rising order, at least two
 * @param limit longest code allowed, at least ceil(log2 weights.length)
 * @returns a length for each weight, in the same (hence falling) order; the code is complete
 */
export function packageMerge(weights: readonly number[], limit: number): Uint8Array<ArrayBuffer> {
  const count = weights.length;
  const lengths = new Uint8Array(count);
  // What a level's list looks like is all that must be kept to trace the choice back: 1 where a package stands.
  const levels = [new Uint8Array(count)];
  let merged: readonly number[] = weights;
  for (let level = 1; level < limit; level++) {
    const packages: number[] = [];
    for (let i = 0; i + 1 < merged.length; i += 2) packages.push(merged[i] + merged[i + 1]);
    const list: number[] = [];
    const isPackage = new Uint8Array(count + packages.length);
    for (let coin = 0, pack = 0; coin < count || pack < packages.length;) {
      const takeCoin = pack === packages.length || (coin < count && weights[coin] <= packages[pack]);
      if (!takeCoin) isPackage[list.length] = 1;
      list.push(takeCoin ? weights[coin++] : packages[pack++]);
    }
    merged = list;
    levels.push(isPackage);
  }
  // From the top down: the first `taken` items of a level hold so many coins, always those of the lightest symbols, and
  // so many packages, each two items of the level below.
  let taken = 2 * count - 2;
  for (let level = limit - 1; level >= 0; level--) {
    let packages = 0;
    for (let i = 0; i < taken; i++) packages += levels[level][i];
    for (let symbol = 0; symbol < taken - packages; symbol++) lengths[symbol]++;
    taken = 2 * packages;
  }
  return lengths;
}
