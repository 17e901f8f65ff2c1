/**
 * The attentive part: layers of causal self-attention, with one head over the last `chunk` steps and a bias for each
 * distance, and of two fully connected layers with ReLU between; each adds to its input. Errors go no further back than
 * the chunk; what came before it is seen, not learnt from.
 *
 * Sources: A. Vaswani et al., "Attention is all you need" (2017); Z. Dai et al., "Transformer-XL" (2019), for what is
 * kept from one chunk to the next.
 */

import { allocate } from "../memory";
import { addScaled, dot } from "../simd";
import { inputErrors, inputs } from "./feedforward";
import {
  Layer, Matrix, backward, forward, layerForward, learn, learnBias, learnLayer, newLayer, newMatrix,
} from "./parameters";
import { chunk, hidden, initialScale, layers, width, widthBytes } from "./shape";
import { softmax } from "./softmax";
import { stateBytes, stateErrors, stateOf } from "./states";
import { add, rectify, throughRectifier } from "./vectors";

const QUERY: i32 = 0;
const KEY: i32 = 1;
const VALUE: i32 = 2;
const PROJECTIONS: i32 = 3;

let projections: usize = 0; // Matrix [layer][query, key, value]
let joins: usize = 0; // Matrix [layer]: from what was attended to
let biases: usize = 0; // Matrix [layer]: [distance]
let inners: usize = 0; // Layer [layer]
let outers: usize = 0; // Layer [layer]

/** Steps before the chunk that were seen, `chunk` at most. */
let seen: i32 = 0;
/** Bytes of a step's weights of attention. */
let distanceBytes: usize = 0;
let scale: f32 = 0;

let below: usize = 0; // f32 [step][unit]: input of the first layer
let queries: usize = 0; // f32 [layer][step][unit]
let keys: usize = 0; // f32 [layer][chunk + step][unit]; first those of the chunk before
let values: usize = 0; // f32 [layer][chunk + step][unit]
let attention: usize = 0; // f32 [layer][step][distance]
let attended: usize = 0; // f32 [layer][step][unit]
let middle: usize = 0; // f32 [layer][step][unit]: between attention and layers
let opened: usize = 0; // f32 [layer][step][unit]: after ReLU

let queryErrors: usize = 0; // all as what they are the errors of, but of the chunk alone
let keyErrors: usize = 0;
let valueErrors: usize = 0;
let attentionErrors: usize = 0;
let attendedError: usize = 0; // f32 [unit]
let middleErrors: usize = 0;
let openedErrors: usize = 0;
let outerErrors: usize = 0;

// @ts-ignore: decorator
@inline
function matrixOf(list: usize, index: i32): Matrix {
  return changetype<Matrix>(load<usize>(list + <usize>index * sizeof<usize>()));
}

// @ts-ignore: decorator
@inline
function layerOf(list: usize, index: i32): Layer {
  return changetype<Layer>(load<usize>(list + <usize>index * sizeof<usize>()));
}

// @ts-ignore: decorator
@inline
function unitsOf(vectors: usize, layer: i32, step: i32): usize {
  return vectors + <usize>(layer * chunk + step) * widthBytes;
}

/** Units of a key or value; steps from −chunk on. */
// @ts-ignore: decorator
@inline
function keptOf(vectors: usize, layer: i32, step: i32): usize {
  return vectors + <usize>((2 * layer + 1) * chunk + step) * widthBytes;
}

// @ts-ignore: decorator
@inline
function distancesOf(vectors: usize, layer: i32, step: i32): usize {
  return vectors + <usize>(layer * chunk + step) * distanceBytes;
}

/** Steps that a step sees, itself too. */
// @ts-ignore: decorator
@inline
function visible(step: i32): i32 {
  return min(chunk, seen + step + 1);
}

