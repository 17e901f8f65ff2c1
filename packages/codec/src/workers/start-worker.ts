import { nodeThreads, startNodeWorker } from "./node-threads.ts";
import type { WorkerPort } from "./port.ts";
import { startWebWorker } from "./web-worker.ts";

/** Starts a worker of the host. @throws where there are none */
export function startWorker(): WorkerPort {
  const threads = nodeThreads();
  return threads === undefined ? startWebWorker() : startNodeWorker(threads);
}
