/** Options that every long-running function takes. */

/** How far a long task is. */
export interface Progress {
  /** Bytes of the original content that are done. */
  readonly done: number;
  /** Bytes of the original content in all; undefined where that is not known yet. */
  readonly total: number | undefined;
}

/** Watching and stopping a long task. */
export interface TaskOptions {
  /** Stops the task; it rejects with the signal's reason (an `AbortError` by default). */
  readonly signal?: AbortSignal | undefined;
  /** Called now and then, at least once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
