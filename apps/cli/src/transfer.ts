/** Moves content through the codec in bounded memory. */

/** Content no longer than this is coded in this thread at once: a worker would take longer to start. */
export const SMALL = 128 * 1024;

/** The two ends of a codec's stream. */
export interface StreamPair {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

/** Pumps `source` through `stream`; each chunk is read only when the stream has room and the last was written. */
export async function transfer(
  source: AsyncIterable<Uint8Array>,
  stream: StreamPair,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  const content = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next: IteratorResult<Uint8Array, unknown> = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  await content.pipeThrough(stream).pipeTo(new WritableStream<Uint8Array>({ write }, { highWaterMark: 1 }));
}

/** The start of content, read ahead. */
export interface Head {
  /** The first bytes; none if there is no content. */
  readonly start: Uint8Array;
  /** All of the content, if it is no longer than {@link SMALL}. */
  readonly whole: Uint8Array | undefined;
  /** All of the content, what was read ahead included. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Reads until the end or until more than {@link SMALL} bytes have come. */
export async function readHead(chunks: AsyncGenerator<Uint8Array, void>): Promise<Head> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (!ended && length <= SMALL) {
    const next = await chunks.next();
    if (next.done === true) {
      ended = true;
    } else {
      parts.push(next.value);
      length += next.value.length;
    }
  }
  const start = parts.at(0) ?? new Uint8Array();
  return { start, whole: ended ? concatenate(parts, length) : undefined, chunks: continueWith(parts, chunks) };
}

async function* continueWith(parts: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  // Taken out of the list, so that each is freed once it is through.
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) yield part;
  yield* rest;
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let done = 0;
  for (const part of parts) {
    whole.set(part, done);
    done += part.length;
  }
  return whole;
}
