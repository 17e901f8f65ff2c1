import { useEffect, useState } from "preact/hooks";
import type { Answer } from "./pairs-worker.ts";

/** Milliseconds without a change after which a question is asked. */
const PAUSE = 200;

/**
 * The answer to the latest question. While the next one is on its way, that of the one before stands.
 *
 * @param inputs what the question is about: it is asked again when one of these changes
 */
export function useAnswer<Value>(
  ask: () => Promise<Answer<Value>>,
  inputs: readonly unknown[],
): { readonly value: Value | undefined; readonly problem: string | undefined } {
  const [value, setValue] = useState<Value>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      ask().then(
        (answer) => {
          if (!wanted) return;
          if (answer.type === "answer") setValue(answer.value);
          setProblem(answer.type === "failed" ? answer.problem.what : undefined);
        },
        (error: unknown) => wanted && setProblem(error instanceof Error ? error.message : String(error)),
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, inputs);
  return { value, problem };
}
