import { checkBytes } from "@pith/core";
import type { Executor } from "../workers/executor.ts";
import { Channel } from "./channel.ts";

/** The two ends of a transform. */
export interface StreamPair {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<Uint8Array>;
}

/**
 * Streams around a pipeline. Unlike a `TransformStream` it holds back the pipeline, not only the writer: one small
 * chunk of a file may be gigabytes of content.
 *
 * @param transform what happens to the chunks
 */
export function streamPair(
  transform: (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>,
  executor: Executor<never>,
  signal: AbortSignal | undefined,
): StreamPair {
  const channel = new Channel();
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
  const writable = new WritableStream<Uint8Array>({
    start(controller) {
      writer = controller;
    },
    async write(chunk) {
      try {
        // A copy: the caller may use the chunk's memory again, while blocks still wait.
        await channel.put(checkBytes("chunk", chunk).slice());
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
  return { readable, writable };
}
