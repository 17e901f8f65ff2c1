/**
 * Parameters of a built-in prior: where the mixer's weights and the maps of histories start. They are learnt from messages,
 * each coded after the prior's text, as messages are: tables go back behind each, weights and maps go on.
 */

/** Weights are kept in steps of this; a vector is told apart from its set's usual one if it lies so far from no weights at all. */
const STEP = 1 / 16;
const LEAST_NORM = 0.4;
/** A vector counts for the usual one of its set from here. */
const LEAST_USUAL = 0.2;
/** The mixer learns slowly: at the rate after so many bits. */
const LATE = 2 ** 30;
/** Cells of a context's map, of which as many are used as there are histories. */
const CELLS = 256;

/** @param model with nothing learnt @param {{ contexts: number, sets: number, vectors: number, histories: number }} shape */
export function trainParameters(model, { text, network }, messages, shape) {
  const { kernel } = model;
  const inputs = kernel.weightBytes() / 4;
  const maps = () => new Uint32Array(kernel.memory.buffer, kernel.historyMapsAddress(), shape.contexts * CELLS);
  const weights = () =>
    new Float32Array(kernel.memory.buffer, kernel.weightsAddress(), shape.sets * shape.vectors * inputs);
  model.start();
  model.takeNetwork(network);
  model.learn(text);
  let learnt = { maps: maps().slice(), weights: weights().slice() };
  model.start();
  model.prime(text);
  model.takeNetwork(network);
  kernel.setLearntBits(LATE);
  const put = () => {
    maps().set(learnt.maps);
    weights().set(learnt.weights);
    model.mark();
  };
  put();
  for (const { bytes, isWritten } of messages) {
    // The network has learnt what that program writes, and would be trusted in records and code of others.
    if (isWritten) kernel.leaveNetwork();
    model.learn(bytes);
    learnt = { maps: maps().slice(), weights: weights().slice() };
    model.back();
    put();
  }
  return pack(learnt, inputs, shape);
}

/** As packages/priors/kernel/parameters.ts reads them. */
function pack({ maps, weights }, inputs, { contexts, sets, vectors, histories }) {
  const bytes = [];
  for (let context = 0; context < contexts; context++) {
    for (let history = 0; history < histories; history++) bytes.push(maps[context * CELLS + history] >>> 24);
  }
  for (let set = 0; set < sets; set++) {
    const rows = Array.from({ length: vectors }, (_, i) => {
      const row = weights.subarray((set * vectors + i) * inputs, (set * vectors + i + 1) * inputs);
      return { vector: i, row, norm: Math.hypot(...row) };
    });
    const usual = meanOf(
      rows.filter(({ norm }) => norm >= LEAST_USUAL),
      inputs,
    );
    bytes.push(...usual.map((value) => value & 255));
    const told = rows.filter(({ norm }) => norm >= LEAST_NORM);
    bytes.push(told.length & 255, told.length >> 8);
    for (const { vector, row } of told) {
      bytes.push(vector & 255, vector >> 8);
      for (let i = 0; i < inputs; i++) bytes.push(coarse(row[i] - usual[i] * STEP) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

function meanOf(rows, inputs) {
  const sum = new Float64Array(inputs);
  for (const { row } of rows) row.forEach((value, i) => (sum[i] += value));
  return Array.from(sum, (value) => coarse(value / Math.max(1, rows.length)));
}

const coarse = (weight) => Math.max(-127, Math.min(127, Math.round(weight / STEP)));
