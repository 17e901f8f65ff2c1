/** What lies around the next byte in a grid of cells and rows, and what it would be if values went on as they do there. */

import { hash } from "../../hash";
import { byteBack, position } from "../bytes";
import { around, cell, row, startGrid, updateGrid } from "../grid";
import { VECTORS, weightSet } from "../mixer";
import { context } from "./context";

/** The byte's place in its row. */
let column: i32 = 0;
/** Hash of the bytes of its cell so far. */
let cellSoFar: i32 = 0;

export function startGridContexts(): void {
  if (!usesThisFile()) return;
  startGrid();
  column = cellSoFar = 0;
}

export function updateGridContexts(c: i32): void {
  if (!usesThisFile()) return;
  updateGrid(c);
  column = position % row;
  const place = position % cell;
  cellSoFar = place == 0 ? cell : hash(cellSoFar, c);
  const left = around(0, 1);
  const left2 = around(0, 2);
  const above = around(1, 0);
  const above2 = around(2, 0);
  const aboveLeft = around(1, 1);
  const aboveRight = around(1, -1);

  context("grid-cell", cellSoFar, (place << 8) | 80);
  context("grid-place-left", left | (place << 8), (cell << 8) | 92);
  context("grid-slope", ((2 * left - left2) & 255) | (place << 8), (cell << 8) | 95);
  context("grid-left-2", left | (left2 << 8), (cell << 8) | 81);
  context("grid-left-change", left | (((c - byteBack(cell + 1)) & 255) << 8), (cell << 8) | 82);
  context("grid-above-last", above | (c << 8), 83);
  context("grid-above-2", above | (above2 << 8), 84);
  context("grid-above-2-last", above | (above2 << 8) | (c << 16), 85);
  context("grid-above-3", byteBack(row + 1) | (above << 8) | (byteBack(row - 1) << 16), 86);
  context("grid-above-slope", (2 * above - above2) & 255, (c << 8) | 87);
  context("grid-plane", (left + above - aboveLeft) & 255, (cell << 8) | 88);
  context("grid-mean", ((left + above) >> 1) | (((aboveRight - above) & 0xf8) << 8), 89);
  context("grid-around", (left >> 3) | ((above >> 3) << 5) | ((aboveLeft >> 3) << 10) | ((aboveRight >> 3) << 15), 90);
  context("grid-column", column, 91);
}

// @ts-ignore: decorator
@inline
export function selectByGrid(): void {
  weightSet("grid-column", column & (VECTORS - 1));
}
