/** What somebody may have meant by a word that there is not. */

/**
 * The candidate that a word is nearest to, if it is near enough to be a slip: a letter wrong, missing, too many or
 * exchanged with the next, one for each three letters at most.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.replace(/^-+/, "").length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = slipsBetween(word, candidate);
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** The clause of an error that names what is near; empty if nothing is. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === undefined ? "" : `; did you mean ${near}?`;
}

/** Optimal string alignment distance (Damerau and Levenshtein, each place changed once). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, beforeLast[j - 2] + 1);
      row.push(slips);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}
