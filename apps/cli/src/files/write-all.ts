import { write } from "node:fs";
import { promisify } from "node:util";

const writeOnce = promisify(write);

/** Writes a whole chunk at the file's own position, however many writes that takes. */
export async function writeAll(descriptor: number, chunk: Uint8Array): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    const { bytesWritten } = await writeOnce(descriptor, chunk, done, chunk.length - done, null);
    done += bytesWritten;
  }
}
