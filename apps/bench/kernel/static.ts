/**
 * The network of the neural paper's static method: an embedding, a layer of long short-term memory, two dense layers with
 * ReLU, and logits. It sees a window of symbols and nothing before it, and learns many windows at a time.
 *
 * Vectors of all windows lie one behind the other, a little apart (`GAP`), since rows at a power of two would take each
 * other's place in the cache. Every product is Σ over i of a[i][row] · b[i][column]: where the sum goes along a vector, that
 * is transposed before. The order of summation is fixed, and does not depend on how many windows there are.
 *
 * Sources: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 3.2.1; S. Hochreiter, J. Schmidhuber,
 * "Long short-term memory" (1997), with forget gates; D. Kingma, J. Ba, "Adam: a method for stochastic optimization" (2015).
 */

import { allocate, resetMemory } from "../../../packages/predictors/kernel/memory";
import { sigmoid4, tanh4 } from "../../../packages/predictors/kernel/network/functions";
import { products, sumProducts } from "../../../packages/predictors/kernel/network/matrix";
import { softmax } from "../../../packages/predictors/kernel/neural/softmax";

/** A symbol of a window that begins before the content does: the memory stays empty. */
export const NOTHING: i32 = 65535;

const INPUT: i32 = 0;
const FORGET: i32 = 1;
const OUTPUT: i32 = 2;
const CANDIDATE: i32 = 3;
const GATES: i32 = 4;

const GAP: i32 = 16;
const MOMENTUM: f64 = 0.9;
const SQUARES_DECAY: f64 = 0.999;
const EPSILON: f32 = 0.00000001;
/** Momenta below it are nothing; numbers that lack leading digits would be slow. */
const LEAST_MOMENTUM: f32 = 1e-30;

let symbols: i32 = 0;
let hidden: i32 = 0;
let windows: i32 = 0;
let steps: i32 = 0;
let rate: f32 = 0;
/** Bytes from one vector of units, of symbols, of windows to the next. */
let unitBytes: usize = 0;
let symbolBytes: usize = 0;
let acrossBytes: usize = 0;
/** Bytes of the units of all windows. */
let allUnits: usize = 0;

/** Powers of MOMENTUM and SQUARES_DECAY: what the means still lack. */
let momentumLeft: f64 = 1;
let squaresLeft: f64 = 1;
let seed: i32 = 0;

/** Four planes of so many bytes: weights, gradients, means of these, means of their squares. */
let plane: usize = 0;
let planeBytes: usize = 0;

/** Rows of `columns` numbers, `stride` bytes apart. */
@unmanaged
class Matrix {
  rows: i32;
  columns: i32;
  stride: usize;
  /** From the begin of a plane. */
  offset: usize;
}

let embedding = changetype<Matrix>(0);
let upward: usize = 0; // Matrix [gate]
let recurrent: usize = 0; // Matrix [gate]
let gateBias: usize = 0; // Matrix [gate]
let dense = changetype<Matrix>(0);
let denseBias = changetype<Matrix>(0);
let denser = changetype<Matrix>(0);
let denserBias = changetype<Matrix>(0);
let output = changetype<Matrix>(0);
let outputBias = changetype<Matrix>(0);

let given: usize = 0; // u16 [window][step + 1]
let fromSymbols: usize = 0; // f32 [gate][symbol][unit]: what a symbol adds to each gate
let fromSymbolErrors: usize = 0; // f32 [gate][symbol][unit]
let gates: usize = 0; // f32 [step][gate][window][unit]
let memories: usize = 0; // f32 [step + 1][window][unit]
let squashed: usize = 0; // f32 [step][window][unit]
let states: usize = 0; // f32 [step + 1][window][unit]
let stateErrors: usize = 0; // f32 [step][window][unit]
let memoryErrors: usize = 0; // f32 [window][unit]
let gateErrors: usize = 0; // f32 [gate][window][unit]
let first: usize = 0; // f32 [window][unit]: what the dense layers give
let second: usize = 0;
let firstErrors: usize = 0;
let secondErrors: usize = 0;
let logits: usize = 0; // f32 [window][symbol]: then probabilities, then errors
let across: usize = 0; // f32 [unit or symbol][window]: the transposed of whatever is needed
let turned: usize = 0; // the transposed of a matrix

