/** Progress in bytes of content, where a method counts bytes of its input. */
export function scaled<Result>(steps: Generator<number, Result>, factor: number): Generator<number, Result> {
  return withProgress(steps, (done) => Math.floor(done * factor));
}

/** Progress of a part, of which the parts before it have `by` bytes. */
export function shifted<Result>(by: number, steps: Generator<number, Result>): Generator<number, Result> {
  return withProgress(steps, (done) => by + done);
}

/** Steps of work that comes before the first byte is done. */
export function standing<Result>(steps: Generator<unknown, Result>): Generator<number, Result> {
  return withProgress(steps, () => 0);
}

/** The same steps, which end when these do and the other way round, with other numbers of what is done. */
function* withProgress<Yielded, Result>(
  steps: Generator<Yielded, Result>,
  progress: (value: Yielded) => number,
): Generator<number, Result> {
  try {
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      yield progress(value);
    }
  } finally {
    // Whoever takes the steps may want no more of them: what they hold is given back.
    steps.return(undefined as Result);
  }
}
