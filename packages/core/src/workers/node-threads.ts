import { LostWorkerError } from "./lost-worker.ts";
import type { WorkerPort } from "./port.ts";

/** What is used of `node:worker_threads`, which has no types here: this package is built without Node's. */
interface WorkerThreads {
  readonly Worker: new (url: URL, options: object) => NodeWorker;
  readonly parentPort: NodeEmitter | null;
  /** What the thread was given by whoever started it; null if nothing was. */
  readonly workerData: unknown;
}

interface NodeEmitter {
  on(event: "message", listener: (message: unknown) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
}

interface NodeWorker extends NodeEmitter {
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface NodeProcess {
  getBuiltinModule?(name: "node:worker_threads"): WorkerThreads;
}

/** Node's threads; undefined in other hosts. Not by `import`, which bundlers for browsers would follow. */
export function nodeThreads(): WorkerThreads | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.getBuiltinModule?.("node:worker_threads");
}

/** What Node calls a file that is not there. */
const MISSING: ReadonlySet<string> = new Set(["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"]);

function fileName({ pathname }: URL): string {
  return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1));
}

/** Starts a thread of Node. @param url of its program */
export function startNodeWorker({ Worker }: WorkerThreads, url: URL): WorkerPort {
  // Flags of the program, such as --input-type, may not suit a file.
  const worker = new Worker(url, { execArgv: [] });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.on("message", listener),
    onFailure: (listener) => {
      worker.on("error", (cause) => {
        const lost = MISSING.has((cause as { code?: string }).code ?? "") && cause.message.includes(fileName(url));
        listener(
          lost ? new LostWorkerError(url.href, { cause }) : new Error(`a worker failed: ${cause.message}`, { cause }),
        );
      });
      worker.on("exit", (code) => listener(new Error(`a worker ended with exit code ${code}`)));
    },
    keepAlive: (keep) => (keep ? worker.ref() : worker.unref()),
    terminate: async () => {
      await worker.terminate();
    },
  };
}

/**
 * Starts a thread of Node that does one thing, beside one that does not turn its event loop meanwhile: it hears of no failure,
 * and has to see to it by what the two share.
 *
 * @param data what its program finds as `workerData`
 * @returns what ends it
 */
export function startNodeThread({ Worker }: WorkerThreads, url: URL, data: unknown): () => void {
  const worker = new Worker(url, { execArgv: [], workerData: data });
  worker.on("error", () => undefined);
  worker.unref();
  return () => void worker.terminate();
}
