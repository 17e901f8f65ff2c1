/** Methods both ways, as `methods.json` holds them; the page is made from this alone. */
import type { MethodName } from "@pith/codec";
import type { Where } from "../measure/where.ts";

/** One method at a level on a file. */
export interface MethodRow {
  readonly file: string;
  readonly method: MethodName;
  readonly level: number;
  /** Bytes of content and of the file that came of it. */
  readonly length: number;
  readonly size: number;
  /** Of the processor, one a round. */
  readonly compress: readonly number[];
  readonly decompress: readonly number[];
}

export interface MethodsResults extends Where {
  readonly format: 1;
  readonly rows: readonly MethodRow[];
}
