/** Hands chunks from a writer to a reader, one at a time: a writer waits until its chunk is used up. */
export class Channel implements AsyncIterable<Uint8Array> {
  #chunk: Uint8Array | undefined;
  #ended = false;
  #failure: { readonly reason: unknown } | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;

  /** Resolves when the reader asks for the chunk after this one. */
  async put(chunk: Uint8Array): Promise<void> {
    this.#chunk = chunk;
    this.#wakeReader?.();
    await new Promise<void>((resolve) => {
      this.#wakeWriter = resolve;
    });
    if (this.#failure !== undefined) throw this.#failure.reason;
  }

  /** Says that no chunk follows. */
  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  /** Makes reader and writer throw. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#wakeReader?.();
    this.#wakeWriter?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.reason;
      if (this.#chunk !== undefined) {
        yield this.#chunk;
        this.#chunk = undefined;
        this.#wakeWriter?.();
      } else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wakeReader = resolve;
        });
      }
    }
  }
}
