import { PithError, type TaskOptions } from "@pith/core";
import type { Analysis } from "../analysis.ts";
import { checkSize } from "../size.ts";
import { type AnalyzerOptions, checkOptions, tableSizes } from "../options.ts";
import { PatternCounter } from "../patterns/pattern-counter.ts";
import { assemble } from "../results/assemble.ts";
import { startStatistics } from "./statistics-task.ts";

/** Options of {@link analyzeStream}. */
export interface AnalyzeStreamOptions extends AnalyzerOptions, TaskOptions {
  /** Bytes that are to come, where that is known: if more or fewer come, the file changed while it was read. */
  readonly size?: number | undefined;
  /** 2 (default): statistics are counted on a worker, where the host has them, and patterns on this thread. 1: no worker. */
  readonly threads?: 1 | 2 | undefined;
}

/** Bytes that go to the worker at a time. */
const BATCH = 2 ** 20;

/**
 * Analyses a stream: levels 1 to 3 on this thread, level 4 on a worker. Memory does not depend on the length.
 *
 * @param source chunks of any size; each is read before the next is asked for, and not kept
 * @throws PithError `truncated` for less data than a block, or than `size` says; `trailing-data` for more than it says
 * @throws TypeError, RangeError for options out of range
 * @throws whatever the source throws, and the reason of the signal
 */
export async function analyzeStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: AnalyzeStreamOptions = {},
): Promise<Analysis> {
  const settings = checkOptions(options);
  const { size: expected, threads = 2, signal, onProgress } = options;
  if (![1, 2].includes(threads)) throw new RangeError(`threads: expected 1 or 2, got ${String(threads)}`);
  signal?.throwIfAborted();
  const { patterns: tables, quadruples } = tableSizes(settings.memoryLimit, settings.signature);
  const counter = new PatternCounter({ ...settings, tables });
  const statistics = await startStatistics(quadruples, threads > 1);
  try {
    let size = 0;
    let batch = await statistics.buffer(BATCH);
    let filled = 0;
    const flush = async (): Promise<void> => {
      const content = batch.subarray(0, filled);
      counter.push(content);
      statistics.push(content);
      batch = await statistics.buffer(BATCH);
      filled = 0;
      signal?.throwIfAborted();
      onProgress?.({ done: size, total: expected });
    };
    for await (const chunk of source) {
      size += chunk.length;
      if (expected !== undefined && size > expected) throw changed("trailing-data", expected, size);
      for (let at = 0; at < chunk.length;) {
        const piece = chunk.subarray(at, at + BATCH - filled);
        batch.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled === BATCH) await flush();
      }
    }
    await flush();
    if (expected !== undefined && size < expected) throw changed("truncated", expected, size);
    checkSize(size, settings.blockSize);
    return assemble(settings, size, counter, await statistics.finish());
  } finally {
    await statistics.close();
  }
}

function changed(code: "trailing-data" | "truncated", expected: number, got: number): PithError {
  return new PithError(code, "the data changed its length while it was read", {
    offset: Math.min(expected, got),
    expected,
    got,
  });
}
