/** Progress in bytes of content, where a method counts bytes of its input. */
export function* scaled<Result>(steps: Generator<number, Result>, factor: number): Generator<number, Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield Math.floor(value * factor);
  }
}

/** Progress of a part, of which the parts before it have `by` bytes. */
export function* shifted<Result>(by: number, steps: Generator<number, Result>): Generator<number, Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield by + value;
  }
}

/** Steps of work that comes before the first byte is done. */
export function* standing<Result>(steps: Generator<unknown, Result>): Generator<number, Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield 0;
  }
}
