/** What runs took, as `neural-figure4.json` holds it; page and picture are made from this alone. */
import type { Where } from "../../measure/where.ts";

/** One method, both directions; seconds of processor time. */
export interface Row extends Where {
  readonly file: string;
  /** Id of the method. */
  readonly method: string;
  readonly characters: number;
  /** Bytes of the compressed file. */
  readonly size: number;
  /** To tokenize, to train where a network is trained, to predict, to rank and to code. */
  readonly compress: number;
  /** From coded ranks to the same bytes. */
  readonly decompress: number;
}

export interface Figure4Results {
  readonly format: 1;
  readonly rows: readonly Row[];
}

/** With a row in the place of an older one of the same method. */
export function withRow(results: Figure4Results, row: Row): Figure4Results {
  return { ...results, rows: [...results.rows.filter(({ method }) => method !== row.method), row] };
}
