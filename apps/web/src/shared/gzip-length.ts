/**
 * Bytes that the browser's own compressor makes of something.
 *
 * @param format `gzip`, or another that the browser may have, as `brotli`
 * @returns undefined where it has none, where the content cannot be read, and where the signal aborts
 */
export async function nativeLength(content: Blob, format: string, signal?: AbortSignal): Promise<number | undefined> {
  let length = 0;
  const counter = new WritableStream<Uint8Array>({
    write: (part) => {
      length += part.length;
    },
  });
  try {
    const compressor = new CompressionStream(format as CompressionFormat);
    await content
      .stream()
      .pipeThrough(compressor)
      .pipeTo(counter, signal && { signal });
    return length;
  } catch {
    return undefined;
  }
}
