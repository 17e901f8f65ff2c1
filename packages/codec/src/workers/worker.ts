/** The program of a worker: one task at a time, in Web Workers and in Node's threads. */
import { finish, stepsOf } from "../run/executor.ts";
import { errorToMessage, fromMessage, type TaskMessage, type WorkerMessage } from "./messages.ts";
import { nodeThreads } from "./node-threads.ts";

const { parentPort } = nodeThreads() ?? { parentPort: null };

function send(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  if (parentPort !== null) parentPort.postMessage(message, transfer);
  else globalThis.postMessage(message, { transfer });
}

function work(message: TaskMessage): void {
  try {
    const result = finish(stepsOf(fromMessage(message)), (done) => {
      send({ type: "progress", done });
    });
    const whole = result.byteLength === result.buffer.byteLength && result.buffer instanceof ArrayBuffer;
    const own = whole ? (result as Uint8Array<ArrayBuffer>) : result.slice();
    send({ type: "done", result: own }, [own.buffer]);
  } catch (error) {
    send({ type: "error", error: errorToMessage(error) });
  }
}

if (parentPort !== null) {
  parentPort.on("message", (message) => {
    work(message as TaskMessage);
  });
} else {
  globalThis.addEventListener("message", ({ data }) => {
    work(data as TaskMessage);
  });
}
send({ type: "ready" });
