/** One contestant on one file: compress, decompress, compare. */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Contestant } from "../contestants/contestant.ts";
import { firstDifference, readBytes } from "./bytes.ts";
import { type Machine, type Measurement, measure } from "./child.ts";

/** What came of it. */
export interface Trial {
  /** Bytes of the compressed file. */
  readonly size: number;
  readonly compress: Measurement;
  readonly decompress: Measurement;
}

/**
 * @param original file to compress
 * @param folder for the two outputs, which are removed in the end
 * @throws Error if a program fails or the decompressed file differs
 */
export async function runTrial(
  contestant: Contestant,
  original: string,
  folder: string,
  machine: Machine,
): Promise<Trial> {
  const compressed = join(folder, `compressed${contestant.extension}`);
  const restored = join(folder, "restored");
  try {
    const compress = await measure(contestant.compress(original, compressed), compressed, machine);
    const { size } = statSync(compressed);
    const decompress = await measure(contestant.decompress(compressed, restored, original), restored, machine);
    const difference = firstDifference(readBytes(original), readBytes(restored));
    if (difference !== undefined) {
      throw new Error(`${contestant.name}: the decompressed file differs from the original at byte ${difference}`);
    }
    return { size, compress, decompress };
  } finally {
    for (const file of [compressed, restored]) rmSync(file, { force: true, recursive: true });
  }
}
