/** A pipe, copied to where one can go back and forth in it. */

import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RandomAccessSource } from "@pith/codec";

import { randomAccessTo, type Source } from "./source.ts";
import { closeQuietly, createTemporary, removeTemporary } from "./temporary.ts";
import { writeAll } from "./write-all.ts";

/** Copies what is left of a source to a temporary file for as long as `use` takes. */
export async function spooled<Result>(
  source: Source,
  use: (file: RandomAccessSource) => Promise<Result>,
): Promise<Result> {
  const { path, descriptor } = createTemporary(join(tmpdir(), "pipe"), 0o600);
  try {
    for await (const chunk of source.chunks()) await writeAll(descriptor, chunk);
    return await use(randomAccessTo(descriptor, source.bytesRead));
  } finally {
    closeQuietly(descriptor);
    removeTemporary(path);
  }
}
