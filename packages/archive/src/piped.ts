/** The two ends of a stream of the codec. */
interface StreamPair {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<Uint8Array>;
}

/** What comes out of a stream into which chunks go, one when there is room for it. */
export async function* piped(
  chunks: AsyncIterable<Uint8Array>,
  { readable, writable }: StreamPair,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const source = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  // What fails on the way fails at the reader, too.
  const done = source.pipeTo(writable).catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
    await done;
  }
}