// @ts-ignore: decorator
@inline
function weightsOf(matrix: Matrix): usize {
  return plane + matrix.offset;
}

// @ts-ignore: decorator
@inline
function gradientOf(matrix: Matrix): usize {
  return plane + planeBytes + matrix.offset;
}

// @ts-ignore: decorator
@inline
function ofGate(matrices: usize, gate: i32): Matrix {
  return changetype<Matrix>(load<usize>(matrices + <usize>gate * sizeof<usize>()));
}

// @ts-ignore: decorator
@inline
function gateOf(step: i32, gate: i32): usize {
  return gates + <usize>(step * GATES + gate) * allUnits;
}

function declare(rows: i32, columns: i32, stride: usize): Matrix {
  const matrix = changetype<Matrix>(allocate(offsetof<Matrix>()));
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.stride = stride;
  matrix.offset = planeBytes;
  planeBytes += <usize>rows * stride;
  return matrix;
}

/** Uniform within ± scale. */
function draw(matrix: Matrix, scale: f32): void {
  for (let row: i32 = 0; row < matrix.rows; row++) {
    const address = weightsOf(matrix) + <usize>row * matrix.stride;
    for (let i: i32 = 0; i < matrix.columns; i++) {
      seed = seed * 1664525 + 1013904223;
      store<f32>(address + (<usize>i << 2), <f32>(seed >> 8) * 0.00000011920929 * scale);
    }
  }
}

/**
 * Forgets all and starts with small random weights, always the same.
 *
 * @param symbolCount size of the alphabet, a multiple of 16, at most 256
 * @param hiddenUnits of each layer, a multiple of 16
 * @param most windows at a time, even
 * @param length symbols of a window
 * @param learningRate of Adam
 */
export function start(symbolCount: i32, hiddenUnits: i32, most: i32, length: i32, learningRate: f32): void {
  resetMemory();
  symbols = symbolCount;
  hidden = hiddenUnits;
  windows = most;
  steps = length;
  rate = learningRate;
  unitBytes = <usize>(hidden + GAP) << 2;
  symbolBytes = <usize>(symbols + GAP) << 2;
  acrossBytes = <usize>(max(windows, symbols) + GAP) << 2;
  allUnits = <usize>windows * unitBytes;
  momentumLeft = 1;
  squaresLeft = 1;
  seed = 12345;
  planeBytes = 0;

  upward = allocate(GATES * sizeof<usize>());
  recurrent = allocate(GATES * sizeof<usize>());
  gateBias = allocate(GATES * sizeof<usize>());
  embedding = declare(symbols, hidden, unitBytes);
  for (let gate: i32 = 0; gate < GATES; gate++) {
    const at = <usize>gate * sizeof<usize>();
    store<usize>(upward + at, changetype<usize>(declare(hidden, hidden, unitBytes)));
    store<usize>(recurrent + at, changetype<usize>(declare(hidden, hidden, unitBytes)));
    store<usize>(gateBias + at, changetype<usize>(declare(1, hidden, unitBytes)));
  }
  dense = declare(hidden, hidden, unitBytes);
  denseBias = declare(1, hidden, unitBytes);
  denser = declare(hidden, hidden, unitBytes);
  denserBias = declare(1, hidden, unitBytes);
  output = declare(hidden, symbols, symbolBytes);
  outputBias = declare(1, symbols, symbolBytes);

  plane = allocate(4 * planeBytes);
  const scale = <f32>(1 / Math.sqrt(<f64>hidden));
  draw(embedding, 1);
  for (let gate: i32 = 0; gate < GATES; gate++) {
    draw(ofGate(upward, gate), scale);
    draw(ofGate(recurrent, gate), scale);
  }
  draw(dense, scale);
  draw(denser, scale);
  draw(output, scale);

  given = allocate(<usize>(windows * (steps + 1)) << 1);
  fromSymbols = allocate(<usize>(GATES * symbols) * unitBytes);
  fromSymbolErrors = allocate(<usize>(GATES * symbols) * unitBytes);
  gates = allocate(<usize>(steps * GATES) * allUnits);
  memories = allocate(<usize>(steps + 1) * allUnits);
  squashed = allocate(<usize>steps * allUnits);
  states = allocate(<usize>(steps + 1) * allUnits);
  stateErrors = allocate(<usize>steps * allUnits);
  memoryErrors = allocate(allUnits);
  gateErrors = allocate(GATES * allUnits);
  first = allocate(allUnits);
  second = allocate(allUnits);
  firstErrors = allocate(allUnits);
  secondErrors = allocate(allUnits);
  logits = allocate(<usize>windows * symbolBytes);
  across = allocate(<usize>max(hidden, symbols) * acrossBytes);
  turned = allocate(<usize>symbols * unitBytes + <usize>hidden * unitBytes);
}

