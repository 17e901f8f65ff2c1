/** Does all the steps at once. */
export function finish(steps: Generator<number, Uint8Array>, onDone: (done: number) => void): Uint8Array {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    onDone(value);
  }
}
