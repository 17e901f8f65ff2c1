import { type Executor } from "./executor.ts";

/**
 * Runs a task with an executor, which is closed at the end, however that comes.
 *
 * @throws the signal's reason as soon as it aborts, even where the task does not notice
 */
export async function withExecutor<Result>(
  executor: Executor,
  signal: AbortSignal | undefined,
  task: () => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = (): void => {
      reject(signal?.reason as Error);
      void executor.close(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([task(), aborted]);
  } finally {
    if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
    await executor.close(new Error("the task has ended"));
  }
}
