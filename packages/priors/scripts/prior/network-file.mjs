/** Weights as packages/priors/kernel/network.ts takes them, from those that packages/priors/kernel/training/trainer.ts packs. */
export const SHAPE = { CELLS: 128, SYMBOLS: 104 };

/** The trainer has what belongs to a cell side by side; the network multiplies what belongs to a gate, or to a symbol. */
export function turnWeights(packed) {
  const { CELLS, SYMBOLS } = SHAPE;
  const gates = 3 * CELLS;
  const output = gates * (SYMBOLS + CELLS);
  const constants = output + SYMBOLS * CELLS;
  const weights = packed.slice();
  weights.set(turn(packed.subarray(gates * SYMBOLS, output), CELLS, gates), gates * SYMBOLS);
  weights.set(turn(packed.subarray(output, constants), CELLS, SYMBOLS), output);
  return weights;
}

function turn(values, rows, columns) {
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
