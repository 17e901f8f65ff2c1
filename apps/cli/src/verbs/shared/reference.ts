/** The file that what is coded is the difference to. */

import type { RandomAccessSource } from "@pith/codec";

import { Failure } from "../../errors.ts";
import { formatOf } from "../../files/formats.ts";
import { Source } from "../../files/source.ts";
import { advising, naming } from "./advising.ts";

const ADVICE = "name a safetensors file that is whole, or what Pith made of one";

/**
 * Opens a file of model weights, as it is or as Pith has compressed it, for as long as something takes.
 *
 * @param paths none, or one
 * @throws Failure that names the file
 */
export async function withReferenceFile<Result>(
  paths: readonly string[],
  memoryLimit: number,
  use: (reference: RandomAccessSource | undefined) => Promise<Result>,
): Promise<Result> {
  if (paths.length === 0) return await use(undefined);
  const [path] = paths;
  if (paths.length > 1) throw new Failure(`--reference: expected one file, got ${paths.length}`);
  const source = await naming(path, () => Source.open(path, { streams: false }));
  try {
    return await use(await naming(path, () => advising(ADVICE, () => readable(source, memoryLimit))));
  } finally {
    await source.close();
  }
}

/** The content of a file that has tensors. @throws PithError if it has none */
async function readable(source: Source, memoryLimit: number): Promise<RandomAccessSource> {
  const file = await contentOf(source, memoryLimit);
  const { SafetensorsFile } = await import("@pith/tensors");
  await SafetensorsFile.open(file);
  return file;
}

async function contentOf(source: Source, memoryLimit: number): Promise<RandomAccessSource> {
  const file = source.randomAccess();
  if (formatOf(await source.beginning())?.name !== "Pith") return file;
  const { openFile } = await import("@pith/codec");
  const opened = await openFile(file);
  const { contentLength } = opened;
  return {
    size: contentLength,
    read: (offset, length) => opened.range(offset, Math.min(contentLength, offset + length), { memoryLimit }),
  };
}
