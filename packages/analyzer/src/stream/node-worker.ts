import type { WorkerPort } from "./start-worker.ts";

/** What is used of `node:worker_threads`, which has no types here: this package is built without Node's. */
interface WorkerThreads {
  readonly Worker: new (url: URL, options: object) => NodeWorker;
  readonly parentPort: NodeEmitter | null;
}

interface NodeEmitter {
  on(event: "message", listener: (message: unknown) => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
}

interface NodeWorker extends NodeEmitter {
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

/** Starts a thread of Node. */
export function startNodeWorker({ Worker }: WorkerThreads): WorkerPort {
  // Flags of the program, such as --input-type, may not suit a file.
  const worker = new Worker(new URL("./analysis-worker.js", import.meta.url), { execArgv: [] });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.on("message", listener),
    onFailure: (listener) => {
      worker.on("error", (cause) => listener(new Error(`a worker failed: ${cause.message}`, { cause })));
      worker.on("exit", (code) => listener(new Error(`a worker ended with exit code ${code}`)));
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
}
