/** Sizes of the network, set before any part of it starts. Vectors are padded to `width` and `columns`, by zeros. */

/** What stands beside the linear and the dense network; 0 is nothing. `src/neural.ts` has the names. */
export const RESIDUAL: i32 = 1;
export const RNN: i32 = 2;
export const LSTM: i32 = 3;
export const GRU: i32 = 4;
export const TRANSFORMER: i32 = 5;

export let symbols: i32 = 0;
/** Symbols, padded. */
export let columns: i32 = 0;
export let hidden: i32 = 0;
/** Hidden units, padded. */
export let width: i32 = 0;
/** Bytes of a vector of the hidden size, and of one of the alphabet's. */
export let widthBytes: usize = 0;
export let columnBytes: usize = 0;
export let part: i32 = 0;
export let layers: i32 = 0;
/** Recent symbols that are seen. */
export let context: i32 = 0;
/** Symbols that are learnt from at a time. */
export let chunk: i32 = 0;

/** Multiple of 32, for matrix products. */
function padded(size: i32): i32 {
  return (size + 31) & ~31;
}

export function setShape(
  symbolCount: i32, hiddenUnits: i32, partKind: i32, layerCount: i32, contextLength: i32, chunkLength: i32,
): void {
  symbols = symbolCount;
  columns = padded(symbolCount);
  hidden = hiddenUnits;
  width = padded(hiddenUnits);
  widthBytes = <usize>width << 2;
  columnBytes = <usize>columns << 2;
  part = partKind;
  layers = layerCount;
  context = contextLength;
  chunk = chunkLength;
}

/** Bound of a layer's initial weights, by the number of its inputs. */
export function initialScale(inputs: i32): f32 {
  return <f32>1.0 / <f32>Math.sqrt(<f64>inputs);
}