/** Where the host puts the windows: u16 [window][step + 1], each symbol and what comes behind the last. */
export function input(): usize {
  return given;
}

/** Where the weights lie, one matrix behind the other, f32 with gaps of zeros; then as many gradients. */
export function parameters(): usize {
  return plane;
}

export function parameterBytes(): usize {
  return planeBytes;
}

/** Probabilities of the last step, f32 [window][symbol], with gaps of 16. */
export function probabilities(): usize {
  return logits;
}

/** out[row][column] += Σ over `count` of a[i][row] · b[i][column]; `rows` even, `columns` a multiple of 16. */
function multiply(
  out: usize, outStride: usize, rows: i32, columns: i32, a: usize, aStride: usize, b: usize, bStride: usize, count: i32,
): void {
  const end = <usize>columns << 2;
  for (let c: usize = 0; c < end; c += 64) {
    for (let row: i32 = 0; row < rows; row += 2) {
      sumProducts(a + (<usize>row << 2), aStride, b + c, bStride, count);
      const upper = out + <usize>row * outStride + c;
      const lower = upper + outStride;
      // unroll 4
      for (let j: i32 = 0; j < 4; j++) {
        v128.store(upper, f32x4.add(v128.load(upper, 16 * j), v128.load(products, 16 * j)), 16 * j);
        v128.store(lower, f32x4.add(v128.load(lower, 16 * j), v128.load(products, 64 + 16 * j)), 16 * j);
      }
    }
  }
}

/** to[column][row] = from[row][column]. */
function transpose(to: usize, toStride: usize, from: usize, fromStride: usize, rows: i32, columns: i32): void {
  for (let row: i32 = 0; row < rows; row++) {
    let target = to + (<usize>row << 2);
    const source = from + <usize>row * fromStride;
    const end = source + (<usize>columns << 2);
    for (let x = source; x < end; x += 4) {
      store<f32>(target, load<f32>(x));
      target += toStride;
    }
  }
}

/** Of `count` vectors, each becomes a copy of one. */
function spread(to: usize, stride: usize, vector: usize, count: i32): void {
  for (let i: i32 = 0; i < count; i++) memory.copy(to + <usize>i * stride, vector, stride);
}

/** out = bias + vectors · matrix, for `count` vectors. */
function layer(out: usize, vectors: usize, vectorStride: usize, matrix: Matrix, bias: Matrix, count: i32): void {
  spread(out, matrix.stride, weightsOf(bias), count);
  transpose(across, acrossBytes, vectors, vectorStride, count, matrix.rows);
  multiply(out, matrix.stride, count, matrix.columns, across, acrossBytes, weightsOf(matrix), matrix.stride, matrix.rows);
}

/** What a layer's errors are to its matrix and its bias. */
function layerGradient(vectors: usize, vectorStride: usize, errors: usize, matrix: Matrix, bias: Matrix, count: i32): void {
  multiply(
    gradientOf(matrix), matrix.stride, matrix.rows, matrix.columns, vectors, vectorStride, errors, matrix.stride, count,
  );
  biasGradient(errors, bias, count);
}

function biasGradient(errors: usize, bias: Matrix, count: i32): void {
  const sum = gradientOf(bias);
  for (let i: i32 = 0; i < count; i++) add(sum, errors + <usize>i * bias.stride, bias.stride);
}

