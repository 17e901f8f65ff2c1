import { nodeThreads, startNodeWorker, webWorkerPort, type WorkerPort } from "@pith/core/workers";

/** Starts `pairs-worker.js`. @throws if the host refuses, as by a content security policy */
export function startWorker(): WorkerPort {
  const threads = nodeThreads();
  if (threads === undefined) return startWebWorker();
  return startNodeWorker(threads, new URL("./pairs-worker.js", import.meta.url));
}

/** Starts a Web Worker. */
function startWebWorker(): WorkerPort {
  // Bundlers recognise this form, and no other.
  return webWorkerPort(new Worker(new URL("./pairs-worker.js", import.meta.url), { type: "module" }));
}
