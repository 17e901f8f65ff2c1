/**
 * Ranks: what a symbol becomes when it is replaced by how many were thought likelier.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 3.1.
 */
import { checkInteger } from "@pith/core";

/**
 * How many symbols are likelier than `symbol`: 0 … probabilities.length − 1. Of two that are as likely, the lower comes
 * first.
 *
 * @param probabilities one for each symbol, as `Predictor.predict` writes them
 * @throws RangeError for a symbol that has no probability
 */
export function rankOf(probabilities: Uint32Array, symbol: number): number {
  checkInteger("symbol", symbol, 0, probabilities.length - 1);
  const own = probabilities[symbol];
  let rank = 0;
  for (let other = 0; other < symbol; other++) if (probabilities[other] >= own) rank++;
  for (let other = symbol + 1; other < probabilities.length; other++) if (probabilities[other] > own) rank++;
  return rank;
}

/**
 * The symbol of a rank: the inverse of {@link rankOf}. Its time does not depend on the rank.
 *
 * @param probabilities one for each symbol, each below 2^31
 * @throws RangeError for a rank that no symbol has
 */
export function symbolOfRank(probabilities: Uint32Array, rank: number): number {
  checkInteger("rank", rank, 0, probabilities.length - 1);
  let [least, most] = [0, 0];
  for (const probability of probabilities) most = Math.max(most, probability);
  // The largest probability that more symbols than `rank` reach.
  while (least < most) {
    const middle = (least + most + 1) >>> 1;
    let reach = 0;
    for (const probability of probabilities) if (probability >= middle) reach++;
    if (reach > rank) least = middle;
    else most = middle - 1;
  }
  let before = rank;
  for (const probability of probabilities) if (probability > least) before--;
  let symbol = probabilities.indexOf(least);
  for (; before > 0; before--) symbol = probabilities.indexOf(least, symbol + 1);
  return symbol;
}
