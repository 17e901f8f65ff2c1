import { closeSync, openSync } from "node:fs";

import type { RandomAccessSource } from "@pith/codec";

import { Failure } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { randomAccessTo } from "../../files/source.ts";
import { printableName, systemPath } from "../../files/system-path.ts";

const CHUNK = 2 ** 20;

/** A range of a file, until it is closed. @throws Failure if the file cannot be opened */
export function openRange(
  path: string,
  start: number,
  end: number,
): { readonly range: RandomAccessSource; readonly close: () => void } {
  let descriptor: number;
  try {
    descriptor = openSync(systemPath(path), "r");
  } catch (error) {
    const { message, code } = explain(error);
    throw new Failure(`cannot read the input ${printableName(path)}: ${message}`, code);
  }
  const file = randomAccessTo(descriptor, end);
  return {
    range: { size: end - start, read: (offset, length) => file.read(start + offset, length) },
    close: () => closeSync(descriptor),
  };
}

/** A range of a file, opened for as long as something takes. */
export async function withRange<Result>(
  path: string,
  start: number,
  end: number,
  use: (range: RandomAccessSource) => Promise<Result>,
): Promise<Result> {
  const { range, close } = openRange(path, start, end);
  try {
    return await use(range);
  } finally {
    close();
  }
}

/** What is in a range, from its start, as far as there is something. */
export async function* chunksOf(range: RandomAccessSource): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < range.size;) {
    const chunk = await range.read(at, Math.min(CHUNK, range.size - at));
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}
