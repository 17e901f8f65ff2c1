/** The file that what is coded is the difference to. */

import type { PriorSource, RandomAccessSource } from "@pith/codec";
import { PithError } from "@pith/core";
import type { Reference } from "@pith/priors";

import { Failure } from "../../errors.ts";
import { formatOf } from "../../files/formats.ts";
import { Source } from "../../files/source.ts";
import { formatBytes } from "../../format.ts";
import { naming } from "./advising.ts";

/** What OLD is to what is coded: model weights to model weights, or an earlier version of any file. */
export interface ReferenceMeans {
  readonly reference: RandomAccessSource | undefined;
  readonly patched: Reference | undefined;
}

/**
 * Opens an earlier version, as it is or as Pith has compressed it, for as long as something takes.
 *
 * @param paths none, or one
 * @throws Failure that names the file
 */
export async function withReferenceFile<Result>(
  paths: readonly string[],
  memoryLimit: number,
  use: (means: ReferenceMeans) => Promise<Result>,
): Promise<Result> {
  if (paths.length === 0) return await use({ reference: undefined, patched: undefined });
  const [path] = paths;
  if (paths.length > 1) throw new Failure(`--reference: expected one file, got ${paths.length}`);
  const source = await naming(path, () => Source.open(path, { streams: false }));
  try {
    return await use(await naming(path, () => meansOf(source, memoryLimit)));
  } finally {
    await source.close();
  }
}

async function meansOf(source: Source, memoryLimit: number): Promise<ReferenceMeans> {
  const file = await contentOf(source, memoryLimit);
  const { SafetensorsFile } = await import("@pith/tensors");
  try {
    await SafetensorsFile.open(file);
    return { reference: file, patched: undefined };
  } catch (error) {
    if (!(error instanceof PithError)) throw error;
  }
  if (file.size > memoryLimit) {
    throw new Failure(
      `expected at most ${formatBytes(memoryLimit)}, got ${formatBytes(file.size)}; allow more with --memory`,
    );
  }
  const { Reference } = await import("@pith/priors");
  return { reference: undefined, patched: new Reference(await file.read(0, file.size)) };
}

/** What finds the priors that files name, an earlier version among them. */
export function priorsBeside(patched: Reference | undefined, find: PriorSource): PriorSource {
  if (patched === undefined || typeof find !== "function") return find;
  return async (hash) => (hash === patched.hash ? patched : ((await find(hash)) ?? patched));
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
