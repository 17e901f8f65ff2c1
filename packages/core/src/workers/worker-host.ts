import { nodeThreads } from "./node-threads.ts";

/** The side of a worker that faces who started it. */
export interface WorkerHost<Message> {
  /** @param transfer buffers that go with the message, and are gone from here */
  send(message: Message, transfer?: ArrayBuffer[]): void;
}

/** In a worker: listens to who started it. @param listener takes each message, as it was posted */
export function hostOfWorker<Message>(listener: (message: unknown) => void): WorkerHost<Message> {
  const { parentPort } = nodeThreads() ?? { parentPort: null };
  if (parentPort !== null) {
    parentPort.on("message", listener);
    return { send: (message, transfer = []) => parentPort.postMessage(message, transfer) };
  }
  globalThis.addEventListener("message", ({ data }) => {
    listener(data);
  });
  return { send: (message, transfer = []) => globalThis.postMessage(message, { transfer }) };
}