export function startAttention(): void {
  seen = 0;
  const distances = (chunk + 31) & ~31;
  distanceBytes = <usize>distances << 2;
  scale = initialScale(hidden);
  const pointers = <usize>layers * sizeof<usize>();
  projections = allocate(PROJECTIONS * pointers);
  joins = allocate(pointers);
  biases = allocate(pointers);
  inners = allocate(pointers);
  outers = allocate(pointers);
  for (let layer: i32 = 0; layer < layers; layer++) {
    const at = <usize>layer * sizeof<usize>();
    for (let i: i32 = 0; i < PROJECTIONS; i++) {
      const matrix = newMatrix(hidden, hidden, width, width, scale);
      store<usize>(projections + PROJECTIONS * at + <usize>i * sizeof<usize>(), changetype<usize>(matrix));
    }
    store<usize>(joins + at, changetype<usize>(newMatrix(hidden, hidden, width, width, scale)));
    store<usize>(biases + at, changetype<usize>(newMatrix(1, chunk, 1, distances, 0)));
    store<usize>(inners + at, changetype<usize>(newLayer(hidden, hidden, width, width, scale)));
    store<usize>(outers + at, changetype<usize>(newLayer(hidden, hidden, width, width, scale)));
  }
  const bytes = <usize>(layers * chunk) * widthBytes;
  const weightBytes = <usize>(layers * chunk) * distanceBytes;
  below = allocate(<usize>chunk * widthBytes);
  queries = allocate(bytes);
  keys = allocate(2 * bytes);
  values = allocate(2 * bytes);
  attention = allocate(weightBytes);
  attended = allocate(bytes);
  middle = allocate(bytes);
  opened = allocate(bytes);
  queryErrors = allocate(bytes);
  keyErrors = allocate(bytes);
  valueErrors = allocate(bytes);
  attentionErrors = allocate(weightBytes);
  attendedError = allocate(widthBytes);
  middleErrors = allocate(bytes);
  openedErrors = allocate(bytes);
  outerErrors = allocate(bytes);
}

// @ts-ignore: decorator
@inline
function inputOf(layer: i32, step: i32): usize {
  return layer == 0 ? below + <usize>step * widthBytes : stateOf(layer - 1, step);
}

function project(layer: i32, projection: i32, input: usize, output: usize): void {
  memory.fill(output, 0, widthBytes);
  forward(matrixOf(projections, PROJECTIONS * layer + projection), input, output);
}

/** States of the step, from the slot of its input. */
export function attentionForward(step: i32, slot: i32): void {
  memory.copy(inputOf(0, step), inputs + <usize>slot * widthBytes, widthBytes);
  for (let layer: i32 = 0; layer < layers; layer++) {
    const input = inputOf(layer, step);
    project(layer, QUERY, input, unitsOf(queries, layer, step));
    project(layer, KEY, input, keptOf(keys, layer, step));
    project(layer, VALUE, input, keptOf(values, layer, step));
    attend(layer, step);
    const y = unitsOf(middle, layer, step);
    memory.copy(y, input, widthBytes);
    forward(matrixOf(joins, layer), unitsOf(attended, layer, step), y);
    const h = unitsOf(opened, layer, step);
    layerForward(layerOf(inners, layer), y, h);
    rectify(h, widthBytes);
    const state = stateOf(layer, step);
    layerForward(layerOf(outers, layer), h, state);
    add(state, y, widthBytes);
  }
}

function attend(layer: i32, step: i32): void {
  const query = unitsOf(queries, layer, step);
  const weights = distancesOf(attention, layer, step);
  const bias = matrixOf(biases, layer).weights;
  const output = unitsOf(attended, layer, step);
  const count = visible(step);
  for (let i: i32 = 0; i < count; i++) {
    const at = <usize>i << 2;
    const similarity = dot(query, keptOf(keys, layer, step - i), <i32>widthBytes);
    store<f32>(weights + at, similarity * scale + load<f32>(bias + at));
  }
  softmax(weights, count, distanceBytes);
  memory.fill(output, 0, widthBytes);
  for (let i: i32 = 0; i < count; i++) {
    addScaled(output, keptOf(values, layer, step - i), <i32>widthBytes, load<f32>(weights + (<usize>i << 2)));
  }
}

/**
 * Takes the errors of `steps` steps, to the errors of the inputs too.
 *
 * @param slotsOfSteps i32 [step]
 */
