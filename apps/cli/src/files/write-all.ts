import { write } from "node:fs";
import { promisify } from "node:util";

const writeOnce = promisify(write);

/**
 * Writes a whole chunk, however many writes that takes.
 *
 * @param position in bytes from the start of the file; where the file itself stands if left out
 */
export async function writeAll(descriptor: number, chunk: Uint8Array, position?: number): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    const at = position === undefined ? null : position + done;
    const { bytesWritten } = await writeOnce(descriptor, chunk, done, chunk.length - done, at);
    done += bytesWritten;
  }
}
