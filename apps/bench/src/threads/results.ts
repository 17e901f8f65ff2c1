/** What a second thread is worth, as `threads.json` holds it; the page is made from this alone. */
import type { Where } from "../measure/where.ts";

export const THREADS = [1, 2] as const;

/** MB/s of content, one a round. */
interface Speeds {
  readonly compress: readonly number[];
  readonly decompress: readonly number[];
}

export interface ThreadsRow {
  readonly level: number;
  readonly blocks: number;
  /** On as many threads as {@link THREADS} says. */
  readonly speeds: readonly Speeds[];
}

export interface ThreadsResults extends Where {
  readonly format: 1;
  readonly file: string;
  /** Bytes of it. */
  readonly length: number;
  readonly rows: readonly ThreadsRow[];
}
