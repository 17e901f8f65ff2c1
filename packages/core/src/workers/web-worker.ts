import { LostWorkerError } from "./lost-worker.ts";
import type { WorkerPort } from "./port.ts";

/**
 * A Web Worker as a port. It is made by the caller: bundlers recognise `new Worker(new URL(…))`, and no other form.
 *
 * @param url of its program, where that is known: browsers do not say why a worker did not start, but what lies there does
 */
export function webWorkerPort(worker: Worker, url?: URL): WorkerPort {
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onFailure: (listener) => {
      worker.addEventListener("error", (event) => {
        const failed = new Error(`a worker failed: ${event.message}`);
        // Only an error of the program itself has a message.
        if (url === undefined || event instanceof ErrorEvent) listener(failed);
        else void isProgram(url).then((is) => listener(is ? failed : new LostWorkerError(url.href)));
      });
      worker.addEventListener("messageerror", () => listener(new Error("a worker sent what cannot be read")));
    },
    keepAlive: () => undefined,
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}

/** Whether a program lies there; servers of pages with one address give the page itself for what they do not have. */
async function isProgram(url: URL): Promise<boolean> {
  try {
    const response = await fetch(url, { method: "HEAD" });
    return response.ok && !(response.headers.get("content-type") ?? "").startsWith("text/html");
  } catch {
    // A policy may forbid to ask.
    return true;
  }
}
