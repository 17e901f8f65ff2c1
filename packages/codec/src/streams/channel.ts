/** Hands chunks from a writer to a reader, one at a time: a writer waits until its chunk is used up. */
export class Channel<Item = Uint8Array> implements AsyncIterable<Item> {
  /** What was put and is not used up. */
  readonly #waiting: { readonly item: Item; readonly used: () => void }[] = [];
  #ended = false;
  #failure: { readonly reason: unknown } | undefined;
  #wakeReader: (() => void) | undefined;

  /** Resolves when the reader asks for the item after this one; behind the end, at once: nothing is taken there. */
  async put(item: Item): Promise<void> {
    if (this.#ended) return;
    await new Promise<void>((used) => {
      if (this.#failure !== undefined) used();
      this.#waiting.push({ item, used });
      this.#wakeReader?.();
    });
    if (this.#failure !== undefined) throw this.#failure.reason;
  }

  /** Says that no item follows. */
  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  /** Makes reader and writer throw. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wakeReader?.();
    for (const { used } of this.#waiting) used();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.reason;
      const next = this.#waiting.at(0);
      if (next !== undefined) {
        yield next.item;
        this.#waiting.shift();
        next.used();
      } else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve;
        });
      }
    }
  }
}
