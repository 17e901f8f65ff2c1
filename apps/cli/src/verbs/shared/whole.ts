/** Reads inputs that are held in memory. */

import { Failure } from "../../errors.ts";
import { Source } from "../../files/source.ts";
import { formatBytes } from "../../format.ts";

/** All of a source. @throws Failure if it has more than `largest` bytes */
export async function readAll(source: Source, largest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of source.chunks()) {
    parts.push(chunk);
    if (source.bytesRead > largest) throw new Failure(`expected at most ${formatBytes(largest)}, got more`);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** All of a file, or of standard input. @throws Failure if it has more than `largest` bytes */
export async function readPath(path: string, largest: number): Promise<Uint8Array> {
  const source = await Source.open(path, { streams: true });
  try {
    return await readAll(source, largest);
  } finally {
    await source.close();
  }
}
