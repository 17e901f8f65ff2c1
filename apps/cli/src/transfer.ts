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

/**
 * Chunks as they are, but that `flush` is called so many seconds after one that was not flushed.
 *
 * @param flush may fail: then what reads the chunks fails too
 */
export async function* flushing(
  chunks: AsyncIterable<Uint8Array>,
  seconds: number,
  flush: () => Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const chunk of chunks) {
      // Whoever asks for the next one has taken it.
      yield chunk;
      timer ??= setTimeout(() => {
        timer = undefined;
        flush().catch(() => undefined);
      }, 1000 * seconds);
    }
  } finally {
    clearTimeout(timer);
  }
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

type Chunks = AsyncGenerator<Uint8Array, void>;
type Next = ReturnType<Chunks["next"]>;

/**
 * Reads until the end or until more than {@link SMALL} bytes have come.
 *
 * @param patience milliseconds after the first chunk: what takes longer is not waited for
 */
export async function readHead(chunks: Chunks, patience = Infinity): Promise<Head> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  let late: Promise<undefined> | undefined;
  let waited: Next | undefined;
  while (!ended && length <= SMALL) {
    const next = chunks.next();
    const got = await (late === undefined ? next : Promise.race([next, late]));
    if (got === undefined) {
      // What it fails with is told to whoever goes on.
      next.catch(() => undefined);
      waited = next;
      break;
    }
    if (got.done === true) {
      ended = true;
    } else {
      parts.push(got.value);
      length += got.value.length;
      if (patience < Infinity) late ??= after(patience);
    }
  }
  const start = parts.at(0) ?? new Uint8Array();
  return { start, whole: ended ? concatenate(parts, length) : undefined, chunks: continueWith(parts, waited, chunks) };
}

async function after(milliseconds: number): Promise<undefined> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
  return undefined;
}

/** @param next what was asked of the rest and has not come */
async function* continueWith(parts: Uint8Array[], next: Next | undefined, rest: Chunks): Chunks {
  // Taken out of the list, so that each is freed once it is through.
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) yield part;
  const first = await next;
  if (first?.done === true) return;
  if (first !== undefined) yield first.value;
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
