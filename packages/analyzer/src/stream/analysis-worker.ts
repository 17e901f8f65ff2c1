/** The program of the worker that counts statistics, in Web Workers and in Node's threads. */
import { ByteCounter } from "../statistics/byte-counter.ts";
import { byteStatistics } from "../statistics/byte-statistics.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { nodeThreads } from "./node-worker.ts";

const { parentPort } = nodeThreads() ?? { parentPort: null };
let counter: ByteCounter | undefined;

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  if (parentPort !== null) parentPort.postMessage(message, transfer);
  else globalThis.postMessage(message, { transfer });
}

function receive(message: ToWorker): void {
  try {
    if (message.type === "start") counter = new ByteCounter(message.quadruples);
    if (counter === undefined) throw new Error(`"${message.type}" came before "start"`);
    if (message.type === "push") {
      counter.push(new Uint8Array(message.buffer, 0, message.length));
      send({ type: "free", buffer: message.buffer }, [message.buffer]);
    } else if (message.type === "finish") {
      counter.close();
      send({ type: "result", result: byteStatistics(counter) });
    }
  } catch (error) {
    send({ type: "error", message: error instanceof Error ? error.message : String(error) });
  }
}

if (parentPort !== null) {
  parentPort.on("message", (message) => {
    receive(message as ToWorker);
  });
} else {
  globalThis.addEventListener("message", ({ data }) => {
    receive(data as ToWorker);
  });
}
send({ type: "ready" });
