/** Writes to standard output, whatever it is. */

import { fstatSync } from "node:fs";
import { isatty } from "node:tty";

import { Failure, ReaderGone, systemCode } from "../errors.ts";
import { explain } from "../explain.ts";
import { writeAll } from "./write-all.ts";

const STANDARD_OUTPUT = 1;

export function standardOutputIsTerminal(): boolean {
  return isatty(STANDARD_OUTPUT);
}

let write: ((chunk: Uint8Array) => Promise<void>) | undefined;

/**
 * Resolves once the chunk is handed over, so that a slow reader slows the writer down.
 *
 * @throws ReaderGone if nobody reads any more
 * @throws Failure that says what to do
 */
export async function writeStandardOutput(chunk: Uint8Array): Promise<void> {
  write ??= chooseWriter();
  try {
    await write(chunk);
  } catch (error) {
    const code = systemCode(error);
    // Windows reports a closed pipe as EOF.
    if (code === "EPIPE" || code === "EOF") throw new ReaderGone();
    throw new Failure(`cannot write to standard output, where a part may lie now: ${explain(error).message}`, code);
  }
}

function chooseWriter(): (chunk: Uint8Array) => Promise<void> {
  const stats = fstatSync(STANDARD_OUTPUT);
  // Node's stream takes no notice of a short write to a file, which is how a full disk begins to show.
  if (!stats.isFIFO() && !stats.isSocket() && !standardOutputIsTerminal()) {
    return (chunk) => writeAll(STANDARD_OUTPUT, chunk);
  }
  // A pipe goes through the stream: it waits in the event loop, so that Ctrl-C is heard while the reader sleeps.
  process.stdout.on("error", () => undefined);
  return (chunk) =>
    new Promise((resolve, reject) => {
      process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
}
