export { type Executor, type Need, type Program } from "./executor.ts";
export { executors } from "./executor-for.ts";
export { LostWorkerError } from "./lost-worker.ts";
export { nodeThreads, startNodeThread, startNodeWorker } from "./node-threads.ts";
export { type WorkerPort } from "./port.ts";
export { need, serve } from "./serve.ts";
export { webWorkerPort } from "./web-worker.ts";
export { withExecutor } from "./with-executor.ts";
export { hostOfWorker, type WorkerHost } from "./worker-host.ts";
