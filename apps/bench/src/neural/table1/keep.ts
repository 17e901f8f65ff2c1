/** The table's files: results, page and picture, written again with each row. */
import { readResults, writeResults } from "../output.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import { withRow, type Row, type Table1Results } from "./results.ts";

const NAME = "neural-table1";

/** What earlier runs found. */
export function readTable(folder: string): Table1Results {
  return readResults(folder, NAME, { format: 1, rows: [] });
}

export function writeTable(folder: string, results: Table1Results): void {
  writeResults(folder, NAME, results, { page: toPage(results, `${NAME}.svg`), picture: toPicture(results) });
}

/** Adds a row to what is there. */
export function keepRow(folder: string, row: Row): void {
  writeTable(folder, withRow(readTable(folder), row));
}
