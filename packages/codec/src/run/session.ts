import type { Executor } from "./executor.ts";

/**
 * The result of a task, unless the signal aborts first.
 *
 * @throws the signal's reason as soon as it aborts, even where the task does not notice
 */
export async function abortable<Result>(
  signal: AbortSignal | undefined,
  task: () => Promise<Result>,
  onAbort: (reason: unknown) => void = () => undefined,
): Promise<Result> {
  if (signal === undefined) return await task();
  signal.throwIfAborted();
  let listener: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    listener = (): void => {
      reject(signal.reason as Error);
      onAbort(signal.reason);
    };
    signal.addEventListener("abort", listener, { once: true });
  });
  try {
    return await Promise.race([task(), aborted]);
  } finally {
    if (listener !== undefined) signal.removeEventListener("abort", listener);
  }
}

/** As {@link abortable}, with an executor, which is closed at the end, however that comes. */
export async function withExecutor<Result>(
  executor: Executor,
  signal: AbortSignal | undefined,
  task: () => Promise<Result>,
): Promise<Result> {
  try {
    return await abortable(signal, task, (reason) => void executor.close(reason));
  } finally {
    await executor.close(new Error("the task has ended"));
  }
}
