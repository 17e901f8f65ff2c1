/** Levels that make a file larger than a lower one does. */

/** What a level makes of some content. */
export interface LevelSize {
  readonly level: number;
  /** Bytes. */
  readonly size: number;
}

/** A level, and the best of those below it, which is better. */
export interface Inversion {
  readonly lower: LevelSize;
  readonly higher: LevelSize;
}

/**
 * @param sizes from low to high levels
 * @param tolerance bytes by which a file may be larger than that of a lower level
 */
export function inversionsOf(sizes: readonly LevelSize[], tolerance: number): Inversion[] {
  const found: Inversion[] = [];
  let best: LevelSize | undefined;
  for (const each of sizes) {
    if (best === undefined || each.size < best.size) best = each;
    else if (each.size > best.size + tolerance) found.push({ lower: best, higher: each });
  }
  return found;
}
