/**
 * Where a progressive encoder ends a run of blocks that have nothing more to say. The usual rule, that of libjpeg, is the
 * longest run, and none with too many bits that correct earlier scans; where a file does not keep it is noted.
 */

/** Longest run that there is a code for. */
const LONGEST_RUN = 0x7fff;
/** Correction bits after which libjpeg ends a run. */
const MOST_CORRECTIONS = 937;

/** Says, before each block that could go on with a run, whether the run ends instead. */
export interface RunRule {
  /** @param block of the scan, in order, from 0 */
  endsBefore(block: number, run: number, corrections: number): boolean;
}

function usualEnd(run: number, corrections: number): boolean {
  return run === LONGEST_RUN || corrections > MOST_CORRECTIONS;
}

/** Follows the ends that a scan has, and notes those that are not as usual. */
export class NotingRule implements RunRule {
  /** Blocks, in order. */
  readonly exceptions: number[] = [];
  readonly #ends: ReadonlySet<number>;

  /** @param ends blocks before which runs end that could have gone on */
  constructor(ends: ReadonlySet<number>) {
    this.#ends = ends;
  }

  endsBefore(block: number, run: number, corrections: number): boolean {
    const ends = this.#ends.has(block);
    if (ends !== usualEnd(run, corrections)) this.exceptions.push(block);
    return ends;
  }
}

/** Undoes {@link NotingRule}. */
export class UsualRule implements RunRule {
  readonly #exceptions: ReadonlySet<number>;

  constructor(exceptions: readonly number[]) {
    this.#exceptions = new Set(exceptions);
  }

  endsBefore(block: number, run: number, corrections: number): boolean {
    return usualEnd(run, corrections) !== this.#exceptions.has(block);
  }
}
