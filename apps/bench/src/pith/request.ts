/** What the benchmark asks of a child that runs the library. */
import type { CompressOptions } from "@pith/codec";

/** One call of the library on files; given to the child as JSON. */
export interface Request {
  readonly action: "compressSync" | "decompressSync" | "compress" | "decompress";
  readonly input: string;
  readonly output: string;
  /** The file of the original content; a small piece of it is coded first. */
  readonly warmUp: string;
  /** `decompress` uses `threads` alone, `decompressSync` none; the rest makes its warm-up like the real thing. */
  readonly options: Pick<CompressOptions, "level" | "threads" | "blockSize">;
}

/** What the child prints, as JSON. */
export interface OwnTime {
  /** Wall time of the call. */
  readonly seconds: number;
  /** Processor time of the whole process meanwhile. */
  readonly cpuSeconds: number;
}
