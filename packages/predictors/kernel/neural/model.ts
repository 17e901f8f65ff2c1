/**
 * The supporter model: predict, learn, a chunk of symbols at a time. What codes or ranks the symbol stands between the
 * two, in one loop with them.
 *
 * Source: F. van Dijken, W. Verdyck, "Neural data compression" (2024), section 3.2.2 and Figure 2.
 */

import { allocate, resetMemory } from "../memory";
import {
  attentionBackward, attentionForward, keepAttention, learnAttention, restartAttention, startAttention,
} from "./attention";
import { contextsForward, learnContexts, restartContexts, startContexts } from "./contexts";
import {
  feedforwardBackward, findSlot, forgetSlots, learnFeedforward, newSlot, startFeedforward,
} from "./feedforward";
import {
  errors, learnOutput, logitsForward, normalize, outputBackward, prepareLogits, startOutput, toShares,
} from "./output";
import { startLearning, startStep } from "./parameters";
import {
  keepMemories, learnRecurrent, prepareSlot, recurrentBackward, recurrentForward, restartRecurrent, startRecurrent,
} from "./recurrent";
import { RNN, TRANSFORMER, chunk, columnBytes, context, part, setShape } from "./shape";
import { hasStates, keepStates, restartStates, startStates } from "./states";

let recent: usize = 0; // i32 [position]: the last symbols, the last of all first
let slotsOfSteps: usize = 0; // i32 [step]
let step: i32 = 0;
let learns: bool = true;

// @ts-ignore: decorator
@inline
function isRecurrent(): bool {
  return part >= RNN && part < TRANSFORMER;
}

/**
 * Forgets all and starts a stream. `NeuralPredictorOptions` in `src/neural-options.ts` has ranges and meanings.
 *
 * @param partKind what stands beside the linear and the dense network: RESIDUAL … of `shape.ts`
 */
export function startModel(
  symbolCount: i32, hidden: i32, partKind: i32, layers: i32, contextLength: i32, chunkLength: i32, orders: i32,
  tableBits: i32, rate: f32, leastRate: f32, decay: f32,
): void {
  resetMemory();
  setShape(symbolCount, hidden, partKind, layers, contextLength, chunkLength);
  startLearning(rate, leastRate, decay);
  startFeedforward();
  if (hasStates()) startStates();
  if (isRecurrent()) startRecurrent();
  if (part == TRANSFORMER) startAttention();
  startOutput();
  startContexts(orders, tableBits);
  recent = allocate(<usize>context << 2);
  slotsOfSteps = allocate(<usize>chunk << 2);
  step = 0;
  learns = true;
}

/** Whether the network learns, which it does from its start, or only predicts. Between two streams. */
export function setLearning(on: bool): void {
  learns = on;
}

/** Begins another stream with the weights as they are, and what they gave before they changed forgotten. */
export function restart(): void {
  memory.fill(recent, 0, <usize>context << 2);
  if (hasStates()) restartStates();
  if (isRecurrent()) restartRecurrent();
  if (part == TRANSFORMER) restartAttention();
  restartContexts();
  forgetSlots();
  step = 0;
}

/** Probabilities of the next symbol, f32 that sum to 1; returns where. Once a symbol. */
export function distribute(): usize {
  let slot = findSlot(recent);
  if (slot < 0) {
    slot = newSlot(recent);
    prepareLogits(slot);
    if (isRecurrent()) prepareSlot(slot);
  }
  store<i32>(slotsOfSteps + (<usize>step << 2), slot);
  if (isRecurrent()) recurrentForward(step, slot);
  if (part == TRANSFORMER) attentionForward(step, slot);
  const logits = logitsForward(step, slot);
  contextsForward(logits);
  normalize(logits);
  return logits;
}

/** Probabilities of the next symbol, u32 that sum to TOTAL; returns where. Once a symbol. */
export function predictSymbol(): usize {
  return toShares(distribute());
}

/** Learns the symbol that came, or only goes on behind it. */
export function learnSymbol(symbol: i32): void {
  const error = errors + <usize>step * columnBytes;
  const at = error + (<usize>symbol << 2);
  store<f32>(at, load<f32>(at) - 1);
  if (learns) learnContexts(error, symbol);
  memory.copy(recent + 4, recent, <usize>(context - 1) << 2);
  store<i32>(recent, symbol);
  step++;
  if (step == chunk) endChunk();
}

/** Learns what of the chunk there is, at the end of a stream. */
export function endStream(): void {
  if (step > 0) endChunk();
}

function endChunk(): void {
  if (learns) learnChunk();
  if (isRecurrent()) keepMemories(step);
  if (part == TRANSFORMER) keepAttention();
  if (hasStates()) keepStates(step);
  step = 0;
}

function learnChunk(): void {
  outputBackward(step, slotsOfSteps);
  if (isRecurrent()) recurrentBackward(step, slotsOfSteps);
  if (part == TRANSFORMER) attentionBackward(step, slotsOfSteps);
  feedforwardBackward();
  startStep();
  learnOutput(step);
  if (isRecurrent()) learnRecurrent(step);
  if (part == TRANSFORMER) learnAttention(step);
  learnFeedforward();
}
