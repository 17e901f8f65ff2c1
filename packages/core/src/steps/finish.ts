import type { OnDone, Steps } from "./steps.ts";

/** Does all the steps at once. */
export function finish<Result>(steps: Steps<Result>, onDone?: OnDone): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    onDone?.(value);
  }
}
