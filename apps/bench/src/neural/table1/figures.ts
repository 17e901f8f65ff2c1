/** Bits per character, from the sizes of the rows. */
import { thousands } from "../../report/format.ts";
import { paperFigure } from "../paper.ts";
import type { Row, Table1Results } from "./results.ts";

/** What is counted. */
type Count = "ranks" | "direct";

/**
 * Bits per character of a row, with the table that says which bytes or tokens the symbols are. A trained network's
 * weights are left out, as the paper leaves them out.
 *
 * @returns undefined if the row was not coded so
 */
export function bitsPerCharacter(row: Row, count: Count): number | undefined {
  const coded = row[count];
  return coded === undefined ? undefined : ((coded + (row.table ?? 0)) * 8) / row.characters;
}

/** The same with the weights of a network that was trained on the file; undefined if there is none. */
export function withWeights(row: Row, count: Count): number | undefined {
  const without = bitsPerCharacter(row, count);
  return without === undefined || row.weights === undefined ? undefined : without + (row.weights * 8) / row.characters;
}

export function findRow({ rows }: Table1Results, method: string, file: string): Row | undefined {
  return rows.find((row) => row.method === method && row.file === file);
}

/** Files that have rows: those of the paper's table first, in its order. */
export function filesOf({ rows }: Table1Results, order: readonly string[]): string[] {
  const found = [...new Set(rows.map(({ file }) => file))].sort();
  return [...order.filter((file) => found.includes(file)), ...found.filter((file) => !order.includes(file))];
}

/** How much of the files was coded, for people. */
export function lengthsOf({ rows }: Table1Results): string {
  return [...new Set(rows.map(({ characters }) => characters))]
    .sort((a, b) => a - b)
    .map(thousands)
    .join(" or ");
}

/** How far a coder that predicts nothing may be from the paper's: two digits, and another implementation. */
const TOLERANCES = { arithmetic: 0.01, huffman: 0.02 };

/** Whether the bytes are those of the paper, as far as frequencies tell: coders of order 0 must come to its figures. */
export function isFileOfPaper(results: Table1Results, file: string): boolean {
  return Object.entries(TOLERANCES).every(([coder, tolerance]) => {
    const row = findRow(results, coder, file);
    const paper = paperFigure(coder, file);
    const own = row === undefined ? undefined : bitsPerCharacter(row, "ranks");
    return own !== undefined && paper !== undefined && Math.abs(own - paper) <= tolerance;
  });
}
