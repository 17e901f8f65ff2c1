import { nodeThreads, startNodeWorker, webWorkerPort, type WorkerPort } from "@pith/core/workers";

/** Where the program of workers is, if not beside this file. */
let provided: URL | string | (() => Worker) | undefined;

/**
 * Says where the program of workers is: the module `@pith/codec/worker`. Only bundles need it whose bundler does not know
 * `new Worker(new URL(…))`, as esbuild and rollup by themselves, so that they do not bring that module along.
 *
 * @param source its URL, absolute; or, for hosts with Web Workers, what starts one of its workers
 * @throws TypeError for anything else
 * @example
 * provideWorker(new URL("./pith-worker.js", import.meta.url)); // an entry of the bundle, made of "@pith/codec/worker"
 */
export function provideWorker(source: URL | string | (() => Worker)): void {
  if (typeof source === "string" || source instanceof URL || typeof source === "function") provided = source;
  else throw new TypeError(`source: expected a URL, a string or a function, got ${typeof source}`);
}

/** Starts a worker of the host. @throws where there are none */
export function startWorker(): WorkerPort {
  if (typeof provided === "function") return webWorkerPort(provided());
  // Bundlers recognise `new Worker(new URL(…))`, and no other form.
  const beside = new URL("./worker.js", import.meta.url);
  const url = provided === undefined ? beside : new URL(provided);
  const threads = nodeThreads();
  if (threads !== undefined) return startNodeWorker(threads, url);
  if (provided !== undefined) return webWorkerPort(new Worker(url, { type: "module" }), url);
  return webWorkerPort(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }), beside);
}
