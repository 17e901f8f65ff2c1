import { nodeThreads, startNodeWorker } from "./node-worker.ts";

/** A worker, the same in every host. */
export interface WorkerPort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The worker could not start, crashed or ended. */
  onFailure(listener: (error: Error) => void): void;
  terminate(): Promise<void>;
}

/** Starts `analysis-worker.js`; undefined where the host has no workers or refuses one. */
export function startWorker(): WorkerPort | undefined {
  try {
    const threads = nodeThreads();
    return threads === undefined ? startWebWorker() : startNodeWorker(threads);
  } catch {
    return undefined;
  }
}

function startWebWorker(): WorkerPort {
  // Bundlers recognise this form, and no other.
  const worker = new Worker(new URL("./analysis-worker.js", import.meta.url), { type: "module" });
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onFailure: (listener) => {
      worker.addEventListener("error", (event) => listener(new Error(`a worker failed: ${event.message}`)));
      worker.addEventListener("messageerror", () => listener(new Error("a worker sent what cannot be read")));
    },
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
