/** What was compressed, as rows of a table. */
import { csvOf } from "../shared/csv.ts";
import type { Job } from "./queue.ts";

export interface ResultRow {
  readonly id: number;
  readonly name: string;
  /** Of the file, by gzip where that is known, and by Pith. */
  readonly bytes: number;
  readonly gzip: number | undefined;
  readonly pith: number;
  /** Of its size, 0 to 1 and more. */
  readonly share: number;
  readonly level: number;
  readonly seconds: number;
}

export type Column = Exclude<keyof ResultRow, "id">;

const COLUMNS: readonly Column[] = ["name", "bytes", "gzip", "pith", "share", "level", "seconds"];

/** The rows of those jobs that compressed something. */
export function resultsOf(jobs: readonly Job[]): ResultRow[] {
  return jobs.flatMap(({ id, file, task, state }): ResultRow[] => {
    if (state.type !== "done" || task.type === "decompress") return [];
    const { level } = task.choices;
    const { result, gzipLength: gzip, seconds } = state;
    const share = file.size === 0 ? 0 : result.size / file.size;
    return [{ id, name: file.name, bytes: file.size, gzip, pith: result.size, share, level, seconds }];
  });
}

/** Less than 0 if the first comes first; what is not known comes first of all. */
export function compareRows(first: ResultRow, second: ResultRow, by: Column): number {
  if (by === "name") return first.name.localeCompare(second.name, "en", { numeric: true });
  return (first[by] ?? -1) - (second[by] ?? -1);
}

export function csvOfResults(rows: readonly ResultRow[]): string {
  return csvOf(
    COLUMNS,
    rows.map((row) => COLUMNS.map((column) => row[column] ?? "")),
  );
}
