/** Weights as training leaves them, made up, for a network to start from. */
import type { ModelDescription } from "../reference/description.ts";
import { Random } from "./random.ts";

const ROW_HEAD = 8;

/** Rows of each matrix of the network, and their length. */
function shapes({ network }: ModelDescription): (readonly [number, number])[] {
  const { layers, cells } = network ?? { layers: 0, cells: 0 };
  const gates = 3 * cells;
  return [
    [512 + (2 * layers - 1) * cells + layers - 1, gates],
    [layers * cells + 1, 256],
  ];
}

export function someWeights(description: ModelDescription): Uint8Array {
  const random = new Random(64);
  const rows = shapes(description).flatMap(([count, columns]) => Array.from({ length: count }, () => columns));
  const bytes = new Uint8Array(rows.reduce((sum, columns) => sum + ROW_HEAD + columns, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const columns of rows) {
    view.setFloat32(at, (1 + random.below(8)) / 1024, true);
    view.setFloat32(at + 4, (1 + random.below(100)) / 65536, true);
    for (let i = 0; i < columns; i++) view.setInt8(at + ROW_HEAD + i, random.below(255) - 127);
    at += ROW_HEAD + columns;
  }
  return bytes;
}
