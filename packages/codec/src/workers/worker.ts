/** The program of a worker: one task at a time, in Web Workers and in Node's threads. */
import { isWhole } from "../bytes/concatenate.ts";
import { finish } from "../steps/finish.ts";
import { stepsOf } from "../run/executor.ts";
import { install, type Installed } from "../run/install.ts";
import { errorToMessage, type Answer } from "./answers.ts";
import { fromMessage, type TaskMessage } from "./messages.ts";
import { nodeThreads } from "./node-threads.ts";

const { parentPort } = nodeThreads() ?? { parentPort: null };

function send(message: Answer, transfer: ArrayBuffer[] = []): void {
  if (parentPort !== null) parentPort.postMessage(message, transfer);
  else globalThis.postMessage(message, { transfer });
}

function receive(message: TaskMessage | { readonly installed: Installed }): void {
  if ("installed" in message) install(message.installed);
  else work(message);
}

function work(message: TaskMessage): void {
  try {
    const result = finish(stepsOf(fromMessage(message)), (done) => {
      send({ type: "progress", done });
    });
    const own = isWhole(result) ? result : result.slice();
    send({ type: "done", result: own }, [own.buffer]);
  } catch (error) {
    send({ type: "error", error: errorToMessage(error) });
  }
}

if (parentPort !== null) {
  parentPort.on("message", (message) => {
    receive(message as TaskMessage | { readonly installed: Installed });
  });
} else {
  globalThis.addEventListener("message", ({ data }) => {
    receive(data as TaskMessage | { readonly installed: Installed });
  });
}
send({ type: "ready" });
