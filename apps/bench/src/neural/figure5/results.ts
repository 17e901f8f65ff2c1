/** Bits per character as a file goes on, as `neural-figure5.json` holds it; page and picture are made from this alone. */
import type { Where } from "../../measure/where.ts";

/** Means from the start of the file up to a place, in bits per character. */
export interface Point {
  /** Characters so far. */
  readonly characters: number;
  /** Of an adaptive model of order 0 on the characters themselves. */
  readonly file: number;
  /** Of the same on the ranks. */
  readonly ranks: number;
  /** Of the predictions. */
  readonly direct: number;
}

export interface Figure5Results extends Where {
  readonly format: 1;
  readonly file: string;
  /** Name of the method, and its network in words. */
  readonly method: string;
  readonly network: string;
  readonly points: readonly Point[];
  /** Characters from which on the ranks cost less than the file; undefined if they never do. */
  readonly breakEven: number | undefined;
}

/** Costs of each character, in bits. */
interface Costs {
  readonly file: Float32Array;
  readonly ranks: Float32Array;
  readonly direct: Float32Array;
}

const POINTS_A_DECADE = 30;
const FIRST_POINT = 300;

/** Sums costs up: a point at equal distances of a logarithmic axis, and one at the end. */
export function accumulate({ file, ranks, direct }: Costs): Pick<Figure5Results, "points" | "breakEven"> {
  const points: Point[] = [];
  const sums = { file: 0, ranks: 0, direct: 0 };
  let next = FIRST_POINT;
  let breakEven: number | undefined;
  for (let i = 0; i < file.length; i++) {
    sums.file += file[i];
    sums.ranks += ranks[i];
    sums.direct += direct[i];
    const characters = i + 1;
    if (sums.ranks >= sums.file) breakEven = undefined;
    else breakEven ??= characters;
    if (characters < next && characters < file.length) continue;
    next = FIRST_POINT * 10 ** ((points.length + 1) / POINTS_A_DECADE);
    points.push({
      characters,
      file: sums.file / characters,
      ranks: sums.ranks / characters,
      direct: sums.direct / characters,
    });
  }
  return { points, breakEven };
}
