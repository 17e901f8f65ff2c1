/**
 * What depends on the input alone: embedding, linear, dense and residual network, side by side in one vector of
 * features. Where the input is one symbol, the same symbol in the same chunk has the same features: all this is done
 * once for each distinct input of a chunk, a "slot", and not once a symbol.
 */

import { allocate } from "../memory";
import { tanh4 } from "../network/functions";
import {
  backward, layerForward, learnLayer, learnRow, newLayer, newMatrix, rowOf, Layer, Matrix,
} from "./parameters";
import { RESIDUAL, chunk, context, hidden, initialScale, part, symbols, width, widthBytes } from "./shape";
import { add, rectify, throughRectifier } from "./vectors";

const BLOCKS: i32 = 2;

let embeddings: usize = 0; // Matrix [position]: [symbol][unit]; their rows are added up
let linear = changetype<Layer>(0);
let dense1 = changetype<Layer>(0);
let dense2 = changetype<Layer>(0);
let inner: usize = 0; // Layer [block]
let outer: usize = 0; // Layer [block]

/** f32 [slot][network][unit]: linear, dense and, where there is one, residual. */
export let features: usize = 0;
export let featureErrors: usize = 0;
export let featureBytes: usize = 0;
/** f32 [slot][unit]: the sum of embeddings, and its error. */
export let inputs: usize = 0;
export let inputErrors: usize = 0;

let slotSymbols: usize = 0; // i32 [slot][position]
let slotOfSymbol: usize = 0; // i32 [symbol]: slot + 1, where the chunk has it
let owners: usize = 0; // i32 [symbol]: the first slot of it + 1
let slots: i32 = 0;

let dense: usize = 0; // f32 [slot][unit]: first layer
let blockInner: usize = 0; // f32 [block][slot][unit]: after ReLU
let blockOuter: usize = 0; // f32 [block][slot][unit]
let denseErrors1: usize = 0; // f32 [slot][unit]
let denseErrors2: usize = 0;
let linearErrors: usize = 0;
let innerErrors: usize = 0; // f32 [block][slot][unit]
let outerErrors: usize = 0; // f32 [block][slot][unit]

/** Networks side by side. */
export function networks(): i32 {
  return part == RESIDUAL ? 3 : 2;
}

function square(): Layer {
  return newLayer(hidden, hidden, width, width, initialScale(hidden));
}

export function startFeedforward(): void {
  slots = 0;
  featureBytes = <usize>networks() * widthBytes;
  const bytes = <usize>chunk * widthBytes;
  embeddings = allocate(<usize>context * sizeof<usize>());
  for (let i: i32 = 0; i < context; i++) {
    const matrix = newMatrix(symbols, hidden, symbols, width, <f32>1.0 / <f32>(i + 1));
    store<usize>(embeddings + <usize>i * sizeof<usize>(), changetype<usize>(matrix));
  }
  linear = square();
  dense1 = square();
  dense2 = square();
  features = allocate(<usize>chunk * featureBytes);
  featureErrors = allocate(<usize>chunk * featureBytes);
  inputs = allocate(bytes);
  inputErrors = allocate(bytes);
  slotSymbols = allocate(<usize>(chunk * context) << 2);
  slotOfSymbol = allocate(<usize>symbols << 2);
  owners = allocate(<usize>symbols << 2);
  dense = allocate(bytes);
  denseErrors1 = allocate(bytes);
  denseErrors2 = allocate(bytes);
  linearErrors = allocate(bytes);
  if (part != RESIDUAL) return;
  inner = allocate(BLOCKS * sizeof<usize>());
  outer = allocate(BLOCKS * sizeof<usize>());
  for (let block: i32 = 0; block < BLOCKS; block++) {
    store<usize>(inner + <usize>block * sizeof<usize>(), changetype<usize>(square()));
    store<usize>(outer + <usize>block * sizeof<usize>(), changetype<usize>(square()));
  }
  blockInner = allocate(BLOCKS * bytes);
  blockOuter = allocate(BLOCKS * bytes);
  innerErrors = allocate(BLOCKS * bytes);
  outerErrors = allocate(BLOCKS * bytes);
}

// @ts-ignore: decorator
@inline
function layerOf(list: usize, block: i32): Layer {
  return changetype<Layer>(load<usize>(list + <usize>block * sizeof<usize>()));
}

// @ts-ignore: decorator
@inline
function embeddingOf(position: i32): Matrix {
  return changetype<Matrix>(load<usize>(embeddings + <usize>position * sizeof<usize>()));
}

/** Address of a slot's vector of units, in one of the blocks. */
// @ts-ignore: decorator
@inline
function unitsOf(vectors: usize, slot: i32, block: i32): usize {
  return vectors + <usize>(block * chunk + slot) * widthBytes;
}

/** The slot of the recent symbols (i32, the last first) if the chunk has had them, else −1. */
export function findSlot(recent: usize): i32 {
  return context == 1 ? load<i32>(slotOfSymbol + (<usize>load<i32>(recent) << 2)) - 1 : -1;
}

function tanhs(vector: usize): void {
  for (let b: usize = 0; b < widthBytes; b += 16) v128.store(vector + b, tanh4(v128.load(vector + b)));
}

