/**
 * The recurrent part: layers of simple recurrent, long short-term memory or gated recurrent units, back-propagation
 * through the steps of a chunk. The output sees the states of all layers.
 *
 * Sources: J. Elman, "Finding structure in time" (1990); S. Hochreiter, J. Schmidhuber, "Long short-term memory"
 * (1997), with coupled gates as in K. Greff et al., "LSTM: a search space odyssey" (2017); K. Cho et al., "Learning
 * phrase representations using RNN encoder-decoder" (2014).
 */

import { allocate } from "../memory";
import { sigmoid4, tanh4 } from "../network/functions";
import { inputErrors, inputs, slotCount } from "./feedforward";
import {
  backward, forward, layerForward, learn, learnLayer, newLayer, newMatrix, Layer, Matrix,
} from "./parameters";
import { GRU, LSTM, RNN, chunk, hidden, initialScale, layers, part, width, widthBytes } from "./shape";
import { stateBytes, stateErrors, stateOf } from "./states";
import { add } from "./vectors";

/** A matrix for each gate of a layer, so that padding stays zero; as many as gates follow each other. */
let upward: usize = 0; // Layer [layer][gate]: from the input, or from the layer below
let recurrent: usize = 0; // Matrix [layer][gate]
let gates: i32 = 0;
let gateBytes: usize = 0;

let slotGates: usize = 0; // f32 [slot][gate][unit]: the input's part of the first layer
let activations: usize = 0; // f32 [layer][gate][step][unit]
let gateErrors: usize = 0; // f32 [layer][gate][step][unit]
let memories: usize = 0; // f32 [layer][step + 1][unit]: of LSTM
let squashed: usize = 0; // f32 [layer][step][unit]: tanh of the memory; of GRU what the reset gate lets through or not
let resetErrors: usize = 0; // f32 [layer][step][unit]: of GRU
let carriedMemory: usize = 0; // f32 [layer][unit]
let slotErrors: usize = 0; // f32 [gate][slot][unit]

// @ts-ignore: decorator
@inline
function upwardOf(layer: i32, gate: i32): Layer {
  return changetype<Layer>(load<usize>(upward + <usize>(layer * gates + gate) * sizeof<usize>()));
}

// @ts-ignore: decorator
@inline
function recurrentOf(layer: i32, gate: i32): Matrix {
  return changetype<Matrix>(load<usize>(recurrent + <usize>(layer * gates + gate) * sizeof<usize>()));
}

/** Units of a gate in one step of the chunk. */
// @ts-ignore: decorator
@inline
function gateOf(vectors: usize, layer: i32, gate: i32, step: i32): usize {
  return vectors + <usize>((layer * gates + gate) * chunk + step) * widthBytes;
}

// @ts-ignore: decorator
@inline
function unitsOf(vectors: usize, layer: i32, step: i32): usize {
  return vectors + <usize>(layer * chunk + step) * widthBytes;
}

/** A layer's memory after a step; that of step −1 is what came before the chunk. */
// @ts-ignore: decorator
@inline
function memoryOf(layer: i32, step: i32): usize {
  return memories + <usize>(layer * (chunk + 1) + step + 1) * widthBytes;
}

export function startRecurrent(): void {
  gates = part == RNN ? 1 : 3;
  gateBytes = <usize>gates * widthBytes;
  const matrices = layers * gates;
  const scale = initialScale(hidden);
  upward = allocate(<usize>matrices * sizeof<usize>());
  recurrent = allocate(<usize>matrices * sizeof<usize>());
  for (let i: i32 = 0; i < matrices; i++) {
    const at = <usize>i * sizeof<usize>();
    store<usize>(upward + at, changetype<usize>(newLayer(hidden, hidden, width, width, scale)));
    store<usize>(recurrent + at, changetype<usize>(newMatrix(hidden, hidden, width, width, scale)));
  }
  const steps = <usize>(layers * chunk) * widthBytes;
  slotGates = allocate(<usize>chunk * gateBytes);
  slotErrors = allocate(<usize>chunk * gateBytes);
  activations = allocate(<usize>gates * steps);
  gateErrors = allocate(<usize>gates * steps);
  if (part == LSTM) memories = allocate(<usize>(layers * (chunk + 1)) * widthBytes);
  if (part != RNN) squashed = allocate(steps);
  if (part == GRU) resetErrors = allocate(steps);
  carriedMemory = allocate(stateBytes);
}

/** The new slot's part in the first layer. */
export function prepareSlot(slot: i32): void {
  for (let gate: i32 = 0; gate < gates; gate++) {
    const output = slotGates + <usize>slot * gateBytes + <usize>gate * widthBytes;
    layerForward(upwardOf(0, gate), inputs + <usize>slot * widthBytes, output);
  }
}

