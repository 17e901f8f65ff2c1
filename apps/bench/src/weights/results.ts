import type { Where } from "../measure/where.ts";

/** One direction of coding. */
export interface Pass {
  /** Bytes of content. */
  readonly length: number;
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
}

/** What a run found, as `weights.json` holds it; the page is made from this alone. */
export interface WeightsResults extends Where {
  readonly format: 1;
  readonly layers: number;
  readonly level: number;
  readonly threads: number;
  /** Bytes of the file and of what it became. */
  readonly length: number;
  readonly compressedLength: number;
  readonly compress: Pass;
  /** Of a model of fewer layers, since the other is not kept. */
  readonly decompress: Pass;
  /** To make the content, which runs beside: seconds, alone. */
  readonly generation: number;
  /** Largest resident set of the process. */
  readonly peakMemory: number;
  /** What `zstd -3` makes of the smaller model, as a share; undefined where it is not installed. */
  readonly zstd: number | undefined;
}
