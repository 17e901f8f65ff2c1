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
    const compressor = new CompressionStream("gzip");
    await content
      .stream()
      .pipeThrough(compressor)
      .pipeTo(counter, signal && { signal });
    return length;
  } catch {
    return undefined;
  }
}