/** States of the step, from the slot of its input. */
export function recurrentForward(step: i32, slot: i32): void {
  for (let layer: i32 = 0; layer < layers; layer++) {
    const before = stateOf(layer, step - 1);
    for (let gate: i32 = 0; gate < gates; gate++) {
      const z = gateOf(activations, layer, gate, step);
      if (layer == 0) memory.copy(z, slotGates + <usize>slot * gateBytes + <usize>gate * widthBytes, widthBytes);
      else layerForward(upwardOf(layer, gate), stateOf(layer - 1, step), z);
      if (part != GRU || gate < 2) forward(recurrentOf(layer, gate), before, z);
    }
    if (part == RNN) rnnForward(layer, step);
    else if (part == LSTM) lstmForward(layer, step);
    else gruForward(layer, step);
  }
}

function rnnForward(layer: i32, step: i32): void {
  const z = gateOf(activations, layer, 0, step);
  const state = stateOf(layer, step);
  for (let b: usize = 0; b < widthBytes; b += 16) v128.store(state + b, tanh4(v128.load(z + b)));
}

/** Gates: forget, output, candidate. */
function lstmForward(layer: i32, step: i32): void {
  const forget = gateOf(activations, layer, 0, step);
  const output = gateOf(activations, layer, 1, step);
  const candidate = gateOf(activations, layer, 2, step);
  const old = memoryOf(layer, step - 1);
  const now = memoryOf(layer, step);
  const tanhs = unitsOf(squashed, layer, step);
  const state = stateOf(layer, step);
  for (let b: usize = 0; b < widthBytes; b += 16) {
    const f = sigmoid4(v128.load(forget + b));
    const o = sigmoid4(v128.load(output + b));
    const g = tanh4(v128.load(candidate + b));
    const c = f32x4.add(g, f32x4.mul(f, f32x4.sub(v128.load(old + b), g)));
    const h = tanh4(c);
    v128.store(forget + b, f);
    v128.store(output + b, o);
    v128.store(candidate + b, g);
    v128.store(now + b, c);
    v128.store(tanhs + b, h);
    v128.store(state + b, f32x4.mul(o, h));
  }
}

/** Gates: reset, update, candidate. */
function gruForward(layer: i32, step: i32): void {
  const reset = gateOf(activations, layer, 0, step);
  const update = gateOf(activations, layer, 1, step);
  const candidate = gateOf(activations, layer, 2, step);
  const old = stateOf(layer, step - 1);
  const state = stateOf(layer, step);
  const product = unitsOf(squashed, layer, step);
  memory.fill(product, 0, widthBytes);
  forward(recurrentOf(layer, 2), old, product);
  for (let b: usize = 0; b < widthBytes; b += 16) {
    const r = sigmoid4(v128.load(reset + b));
    const u = sigmoid4(v128.load(update + b));
    const n = tanh4(f32x4.add(v128.load(candidate + b), f32x4.mul(r, v128.load(product + b))));
    v128.store(reset + b, r);
    v128.store(update + b, u);
    v128.store(candidate + b, n);
    v128.store(state + b, f32x4.add(n, f32x4.mul(u, f32x4.sub(v128.load(old + b), n))));
  }
}

/**
 * Takes the errors of `steps` steps, to the errors of the inputs too.
 *
 * @param slotsOfSteps i32 [step]
 */
export function recurrentBackward(steps: i32, slotsOfSteps: usize): void {
  const slots = slotCount();
  memory.fill(carriedMemory, 0, stateBytes);
  for (let gate: i32 = 0; gate < gates; gate++) {
    memory.fill(slotErrors + <usize>(gate * chunk) * widthBytes, 0, <usize>slots * widthBytes);
  }
  for (let step: i32 = steps - 1; step >= 0; step--) {
    for (let layer: i32 = layers - 1; layer >= 0; layer--) {
      const error = stateErrors + <usize>step * stateBytes + <usize>layer * widthBytes;
      // What came before the chunk is not learnt from: its error goes nowhere.
      const before = step > 0 ? error - stateBytes : 0;
      if (part == RNN) rnnBackward(layer, step, error);
      else if (part == LSTM) lstmBackward(layer, step, error);
      else gruBackward(layer, step, error, before);
      for (let gate: i32 = 0; gate < gates; gate++) {
        const own = gateOf(gateErrors, layer, gate, step);
        const through = part == GRU && gate == 2 ? unitsOf(resetErrors, layer, step) : own;
        if (before != 0) backward(recurrentOf(layer, gate), through, before);
        if (layer > 0) backward(upwardOf(layer, gate).matrix, own, error - widthBytes);
        else addToSlot(own, gate, load<i32>(slotsOfSteps + (<usize>step << 2)));
      }
    }
  }
  for (let slot: i32 = 0; slot < slots; slot++) {
    for (let gate: i32 = 0; gate < gates; gate++) {
      const error = slotErrors + <usize>(gate * chunk + slot) * widthBytes;
      backward(upwardOf(0, gate).matrix, error, inputErrors + <usize>slot * widthBytes);
    }
  }
}

function addToSlot(error: usize, gate: i32, slot: i32): void {
  const sum = slotErrors + <usize>(gate * chunk + slot) * widthBytes;
  add(sum, error, widthBytes);
}

