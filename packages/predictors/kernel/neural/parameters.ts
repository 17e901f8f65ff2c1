/**
 * Parameters of a network and how they learn: Adam, with a rate that falls from step to step.
 *
 * Source: D. Kingma, J. Ba, "Adam: a method for stochastic optimization" (2015).
 */

import { allocate } from "../memory";
import { multiply, multiplyTransposed, products, sumProducts } from "../network/matrix";

const MOMENTUM: f32 = 0.9;
const SQUARES_DECAY: f32 = 0.999;
const EPSILON: f32 = 0.00000001;
/** Momenta below it are nothing; numbers that lack leading digits would be slow. */
const LEAST_MOMENTUM: f32 = 1e-30;

let seed: i32 = 0;
let rate: f32 = 0;
let leastRate: f32 = 0;
let decay: f32 = 0;
/** Powers of MOMENTUM and SQUARES_DECAY: what the means still lack. */
let momentumLeft: f32 = 1;
let squaresLeft: f32 = 1;
let stepRate: f32 = 0;
/** Input of biases. */
let one: usize = 0;

/** Blocks of weights, one behind the other in the order in which weights are told and taken: see `blockAt`. */
const MOST_BLOCKS: i32 = 160;
const blocks = memory.data(MOST_BLOCKS * sizeof<usize>(), 16);
let blockCount: i32 = 0;

/** @param fastest rate of the first step; each is `slowing` times the one before it, but not below `slowest` */
export function startLearning(fastest: f32, slowest: f32, slowing: f32): void {
  seed = 12345;
  rate = fastest;
  leastRate = slowest;
  decay = slowing;
  momentumLeft = 1;
  squaresLeft = 1;
  blockCount = 0;
  one = allocate(4);
  store<f32>(one, 1);
}

/** What a step of learning leaves to the next one, beside the parameters: where it lies, f32 each. */
export function storeLearning(address: usize): void {
  store<f32>(address, rate);
  store<f32>(address, momentumLeft, 4);
  store<f32>(address, squaresLeft, 8);
}

/** Goes on from what `storeLearning` stored. */
export function loadLearning(address: usize): void {
  rate = load<f32>(address);
  momentumLeft = load<f32>(address, 4);
  squaresLeft = load<f32>(address, 8);
}

/** Begins a step of learning, of all parameters. */
export function startStep(): void {
  momentumLeft *= MOMENTUM;
  squaresLeft *= SQUARES_DECAY;
  stepRate = (rate * <f32>Math.sqrt(<f64>(<f32>1.0 - squaresLeft))) / (<f32>1.0 - momentumLeft);
  rate = max(leastRate, rate * decay);
}

/** A matrix of f32, `rows` × `columns`, with the means of its gradients and of their squares behind it. */
@unmanaged
export class Matrix {
  weights: usize;
  rows: i32;
  columns: i32;
  /** From the weights to the means of their gradients, and from these to those of the squares. */
  bytes: usize;
}

/** Weights of a matrix without its padding: `rows` of `columns` numbers each, from `weights` on. */
@unmanaged
class Block {
  matrix: Matrix;
  weights: usize;
  rows: i32;
  columns: i32;
}

/** The weights of these rows of a matrix follow those that were declared before. */
function declareBlock(matrix: Matrix, first: i32, rows: i32, columns: i32): void {
  const block = changetype<Block>(allocate(offsetof<Block>()));
  block.matrix = matrix;
  block.weights = rowOf(matrix, first);
  block.rows = rows;
  block.columns = columns;
  store<usize>(blocks + <usize>blockCount * sizeof<usize>(), changetype<usize>(block));
  blockCount++;
}

// @ts-ignore: decorator
@inline
function blockAt(index: i32): Block {
  return changetype<Block>(load<usize>(blocks + <usize>index * sizeof<usize>()));
}

/** Number of all weights. */
export function countParameters(): i32 {
  let count: i32 = 0;
  for (let i: i32 = 0; i < blockCount; i++) count += blockAt(i).rows * blockAt(i).columns;
  return count;
}

/** All weights, or the means of their gradients or of the squares of those. */
export const WEIGHTS: i32 = 0;
export const MOMENTA: i32 = 1;
export const SQUARES: i32 = 2;

/** Writes WEIGHTS, MOMENTA or SQUARES to `target`, f32, as many as `countParameters` says. */
export function exportParameters(plane: i32, target: usize): void {
  for (let i: i32 = 0; i < blockCount; i++) {
    const block = blockAt(i);
    const bytes = <usize>block.columns << 2;
    for (let row: i32 = 0; row < block.rows; row++) {
      memory.copy(target, planeOf(block, plane, row), bytes);
      target += bytes;
    }
  }
}

/** Reads what `exportParameters` wrote. */
export function importParameters(plane: i32, source: usize): void {
  for (let i: i32 = 0; i < blockCount; i++) {
    const block = blockAt(i);
    const bytes = <usize>block.columns << 2;
    for (let row: i32 = 0; row < block.rows; row++) {
      memory.copy(planeOf(block, plane, row), source, bytes);
      source += bytes;
    }
  }
}

// @ts-ignore: decorator
@inline
function planeOf(block: Block, plane: i32, row: i32): usize {
  return block.weights + ((<usize>row * block.matrix.columns) << 2) + <usize>plane * block.matrix.bytes;
}

