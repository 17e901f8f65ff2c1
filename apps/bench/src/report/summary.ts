/** One contestant over several files: the means that the first table and the picture show. */
import { geometricMean, mean } from "../measure/statistics.ts";
import type { Direction, Results } from "./results.ts";

/** Means over files: arithmetic for sizes, geometric for speeds and ratios, the largest for memory. */
export interface Summary {
  readonly id: string;
  readonly name: string;
  readonly bitsPerCharacter: number;
  readonly compress: Omit<Direction, "seconds">;
  readonly decompress: Omit<Direction, "seconds">;
}

/** Summaries of the contestants that finished every one of the files, in the order of the contestants. */
export function summariseFiles(results: Results, files: readonly string[]): Summary[] {
  return results.contestants.flatMap(({ id, name }) => {
    const rows = results.rows.filter((row) => row.contestant === id && files.includes(row.file));
    if (rows.length === 0 || rows.length < files.length) return [];
    const direction = (of: "compress" | "decompress"): Summary["compress"] => {
      const directions = rows.map((row) => row[of]);
      const ratios = directions.map(({ toReference }) => toReference).filter((ratio) => ratio !== undefined);
      const peaks = directions.map(({ peakMemory }) => peakMemory).filter((peak) => peak !== undefined);
      return {
        speed: geometricMean(directions.map(({ speed }) => speed)),
        toReference: ratios.length === rows.length ? geometricMean(ratios) : undefined,
        peakMemory: peaks.length === rows.length ? Math.max(...peaks) : undefined,
      };
    };
    const bitsPerCharacter = mean(rows.map((row) => row.bitsPerCharacter));
    return [{ id, name, bitsPerCharacter, compress: direction("compress"), decompress: direction("decompress") }];
  });
}
