import { nodeThreads, startNodeWorker, webWorkerPort, type WorkerPort } from "@pith/core/workers";

/** Starts `analysis-worker.js`; undefined where the host has no workers or refuses one. */
export function startWorker(): WorkerPort | undefined {
  try {
    const threads = nodeThreads();
    if (threads !== undefined) return startNodeWorker(threads, new URL("./analysis-worker.js", import.meta.url));
    // Bundlers recognise this form, and no other.
    return webWorkerPort(new Worker(new URL("./analysis-worker.js", import.meta.url), { type: "module" }));
  } catch {
    return undefined;
  }
}