/** vectorErrors += errors · matrixᵀ. */
function layerBackward(vectorErrors: usize, errors: usize, matrix: Matrix, count: i32): void {
  transpose(turned, unitBytes, weightsOf(matrix), matrix.stride, matrix.rows, matrix.columns);
  transpose(across, acrossBytes, errors, matrix.stride, count, matrix.columns);
  multiply(vectorErrors, unitBytes, count, matrix.rows, across, acrossBytes, turned, unitBytes, matrix.columns);
}

function add(sum: usize, vector: usize, bytes: usize): void {
  for (let b: usize = 0; b < bytes; b += 16) v128.store(sum + b, f32x4.add(v128.load(sum + b), v128.load(vector + b)));
}

function rectify(vectors: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let b: usize = 0; b < bytes; b += 16) v128.store(vectors + b, f32x4.max(v128.load(vectors + b), zero));
}

/** Errors of what was rectified to nothing are none. */
function rectifyErrors(errors: usize, vectors: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  for (let b: usize = 0; b < bytes; b += 16) {
    v128.store(errors + b, v128.and(v128.load(errors + b), f32x4.gt(v128.load(vectors + b), zero)));
  }
}

/** What each symbol adds to each gate, under the weights as they are. */
function prepareSymbols(): void {
  for (let gate: i32 = 0; gate < GATES; gate++) {
    const out = fromSymbols + <usize>(gate * symbols) * unitBytes;
    layer(out, weightsOf(embedding), unitBytes, ofGate(upward, gate), ofGate(gateBias, gate), symbols);
  }
}

// @ts-ignore: decorator
@inline
function symbolAt(window: i32, step: i32): i32 {
  return <i32>load<u16>(given + (<usize>(window * (steps + 1) + step) << 1));
}

/** The memory's state after a step, of `count` windows. */
function stepForward(step: i32, count: i32): void {
  const before = states + <usize>step * allUnits;
  transpose(across, acrossBytes, before, unitBytes, count, hidden);
  for (let gate: i32 = 0; gate < GATES; gate++) {
    const out = gateOf(step, gate);
    for (let window: i32 = 0; window < count; window++) {
      const symbol = symbolAt(window, step);
      const target = out + <usize>window * unitBytes;
      if (symbol == NOTHING) memory.fill(target, 0, unitBytes);
      else memory.copy(target, fromSymbols + <usize>(gate * symbols + symbol) * unitBytes, unitBytes);
    }
    const matrix = ofGate(recurrent, gate);
    multiply(out, unitBytes, count, hidden, across, acrossBytes, weightsOf(matrix), unitBytes, hidden);
  }
  for (let window: i32 = 0; window < count; window++) {
    const at = <usize>window * unitBytes;
    const memoryAt = memories + <usize>(step + 1) * allUnits + at;
    const stateAt = states + <usize>(step + 1) * allUnits + at;
    if (symbolAt(window, step) == NOTHING) {
      memory.fill(memoryAt, 0, unitBytes);
      memory.fill(stateAt, 0, unitBytes);
      continue;
    }
    unitsForward(step, at, memoryAt, stateAt);
  }
}

function unitsForward(step: i32, at: usize, memoryAt: usize, stateAt: usize): void {
  const inputGate = gateOf(step, INPUT) + at;
  const forgetGate = gateOf(step, FORGET) + at;
  const outputGate = gateOf(step, OUTPUT) + at;
  const candidates = gateOf(step, CANDIDATE) + at;
  const old = memoryAt - allUnits;
  const tanhOf = squashed + <usize>step * allUnits + at;
  const end = <usize>hidden << 2;
  for (let b: usize = 0; b < end; b += 16) {
    const i = sigmoid4(v128.load(inputGate + b));
    const f = sigmoid4(v128.load(forgetGate + b));
    const o = sigmoid4(v128.load(outputGate + b));
    const g = tanh4(v128.load(candidates + b));
    const c = f32x4.add(f32x4.mul(f, v128.load(old + b)), f32x4.mul(i, g));
    const t = tanh4(c);
    v128.store(inputGate + b, i);
    v128.store(forgetGate + b, f);
    v128.store(outputGate + b, o);
    v128.store(candidates + b, g);
    v128.store(memoryAt + b, c);
    v128.store(tanhOf + b, t);
    v128.store(stateAt + b, f32x4.mul(o, t));
  }
}