/** A matrix of `height` × `width` within ± scale, padded to `rows` × `columns` by zeros, which learning leaves. */
export function newMatrix(height: i32, width: i32, rows: i32, columns: i32, scale: f32): Matrix {
  const matrix = changetype<Matrix>(allocate(offsetof<Matrix>()));
  matrix.rows = rows;
  matrix.columns = columns;
  matrix.bytes = (<usize>rows * columns) << 2;
  matrix.weights = allocate(3 * matrix.bytes);
  if (height > 0) newRows(matrix, 0, height, width, scale);
  return matrix;
}

/** Declares `height` rows of a matrix, of `width` numbers each, and draws them, uniform within ± scale. */
export function newRows(matrix: Matrix, first: i32, height: i32, width: i32, scale: f32): void {
  declareBlock(matrix, first, height, width);
  if (scale == 0) return;
  for (let row = first; row < first + height; row++) {
    const address = rowOf(matrix, row);
    for (let i: i32 = 0; i < width; i++) {
      seed = seed * 1664525 + 1013904223;
      store<f32>(address + (<usize>i << 2), <f32>(seed >> 8) * 0.00000011920929 * scale);
    }
  }
}

// @ts-ignore: decorator
@inline
export function rowOf(matrix: Matrix, row: i32): usize {
  return matrix.weights + ((<usize>row * matrix.columns) << 2);
}

/** output += input · matrix. */
// @ts-ignore: decorator
@inline
export function forward(matrix: Matrix, input: usize, output: usize): void {
  multiply(output, matrix.weights, input, matrix.rows, matrix.columns);
}

/** inputError += error · matrixᵀ. */
// @ts-ignore: decorator
@inline
export function backward(matrix: Matrix, error: usize, inputError: usize): void {
  multiplyTransposed(inputError, matrix.weights, error, matrix.rows, matrix.columns);
}

// @ts-ignore: decorator
@inline
function adam4(weights: usize, bytes: usize, gradient: v128, rates: v128): void {
  const momenta = weights + bytes;
  const squares = momenta + bytes;
  const m = v128.load(momenta);
  const v = v128.load(squares);
  const sum = f32x4.add(m, f32x4.mul(f32x4.splat(<f32>1.0 - MOMENTUM), f32x4.sub(gradient, m)));
  const mean = v128.and(sum, f32x4.gt(f32x4.abs(sum), f32x4.splat(LEAST_MOMENTUM)));
  const square = f32x4.add(
    v,
    f32x4.mul(f32x4.splat(<f32>1.0 - SQUARES_DECAY), f32x4.sub(f32x4.mul(gradient, gradient), v)),
  );
  v128.store(momenta, mean);
  v128.store(squares, square);
  const step = f32x4.div(f32x4.mul(rates, mean), f32x4.add(f32x4.sqrt(square), f32x4.splat(EPSILON)));
  v128.store(weights, f32x4.sub(v128.load(weights), step));
}

/**
 * The matrix learns Σ inputs[i]ᵀ · errors[i], over `count` vectors.
 *
 * @param stride bytes from one input to the next; errors lie one behind the other
 */
export function learn(matrix: Matrix, inputs: usize, stride: usize, errors: usize, count: i32): void {
  const rowBytes = <usize>matrix.columns << 2;
  const bytes = matrix.bytes;
  const rates = f32x4.splat(stepRate);
  for (let row: i32 = 0; row < matrix.rows; row += 2) {
    const learning = min(2, matrix.rows - row);
    for (let b: usize = 0; b < rowBytes; b += 64) {
      sumProducts(inputs + (<usize>row << 2), stride, errors + b, rowBytes, count);
      for (let i: i32 = 0; i < learning; i++) {
        const weights = rowOf(matrix, row + i) + b;
        const gradient = products + (<usize>i << 6);
        // unroll 4
        for (let j: i32 = 0; j < 4; j++) {
          adam4(weights + 16 * j, bytes, v128.load(gradient, 16 * j), rates);
        }
      }
    }
  }
}

/** A row learns one gradient. */
export function learnRow(matrix: Matrix, row: i32, gradient: usize): void {
  const rowBytes = <usize>matrix.columns << 2;
  const weights = rowOf(matrix, row);
  const rates = f32x4.splat(stepRate);
  for (let b: usize = 0; b < rowBytes; b += 16) adam4(weights + b, matrix.bytes, v128.load(gradient + b), rates);
}

/** A fully connected layer: a matrix and a row of `width` biases. */
@unmanaged
export class Layer {
  matrix: Matrix;
  bias: Matrix;
}

export function newLayer(height: i32, width: i32, rows: i32, columns: i32, scale: f32): Layer {
  const layer = changetype<Layer>(allocate(offsetof<Layer>()));
  layer.matrix = newMatrix(height, width, rows, columns, scale);
  layer.bias = newMatrix(1, width, 1, columns, 0);
  return layer;
}

/** output = bias + input · matrix. */
export function layerForward(layer: Layer, input: usize, output: usize): void {
  memory.copy(output, layer.bias.weights, layer.bias.bytes);
  forward(layer.matrix, input, output);
}

export function learnLayer(layer: Layer, inputs: usize, stride: usize, errors: usize, count: i32): void {
  learn(layer.matrix, inputs, stride, errors, count);
  learnBias(layer.bias, errors, count);
}

/** A row of biases learns the sum of the errors. */
export function learnBias(bias: Matrix, errors: usize, count: i32): void {
  learn(bias, one, 0, errors, count);
}