/** Features of the recent symbols, in a new slot, which it returns. */
export function newSlot(recent: usize): i32 {
  if (slots == chunk) forgetSlots(); // Only where nothing is learnt.
  const slot = slots++;
  if (context == 1) store<i32>(slotOfSymbol + (<usize>load<i32>(recent) << 2), slot + 1);
  memory.copy(slotSymbols + (<usize>(slot * context) << 2), recent, <usize>context << 2);
  const input = unitsOf(inputs, slot, 0);
  memory.copy(input, rowOf(embeddingOf(0), load<i32>(recent)), widthBytes);
  for (let i: i32 = 1; i < context; i++) {
    const row = rowOf(embeddingOf(i), load<i32>(recent + (<usize>i << 2)));
    add(input, row, widthBytes);
  }
  const output = features + <usize>slot * featureBytes;
  layerForward(linear, input, output);
  const first = unitsOf(dense, slot, 0);
  layerForward(dense1, input, first);
  tanhs(first);
  layerForward(dense2, first, output + widthBytes);
  tanhs(output + widthBytes);
  if (part == RESIDUAL) {
    let x = input;
    for (let block: i32 = 0; block < BLOCKS; block++) {
      const h = unitsOf(blockInner, slot, block);
      const y = unitsOf(blockOuter, slot, block);
      layerForward(layerOf(inner, block), x, h);
      rectify(h, widthBytes);
      layerForward(layerOf(outer, block), h, y);
      add(y, x, widthBytes);
      x = y;
    }
    memory.copy(output + 2 * widthBytes, x, widthBytes);
  }
  return slot;
}

/** error × (1 − tanh²), where `squashed` has the tanh. */
function throughTanh(error: usize, squashed: usize, output: usize): void {
  const ones = f32x4.splat(1);
  for (let b: usize = 0; b < widthBytes; b += 16) {
    const h = v128.load(squashed + b);
    v128.store(output + b, f32x4.mul(v128.load(error + b), f32x4.sub(ones, f32x4.mul(h, h))));
  }
}

/** Takes the errors of all features to the inputs, adding to their errors. */
export function feedforwardBackward(): void {
  for (let slot: i32 = 0; slot < slots; slot++) {
    const error = featureErrors + <usize>slot * featureBytes;
    const output = features + <usize>slot * featureBytes;
    const inputError = unitsOf(inputErrors, slot, 0);
    memory.copy(unitsOf(linearErrors, slot, 0), error, widthBytes);
    backward(linear.matrix, error, inputError);
    const second = unitsOf(denseErrors2, slot, 0);
    const first = unitsOf(denseErrors1, slot, 0);
    throughTanh(error + widthBytes, output + widthBytes, second);
    memory.fill(first, 0, widthBytes);
    backward(dense2.matrix, second, first);
    throughTanh(first, unitsOf(dense, slot, 0), first);
    backward(dense1.matrix, first, inputError);
    if (part == RESIDUAL) residualBackward(slot, error + 2 * widthBytes, inputError);
  }
}

function residualBackward(slot: i32, error: usize, inputError: usize): void {
  let carried = error;
  for (let block: i32 = BLOCKS - 1; block >= 0; block--) {
    const own = unitsOf(outerErrors, slot, block);
    const below = unitsOf(innerErrors, slot, block);
    const h = unitsOf(blockInner, slot, block);
    memory.copy(own, carried, widthBytes);
    memory.fill(below, 0, widthBytes);
    backward(layerOf(outer, block).matrix, own, below);
    throughRectifier(below, h, widthBytes);
    backward(layerOf(inner, block).matrix, below, carried);
  }
  add(inputError, carried, widthBytes);
}

/** All layers learn, then the embeddings. */
export function learnFeedforward(): void {
  learnLayer(linear, inputs, widthBytes, linearErrors, slots);
  learnLayer(dense1, inputs, widthBytes, denseErrors1, slots);
  learnLayer(dense2, dense, widthBytes, denseErrors2, slots);
  if (part == RESIDUAL) {
    for (let block: i32 = 0; block < BLOCKS; block++) {
      const below = block == 0 ? inputs : unitsOf(blockOuter, 0, block - 1);
      learnLayer(layerOf(inner, block), below, widthBytes, unitsOf(innerErrors, 0, block), slots);
      const h = unitsOf(blockInner, 0, block);
      learnLayer(layerOf(outer, block), h, widthBytes, unitsOf(outerErrors, 0, block), slots);
    }
  }
  for (let position: i32 = context - 1; position >= 0; position--) learnEmbedding(position);
  memory.fill(inputErrors, 0, <usize>slots * widthBytes);
  forgetSlots();
}

/** What weights gave that are others now. */
export function forgetSlots(): void {
  if (context == 1) {
    for (let slot: i32 = 0; slot < slots; slot++) store<i32>(slotOfSymbol + (<usize>symbolAt(slot, 0) << 2), 0);
  }
  slots = 0;
}

// @ts-ignore: decorator
@inline
function symbolAt(slot: i32, position: i32): i32 {
  return load<i32>(slotSymbols + (<usize>(slot * context + position) << 2));
}

/** Each symbol's row learns once, the sum of the errors of its slots. */
function learnEmbedding(position: i32): void {
  // The linear layer has learnt; the place of its errors is free.
  const sums = linearErrors;
  for (let slot: i32 = 0; slot < slots; slot++) {
    const owner = owners + (<usize>symbolAt(slot, position) << 2);
    const error = unitsOf(inputErrors, slot, 0);
    if (load<i32>(owner) == 0) {
      store<i32>(owner, slot + 1);
      memory.copy(unitsOf(sums, slot, 0), error, widthBytes);
    } else {
      add(unitsOf(sums, load<i32>(owner) - 1, 0), error, widthBytes);
    }
  }
  for (let slot: i32 = 0; slot < slots; slot++) {
    const symbol = symbolAt(slot, position);
    const owner = owners + (<usize>symbol << 2);
    if (load<i32>(owner) != slot + 1) continue;
    learnRow(embeddingOf(position), symbol, unitsOf(sums, slot, 0));
    store<i32>(owner, 0);
  }
}

/** Slots of the chunk. */
export function slotCount(): i32 {
  return slots;
}
