import type { TaskOptions } from "@pith/core";
import type { Analysis } from "../analysis.ts";
import type { AnalyzerOptions } from "../options.ts";
import { representationOf } from "../results/representation.ts";
import { analyzeStream } from "../stream/analyze-stream.ts";
import type { Refutation } from "./refute.ts";

/** What analysing both files of a refutation showed. */
export interface RefutationCheck {
  /** Bytes that differ between the files. */
  readonly differentBytes: number;
  /** Whether all that the paper keeps is equal. */
  readonly representationsEqual: boolean;
  /** Whether the whole reports are equal. */
  readonly analysesEqual: boolean;
  /**
   * log2 of how many files of this size share a representation on average, at least: 8 · (size − bytes of the
   * representation). Not above 0 where the representation is larger than the file.
   */
  readonly filesPerRepresentation: number;
  readonly first: Analysis;
  readonly second: Analysis;
}

/**
 * Analyses both files and compares the reports; progress is of both together.
 *
 * @param options as those of `analyzeStream`; the block size is the refutation's
 */
export async function verifyRefutation(
  refutation: Refutation,
  options: Omit<AnalyzerOptions, "blockSize"> & TaskOptions = {},
): Promise<RefutationCheck> {
  const { size, blockSize } = refutation;
  const analyse = (source: Iterable<Uint8Array>, before: number): Promise<Analysis> =>
    analyzeStream(source, {
      ...options,
      blockSize,
      onProgress: ({ done }) => options.onProgress?.({ done: before + done, total: 2 * size }),
    });
  const first = await analyse(refutation.first(), 0);
  const second = await analyse(refutation.second(), size);
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return {
    differentBytes: countDifferent(refutation),
    representationsEqual: same(representationOf(first), representationOf(second)),
    analysesEqual: same(first, second),
    filesPerRepresentation: 8 * (size - first.claimed.representation.total),
    first,
    second,
  };
}

/** Compares the files themselves, whose chunks are cut alike. */
function countDifferent(refutation: Refutation): number {
  const others = refutation.second()[Symbol.iterator]();
  let different = 0;
  for (const chunk of refutation.first()) {
    const { value: other } = others.next() as IteratorYieldResult<Uint8Array>;
    if (chunk === other) continue;
    chunk.forEach((byte, i) => {
      if (byte !== other[i]) different++;
    });
  }
  return different;
}