function rnnBackward(layer: i32, step: i32, error: usize): void {
  const state = stateOf(layer, step);
  const dz = gateOf(gateErrors, layer, 0, step);
  const one = f32x4.splat(1);
  for (let b: usize = 0; b < widthBytes; b += 16) {
    const h = v128.load(state + b);
    v128.store(dz + b, f32x4.mul(v128.load(error + b), f32x4.sub(one, f32x4.mul(h, h))));
  }
}

function lstmBackward(layer: i32, step: i32, error: usize): void {
  const forget = gateOf(activations, layer, 0, step);
  const output = gateOf(activations, layer, 1, step);
  const candidate = gateOf(activations, layer, 2, step);
  const forgetError = gateOf(gateErrors, layer, 0, step);
  const outputError = gateOf(gateErrors, layer, 1, step);
  const candidateError = gateOf(gateErrors, layer, 2, step);
  const old = memoryOf(layer, step - 1);
  const tanhs = unitsOf(squashed, layer, step);
  const carried = carriedMemory + <usize>layer * widthBytes;
  const one = f32x4.splat(1);
  for (let b: usize = 0; b < widthBytes; b += 16) {
    const f = v128.load(forget + b);
    const o = v128.load(output + b);
    const g = v128.load(candidate + b);
    const h = v128.load(tanhs + b);
    const dh = v128.load(error + b);
    const dc = f32x4.add(
      v128.load(carried + b),
      f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(h, h))),
    );
    const closed = f32x4.sub(one, f);
    v128.store(forgetError + b, f32x4.mul(f32x4.mul(dc, f32x4.sub(v128.load(old + b), g)), f32x4.mul(f, closed)));
    v128.store(outputError + b, f32x4.mul(f32x4.mul(dh, h), f32x4.mul(o, f32x4.sub(one, o))));
    v128.store(candidateError + b, f32x4.mul(f32x4.mul(dc, closed), f32x4.sub(one, f32x4.mul(g, g))));
    v128.store(carried + b, f32x4.mul(dc, f));
  }
}

function gruBackward(layer: i32, step: i32, error: usize, before: usize): void {
  const reset = gateOf(activations, layer, 0, step);
  const update = gateOf(activations, layer, 1, step);
  const candidate = gateOf(activations, layer, 2, step);
  const resetError = gateOf(gateErrors, layer, 0, step);
  const updateError = gateOf(gateErrors, layer, 1, step);
  const candidateError = gateOf(gateErrors, layer, 2, step);
  const productError = unitsOf(resetErrors, layer, step);
  const product = unitsOf(squashed, layer, step);
  const old = stateOf(layer, step - 1);
  const one = f32x4.splat(1);
  for (let b: usize = 0; b < widthBytes; b += 16) {
    const r = v128.load(reset + b);
    const u = v128.load(update + b);
    const n = v128.load(candidate + b);
    const dh = v128.load(error + b);
    const dn = f32x4.mul(f32x4.mul(dh, f32x4.sub(one, u)), f32x4.sub(one, f32x4.mul(n, n)));
    const dr = f32x4.mul(dn, v128.load(product + b));
    const du = f32x4.mul(dh, f32x4.sub(v128.load(old + b), n));
    v128.store(resetError + b, f32x4.mul(dr, f32x4.mul(r, f32x4.sub(one, r))));
    v128.store(updateError + b, f32x4.mul(du, f32x4.mul(u, f32x4.sub(one, u))));
    v128.store(candidateError + b, dn);
    v128.store(productError + b, f32x4.mul(dn, r));
    if (before != 0) v128.store(before + b, f32x4.add(v128.load(before + b), f32x4.mul(dh, u)));
  }
}

/** All layers learn. */
export function learnRecurrent(steps: i32): void {
  for (let layer: i32 = 0; layer < layers; layer++) {
    for (let gate: i32 = 0; gate < gates; gate++) {
      const own = gateOf(gateErrors, layer, gate, 0);
      const through = part == GRU && gate == 2 ? unitsOf(resetErrors, layer, 0) : own;
      learn(recurrentOf(layer, gate), stateOf(layer, -1), stateBytes, through, steps);
      if (layer > 0) learnLayer(upwardOf(layer, gate), stateOf(layer - 1, 0), stateBytes, own, steps);
      else {
        const errors = slotErrors + <usize>(gate * chunk) * widthBytes;
        learnLayer(upwardOf(0, gate), inputs, widthBytes, errors, slotCount());
      }
    }
  }
}

/** The last memories become those before the next chunk. */
export function keepMemories(steps: i32): void {
  if (part != LSTM) return;
  for (let layer: i32 = 0; layer < layers; layer++) {
    memory.copy(memoryOf(layer, -1), memoryOf(layer, steps - 1), widthBytes);
  }
}

/** Forgets the memories. */
export function restartRecurrent(): void {
  if (part != LSTM) return;
  for (let layer: i32 = 0; layer < layers; layer++) memory.fill(memoryOf(layer, -1), 0, widthBytes);
}
