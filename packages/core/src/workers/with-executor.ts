import { abortable } from "../steps/abort.ts";
import type { Executor } from "./executor.ts";

/** As {@link abortable}, with an executor, which is closed at the end, however that comes. */
export async function withExecutor<Result>(
  executor: Executor<never>,
  signal: AbortSignal | undefined,
  task: () => Promise<Result>,
): Promise<Result> {
  try {
    return await abortable(signal, task, (reason) => void executor.close(reason));
  } finally {
    await executor.close(new Error("the task has ended"));
  }
}
