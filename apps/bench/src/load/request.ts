/** What the benchmark asks of a child that puts the library under load; given to it as JSON. */
export interface LoadRequest {
  readonly level: number;
  /** Bytes of each content. */
  readonly size: number;
  readonly calls: number;
  /** All at once as anybody calls, all at once on the calling thread, or one after the other by `compressSync`. */
  readonly how: "calls" | "here" | "sync";
}

/** What the child prints, as JSON. */
export interface Load {
  /** Milliseconds by which a timer of 5 ms was late at most. */
  readonly lateness: number;
  /** Threads that were started. */
  readonly threads: number;
  /** Processor time of the calls. */
  readonly cpuSeconds: number;
  /** Of the process, in bytes. */
  readonly peakMemory: number;
}
