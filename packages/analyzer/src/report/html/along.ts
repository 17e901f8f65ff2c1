import type { Analysis } from "../../analysis.ts";
import { formatBytes, formatShortBytes } from "../numbers.ts";
import type { Tick } from "./chart.ts";

/** Marks along the file. */
export function fileTicks(size: number): Tick[] {
  return [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: at === 0 ? "0" : formatShortBytes(at * size) }));
}

/** Rows of a table at most: what a picture shows finer is brought together. */
const MAXIMUM_ROWS = 64;

/** Stretches of the file for the rows of a table, as indexes of cells. */
export function stretches(cells: number): { readonly start: number; readonly end: number }[] {
  const rows = Math.min(cells, MAXIMUM_ROWS);
  return Array.from({ length: rows }, (_, i) => ({
    start: Math.floor((i * cells) / rows),
    end: Math.floor(((i + 1) * cells) / rows),
  }));
}

/** Where a stretch of cells lies. */
export function placeOf(
  { start, end }: { readonly start: number; readonly end: number },
  cellSize: number,
  { size }: Analysis,
): string {
  return `${formatBytes(start * cellSize)} – ${formatBytes(Math.min(size, end * cellSize))}`;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
