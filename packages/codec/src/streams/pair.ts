import { nameOfType } from "@pith/core";
import type { Executor } from "@pith/core/workers";
import { Channel } from "./channel.ts";

/** What the streams of the platform take, too: bytes, as an array, as a view, or as memory. */
export type Chunk = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

/** The two ends of a transform. */
export interface StreamPair {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<Chunk>;
}

/** The two ends of a transform, and a way to put something between what is written. */
interface MarkedPair<Mark> extends StreamPair {
  /** Resolves when the pipeline asks for what comes after it. */
  readonly mark: (mark: Mark) => Promise<void>;
}

/**
 * Streams around a pipeline. Unlike a `TransformStream` it holds back the pipeline, not only the writer: one small
 * chunk of a file may be gigabytes of content.
 *
 * @param transform what happens to the chunks, and to marks between them
 * @param keepsChunks whether it still looks at a chunk when it asks for the next: then the writer may have used its memory again
 */
export function streamPair<Mark extends symbol = never>(
  transform: (chunks: AsyncIterable<Uint8Array | Mark>) => AsyncGenerator<Uint8Array>,
  executor: Executor<never>,
  signal: AbortSignal | undefined,
  { keepsChunks }: { readonly keepsChunks: boolean },
): MarkedPair<Mark> {
  const channel = new Channel<Uint8Array | Mark>();
  const output = transform(channel);
  let reader: ReadableStreamDefaultController | undefined;
  let writer: WritableStreamDefaultController | undefined;
  const onAbort = (): void => void stop(signal?.reason);

  /** Ends everything; the other end of the pair fails with the reason. */
  async function stop(reason: unknown): Promise<void> {
    signal?.removeEventListener("abort", onAbort);
    channel.fail(reason);
    writer?.error(reason);
    reader?.error(reason);
    // Once what runs has failed, the pipeline's steps end too, and let go what they hold.
    output.return(undefined).catch(() => undefined);
    await executor.close(reason);
  }

  const readable = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        reader = controller;
      },
      async pull(controller) {
        try {
          const next = await output.next();
          if (next.done !== true) controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
          else {
            signal?.removeEventListener("abort", onAbort);
            await executor.close(new Error("the stream has ended"));
            controller.close();
          }
        } catch (error) {
          await stop(error);
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
  const writable = new WritableStream<Chunk>({
    start(controller) {
      writer = controller;
    },
    async write(chunk) {
      try {
        const bytes = bytesOf(chunk);
        await channel.put(keepsChunks ? bytes.slice() : bytes);
      } catch (error) {
        await stop(error);
        throw error;
      }
    },
    close: () => {
      channel.end();
    },
    abort: stop,
  });
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  return { readable, writable, mark: async (mark) => await channel.put(mark) };
}

/** The bytes of a chunk. @throws TypeError if it has none */
function bytesOf(chunk: Chunk): Uint8Array {
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const type = nameOfType(chunk);
  if (type === "ArrayBuffer" || type === "SharedArrayBuffer") return new Uint8Array(chunk);
  throw new TypeError(`chunk: expected bytes (a Uint8Array, another view or an ArrayBuffer), got ${type}`);
}