/** Probabilities of what comes after a step. */
function outputForward(step: i32, count: i32): void {
  const bytes = <usize>count * unitBytes;
  layer(first, states + <usize>(step + 1) * allUnits, unitBytes, dense, denseBias, count);
  rectify(first, bytes);
  layer(second, first, unitBytes, denser, denserBias, count);
  rectify(second, bytes);
  layer(logits, second, unitBytes, output, outputBias, count);
  for (let window: i32 = 0; window < count; window++) softmax(logits + <usize>window * symbolBytes, symbols, symbolBytes);
}

/** What came after a step, in nats; and, if that is learnt, the errors of the state. */
function outputBackward(step: i32, count: i32, learns: bool): f64 {
  let cost: f64 = 0;
  const share = <f32>(1 / <f64>(count * steps));
  for (let window: i32 = 0; window < count; window++) {
    const errors = logits + <usize>window * symbolBytes;
    const own = errors + (<usize>symbolAt(window, step + 1) << 2);
    cost -= Math.log(<f64>load<f32>(own));
    if (!learns) continue;
    store<f32>(own, load<f32>(own) - 1);
    for (let b: usize = 0; b < symbolBytes; b += 16) {
      v128.store(errors + b, f32x4.mul(v128.load(errors + b), f32x4.splat(share)));
    }
  }
  if (!learns) return cost;
  const bytes = <usize>count * unitBytes;
  memory.fill(secondErrors, 0, bytes);
  layerGradient(second, unitBytes, logits, output, outputBias, count);
  layerBackward(secondErrors, logits, output, count);
  rectifyErrors(secondErrors, second, bytes);
  memory.fill(firstErrors, 0, bytes);
  layerGradient(first, unitBytes, secondErrors, denser, denserBias, count);
  layerBackward(firstErrors, secondErrors, denser, count);
  rectifyErrors(firstErrors, first, bytes);
  const errors = stateErrors + <usize>step * allUnits;
  memory.fill(errors, 0, bytes);
  layerGradient(states + <usize>(step + 1) * allUnits, unitBytes, firstErrors, dense, denseBias, count);
  layerBackward(errors, firstErrors, dense, count);
  return cost;
}

/** Takes the errors of the states back through the steps. */
function memoryBackward(count: i32): void {
  memory.fill(memoryErrors, 0, <usize>count * unitBytes);
  memory.fill(fromSymbolErrors, 0, <usize>(GATES * symbols) * unitBytes);
  for (let step: i32 = steps - 1; step >= 0; step--) {
    for (let window: i32 = 0; window < count; window++) unitsBackward(step, <usize>window * unitBytes);
    for (let gate: i32 = 0; gate < GATES; gate++) {
      const errors = gateErrors + <usize>gate * allUnits;
      const sums = fromSymbolErrors + <usize>(gate * symbols) * unitBytes;
      for (let window: i32 = 0; window < count; window++) {
        add(sums + <usize>symbolAt(window, step) * unitBytes, errors + <usize>window * unitBytes, unitBytes);
      }
      if (step == 0) continue;
      const matrix = ofGate(recurrent, gate);
      const before = states + <usize>step * allUnits;
      multiply(gradientOf(matrix), unitBytes, hidden, hidden, before, unitBytes, errors, unitBytes, count);
      layerBackward(stateErrors + <usize>(step - 1) * allUnits, errors, matrix, count);
    }
  }
  for (let gate: i32 = 0; gate < GATES; gate++) {
    const errors = fromSymbolErrors + <usize>(gate * symbols) * unitBytes;
    layerGradient(weightsOf(embedding), unitBytes, errors, ofGate(upward, gate), ofGate(gateBias, gate), symbols);
    layerBackward(gradientOf(embedding), errors, ofGate(upward, gate), symbols);
  }
}

