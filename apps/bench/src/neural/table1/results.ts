/** What runs found, as `neural-table1.json` holds it; page and picture are made from this alone. */
import type { Where } from "../../measure/where.ts";

/** One method or coder on one file, of whichever run measured it last. Sizes are in bytes. */
export interface Row extends Where {
  readonly file: string;
  /** Id of the method or coder. */
  readonly method: string;
  /** Bytes of the file that were coded. */
  readonly characters: number;
  /** The coded symbols, as ranks under an adaptive model of order 0; of another coder, all it writes. */
  readonly ranks: number;
  /** The coded symbols, under the predictions themselves; undefined for coders without predictions. */
  readonly direct?: number;
  /** What says which bytes or tokens the symbols are. */
  readonly table?: number;
  /** A network that was trained on the file; undefined if there is none. */
  readonly weights?: number;
  /** Times that it learnt the file. */
  readonly epochs?: number;
  /** Processor time of all that the method did. */
  readonly seconds: number;
}

/** All rows so far. */
export interface Table1Results {
  readonly format: 1;
  readonly rows: readonly Row[];
}

/** With a row in the place of an older one of the same method and file. */
export function withRow(results: Table1Results, row: Row): Table1Results {
  const others = results.rows.filter(({ file, method }) => file !== row.file || method !== row.method);
  return { ...results, rows: [...others, row] };
}
