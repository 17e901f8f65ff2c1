/** Starts the network from weights that were trained before. */

import { PARTS, partAddress, partColumns, partRows } from "./lstm";

/** Bytes before a row's weights: their scale and the mean square of their gradients, f32 both. */
const ROW_HEAD: usize = 8;

/** Bytes of all trained weights. */
export function trainedLength(): usize {
  let bytes: usize = 0;
  for (let part: i32 = 0; part < PARTS; part++) bytes += <usize>partRows(part) * (ROW_HEAD + <usize>partColumns(part));
  return bytes;
}

/** Takes trained weights, part after part, row after row: a head, then the weights, i8 each, in units of the scale. */
export function takeTrained(trained: usize): void {
  for (let part: i32 = 0; part < PARTS; part++) {
    const rows = <usize>partRows(part);
    const columns = <usize>partColumns(part);
    const squares = (rows * columns) << 2;
    let weight = partAddress(part);
    for (let row: usize = 0; row < rows; row++) {
      const scale = load<f32>(trained);
      const square = load<f32>(trained, 4);
      trained += ROW_HEAD;
      for (const end = trained + columns; trained < end; trained++) {
        store<f32>(weight, <f32>load<i8>(trained) * scale);
        store<f32>(weight + squares, square);
        weight += 4;
      }
    }
  }
}
