import type { WorkerPort } from "./port.ts";

/** Starts a Web Worker. @throws if the host refuses, as by a content security policy */
export function startWebWorker(): WorkerPort {
  // Bundlers recognise this form, and no other.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onFailure: (listener) => {
      worker.addEventListener("error", (event) => listener(new Error(`a worker failed: ${event.message}`)));
      worker.addEventListener("messageerror", () => listener(new Error("a worker sent what cannot be read")));
    },
    keepAlive: () => undefined,
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
