/** Bytes that are handed to the compressor at a time: of a stream, browsers read megabytes ahead. */
const SLICE = 2 ** 18;

/**
 * Bytes that the browser's own gzip makes of something.
 *
 * @returns undefined where it has none, where the content cannot be read, and where the signal aborts
 */
export async function gzipLength(content: Blob, signal?: AbortSignal): Promise<number | undefined> {
  let length = 0;
  const counter = new WritableStream<Uint8Array>({
    write: (part) => {
      length += part.length;
    },
  });
  try {
    const { readable, writable } = new CompressionStream("gzip");
    const counted = readable.pipeTo(counter, signal && { signal });
    const writer = writable.getWriter();
    const fed = (async (): Promise<void> => {
      for (let at = 0; at < content.size; at += SLICE) {
        await writer.write(new Uint8Array(await content.slice(at, at + SLICE).arrayBuffer()));
      }
      await writer.close();
    })();
    await Promise.all([counted, fed]);
    return length;
  } catch {
    return undefined;
  }
}
