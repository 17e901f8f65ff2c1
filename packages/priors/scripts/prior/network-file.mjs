/** Weights as packages/priors/kernel/network.ts takes them, from those that packages/priors/kernel/training/trainer.ts packs. */
export const SHAPE = { CELLS: 128, SYMBOLS: 104 };

/** The trainer has what belongs to a cell side by side; the network multiplies what belongs to a gate, or to a symbol. */
export function turnWeights(packed) {
  const { CELLS, SYMBOLS } = SHAPE;
  return withMatrices(packed, (of, outputs) => turn(of, CELLS, outputs), [GATES, SYMBOLS]);
}

/** Undoes {@link turnWeights}. */
export function turnBack(weights) {
  const { CELLS, SYMBOLS } = SHAPE;
  return withMatrices(weights, (of, outputs) => turn(of, outputs, CELLS), [GATES, SYMBOLS]);
}

const GATES = 3 * SHAPE.CELLS;

/** Weights with both matrices of the cells as `change` gives them. */
function withMatrices(weights, change, outputs) {
  const changed = weights.slice();
  let at = GATES * SHAPE.SYMBOLS;
  for (const count of outputs) {
    const end = at + SHAPE.CELLS * count;
    changed.set(change(weights.subarray(at, end), count), at);
    at = end;
  }
  return changed;
}

function turn(values, rows, columns) {
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
