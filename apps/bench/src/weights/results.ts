import type { Where } from "../measure/where.ts";

/** One direction of coding. */
export interface Pass {
  /** Bytes of content. */
  readonly length: number;
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
}

/** A model in one array, there and back. */
export interface InMemory {
  /** 0: the calling thread alone. */
  readonly threads: number;
  readonly compress: Pass;
  readonly decompress: Pass;
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
  /** What `zstd -1` and `-3` make of the smaller model, as shares; undefined where it is not installed. */
  readonly zstd: { readonly fast: number; readonly default: number } | undefined;
  /** From memory to memory, of a model that is made before. */
  readonly inMemory: readonly InMemory[];
}