function unitsBackward(step: i32, at: usize): void {
  const one = f32x4.splat(1);
  const end = <usize>hidden << 2;
  const stateError = stateErrors + <usize>step * allUnits + at;
  const memoryError = memoryErrors + at;
  for (let b: usize = 0; b < end; b += 16) {
    const i = v128.load(gateOf(step, INPUT) + at + b);
    const f = v128.load(gateOf(step, FORGET) + at + b);
    const o = v128.load(gateOf(step, OUTPUT) + at + b);
    const g = v128.load(gateOf(step, CANDIDATE) + at + b);
    const t = v128.load(squashed + <usize>step * allUnits + at + b);
    const old = v128.load(memories + <usize>step * allUnits + at + b);
    const h = v128.load(stateError + b);
    const c = f32x4.add(v128.load(memoryError + b), f32x4.mul(f32x4.mul(h, o), f32x4.sub(one, f32x4.mul(t, t))));
    const error = gateErrors + at + b;
    v128.store(error + INPUT * allUnits, f32x4.mul(f32x4.mul(c, g), f32x4.mul(i, f32x4.sub(one, i))));
    v128.store(error + FORGET * allUnits, f32x4.mul(f32x4.mul(c, old), f32x4.mul(f, f32x4.sub(one, f))));
    v128.store(error + OUTPUT * allUnits, f32x4.mul(f32x4.mul(h, t), f32x4.mul(o, f32x4.sub(one, o))));
    v128.store(error + CANDIDATE * allUnits, f32x4.mul(f32x4.mul(c, i), f32x4.sub(one, f32x4.mul(g, g))));
    v128.store(memoryError + b, f32x4.mul(c, f));
  }
}

/** Adam, of all weights. */
function learn(): void {
  momentumLeft *= MOMENTUM;
  squaresLeft *= SQUARES_DECAY;
  const size = f32x4.splat(<f32>(<f64>rate / (1 - momentumLeft)));
  const unbiased = f32x4.splat(<f32>(1 / (1 - squaresLeft)));
  for (let b: usize = 0; b < planeBytes; b += 16) {
    const weights = plane + b;
    const gradient = v128.load(weights + planeBytes);
    const momenta = weights + 2 * planeBytes;
    const squares = weights + 3 * planeBytes;
    const m = f32x4.add(f32x4.mul(v128.load(momenta), f32x4.splat(<f32>MOMENTUM)), f32x4.mul(gradient, f32x4.splat(<f32>(1 - MOMENTUM))));
    const mean = v128.and(m, f32x4.gt(f32x4.abs(m), f32x4.splat(LEAST_MOMENTUM)));
    const v = f32x4.add(
      f32x4.mul(v128.load(squares), f32x4.splat(<f32>SQUARES_DECAY)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(<f32>(1 - SQUARES_DECAY))),
    );
    const square = v128.and(v, f32x4.gt(v, f32x4.splat(LEAST_MOMENTUM)));
    v128.store(momenta, mean);
    v128.store(squares, square);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(square, unbiased)), f32x4.splat(EPSILON));
    v128.store(weights, f32x4.sub(v128.load(weights), f32x4.div(f32x4.mul(size, mean), root)));
  }
}

/**
 * What every symbol of `count` windows but the first costs under those before it in its window, in nats, all together.
 *
 * @param learns whether the weights then follow the gradient; 2 leaves them as they are and only gives the gradient
 */
export function run(count: i32, learns: i32): f64 {
  prepareSymbols();
  if (learns > 0) memory.fill(plane + planeBytes, 0, planeBytes);
  let cost: f64 = 0;
  for (let step: i32 = 0; step < steps; step++) {
    stepForward(step, count);
    outputForward(step, count);
    cost += outputBackward(step, count, learns > 0);
  }
  if (learns > 0) memoryBackward(count);
  if (learns == 1) learn();
  return cost;
}

/** Probabilities of what comes behind each of `count` windows, to where `probabilities` says. After `prepare`. */
export function predict(count: i32): void {
  for (let step: i32 = 0; step < steps; step++) stepForward(step, count);
  outputForward(steps - 1, count);
}

/** Once the weights are those to predict with. */
export function prepare(): void {
  prepareSymbols();
}