export function attentionBackward(steps: i32, slotsOfSteps: usize): void {
  const bytes = <usize>(layers * chunk) * widthBytes;
  memory.fill(keyErrors, 0, bytes);
  memory.fill(valueErrors, 0, bytes);
  memory.fill(queryErrors, 0, bytes);
  memory.fill(openedErrors, 0, bytes);
  memory.fill(attentionErrors, 0, <usize>(layers * chunk) * distanceBytes);
  for (let step: i32 = steps - 1; step >= 0; step--) {
    for (let layer: i32 = layers - 1; layer >= 0; layer--) {
      const error = stateErrors + <usize>step * stateBytes + <usize>layer * widthBytes;
      const outer = unitsOf(outerErrors, layer, step);
      const inner = unitsOf(openedErrors, layer, step);
      const own = unitsOf(middleErrors, layer, step);
      const h = unitsOf(opened, layer, step);
      memory.copy(outer, error, widthBytes);
      memory.copy(own, error, widthBytes);
      backward(layerOf(outers, layer).matrix, outer, inner);
      throughRectifier(inner, h, widthBytes);
      backward(layerOf(inners, layer).matrix, inner, own);
      memory.fill(attendedError, 0, widthBytes);
      backward(matrixOf(joins, layer), own, attendedError);
      attendBackward(layer, step);
      const slot = <usize>load<i32>(slotsOfSteps + (<usize>step << 2));
      const inputError = layer == 0 ? inputErrors + slot * widthBytes : error - widthBytes;
      add(inputError, own, widthBytes);
      const first = PROJECTIONS * layer;
      backward(matrixOf(projections, first + QUERY), unitsOf(queryErrors, layer, step), inputError);
      backward(matrixOf(projections, first + KEY), unitsOf(keyErrors, layer, step), inputError);
      backward(matrixOf(projections, first + VALUE), unitsOf(valueErrors, layer, step), inputError);
    }
  }
}

function attendBackward(layer: i32, step: i32): void {
  const weights = distancesOf(attention, layer, step);
  const errors = distancesOf(attentionErrors, layer, step);
  const query = unitsOf(queries, layer, step);
  const queryError = unitsOf(queryErrors, layer, step);
  const count = visible(step);
  let mean: f32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const at = <usize>i << 2;
    const error = dot(attendedError, keptOf(values, layer, step - i), <i32>widthBytes);
    store<f32>(errors + at, error);
    mean += load<f32>(weights + at) * error;
  }
  for (let i: i32 = 0; i < count; i++) {
    const at = <usize>i << 2;
    const weight = load<f32>(weights + at);
    const error = weight * (load<f32>(errors + at) - mean);
    store<f32>(errors + at, error);
    const scaled = error * scale;
    addScaled(queryError, keptOf(keys, layer, step - i), <i32>widthBytes, scaled);
    if (i > step) continue;
    addScaled(unitsOf(keyErrors, layer, step - i), query, <i32>widthBytes, scaled);
    addScaled(unitsOf(valueErrors, layer, step - i), attendedError, <i32>widthBytes, weight);
  }
}

/** Forgets the steps before. */
export function restartAttention(): void {
  seen = 0;
}

/** Keys and values of a whole chunk are kept for the next one. */
export function keepAttention(): void {
  for (let layer: i32 = 0; layer < layers; layer++) {
    memory.copy(keptOf(keys, layer, -chunk), keptOf(keys, layer, 0), <usize>chunk * widthBytes);
    memory.copy(keptOf(values, layer, -chunk), keptOf(values, layer, 0), <usize>chunk * widthBytes);
  }
  seen = chunk;
}

/** All layers learn. */
export function learnAttention(steps: i32): void {
  for (let layer: i32 = 0; layer < layers; layer++) {
    const input = inputOf(layer, 0);
    const stride = layer == 0 ? widthBytes : stateBytes;
    const first = PROJECTIONS * layer;
    learn(matrixOf(projections, first + QUERY), input, stride, unitsOf(queryErrors, layer, 0), steps);
    learn(matrixOf(projections, first + KEY), input, stride, unitsOf(keyErrors, layer, 0), steps);
    learn(matrixOf(projections, first + VALUE), input, stride, unitsOf(valueErrors, layer, 0), steps);
    learn(matrixOf(joins, layer), unitsOf(attended, layer, 0), widthBytes, unitsOf(middleErrors, layer, 0), steps);
    learnBias(matrixOf(biases, layer), distancesOf(attentionErrors, layer, 0), steps);
    learnLayer(layerOf(inners, layer), unitsOf(middle, layer, 0), widthBytes, unitsOf(openedErrors, layer, 0), steps);
    learnLayer(layerOf(outers, layer), unitsOf(opened, layer, 0), widthBytes, unitsOf(outerErrors, layer, 0), steps);
  }
}
