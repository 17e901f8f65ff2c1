/** A worker as the pool sees it, the same in every host. */
export interface WorkerPort {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The worker could not start, crashed or ended. */
  onFailure(listener: (error: Error) => void): void;
  /** Whether the worker keeps the process alive. */
  keepAlive(keep: boolean): void;
  terminate(): Promise<void>;
}
