/** What writing and reading streams share. */

import { Failure } from "../../errors.ts";
import type { Source } from "../../files/source.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Session } from "../../session.ts";
import type { PairsSettings } from "./settings.ts";

const SUFFIX = ".pairs";
/** A stream is held in memory. */
export const LARGEST = 2 ** 30;

export function streamName(source: string): string {
  return source + SUFFIX;
}

/** @throws Failure if the source lacks the suffix */
export function textName(source: string): string {
  if (source.endsWith(SUFFIX) && source.length > SUFFIX.length) return source.slice(0, -SUFFIX.length);
  throw new Failure(`does not end in ${SUFFIX}, so that the output has no name; give it one with -o, or use -c`);
}

/** Options of the codec, and a progress bar while it works. */
export async function withProgress<Result>(
  session: Session<PairsSettings>,
  source: Source,
  task: (options: {
    threads: number;
    memoryLimit: number;
    onProgress: (progress: { done: number }) => void;
  }) => Promise<Result>,
): Promise<Result> {
  const bar = showProgress(session, displayName(source.path), source.size);
  const { memoryLimit, workerThreads: threads } = session.settings;
  try {
    return await task({ threads, memoryLimit, onProgress: ({ done }) => bar.update(done) });
  } finally {
    bar.stop();
  }
}
