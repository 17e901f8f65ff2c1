/**
 * Work in steps: a generator that yields how much is done, every few milliseconds, and returns its result. One
 * implementation so serves a caller that waits, one that must answer the event loop, and a worker that reports progress.
 */
export type Steps<Result> = Generator<number, Result>;

/** How much of a task is done, never less than the time before. */
export type OnDone = (done: number) => void;
