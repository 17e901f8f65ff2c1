// A worker that begins what it is given, says so in a file, and does not end it: to be killed.
import { writeFileSync } from "node:fs";
import { startWorker } from "@pith/cluster";

const [url, queue, file] = process.argv.slice(2);
const hang = async () => {
  writeFileSync(file, "");
  await new Promise(() => undefined);
};
const worker = await startWorker({ url, queue, name: "hangs", lease: 1, run: hang, merge: hang });
await worker.ended;
