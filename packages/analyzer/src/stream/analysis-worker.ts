/** The program of the worker that counts statistics, in Web Workers and in Node's threads. */
import { hostOfWorker } from "@pith/core/workers";
import { ByteCounter } from "../statistics/byte-counter.ts";
import { byteStatistics } from "../statistics/byte-statistics.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

let counter: ByteCounter | undefined;

const host = hostOfWorker<FromWorker>((message) => {
  receive(message as ToWorker);
});

function receive(message: ToWorker): void {
  try {
    if (message.type === "start") counter = new ByteCounter(message.quadruples);
    if (counter === undefined) throw new Error(`"${message.type}" came before "start"`);
    if (message.type === "push") {
      counter.push(new Uint8Array(message.buffer, 0, message.length));
      host.send({ type: "free", buffer: message.buffer }, [message.buffer]);
    } else if (message.type === "finish") {
      counter.close();
      host.send({ type: "result", result: byteStatistics(counter) });
    }
  } catch (error) {
    host.send({ type: "error", message: error instanceof Error ? error.message : String(error) });
  }
}

host.send({ type: "ready" });
