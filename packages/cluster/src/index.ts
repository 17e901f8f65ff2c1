export { openCluster, type Cluster, type Flow } from "./cluster.ts";
export { type ConnectionSettings } from "./connection.ts";
export { ClusterError, FinalError } from "./errors.ts";
export { type ActiveUnit, type FailedUnit, type FlowStatus } from "./status.ts";
export { startWorker, type Task, type WorkerEvent, type WorkerHandle, type WorkerSettings } from "./worker.ts";
