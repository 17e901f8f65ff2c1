import { wrap } from "comlink";
import { gzipLength } from "../shared/gzip-length.ts";
import type { GzipMeasurer } from "./gzip-worker.ts";

/** Bytes that are measured faster than a worker starts. */
const SMALL = 2 ** 20;

/** As {@link gzipLength}, without keeping this thread from anything else; a long file has a worker of its own. */
export async function measureGzip(content: Blob, signal: AbortSignal): Promise<number | undefined> {
  if (content.size <= SMALL) return await gzipLength(content, signal);
  const worker = new Worker(new URL("./gzip-worker.ts", import.meta.url), { type: "module" });
  try {
    return await new Promise((resolve) => {
      const nothing = (): void => resolve(undefined);
      signal.addEventListener("abort", nothing, { once: true });
      worker.addEventListener("error", nothing, { once: true });
      wrap<GzipMeasurer>(worker).measure(content).then(resolve, nothing);
      if (signal.aborted) nothing();
    });
  } finally {
    worker.terminate();
  }
}
