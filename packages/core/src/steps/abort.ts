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
