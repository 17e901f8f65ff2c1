/**
 * A context-mixing model: predicts one bit at a time. For each bit: every part writes its inputs, the mixer weighs
 * them, adaptive probability maps correct the mix; then the bit comes, and every part learns it.
 *
 *   startModel(length, tableBits, flags)   once a block
 *   predictBit() → 16-bit probability of a one, then learnBit(bit)   eight times a byte, the highest bit first
 */

import { initHistories } from "../history";
import { initMath } from "../math";
import { resetMemory } from "../memory";
import { initStateMaps } from "../state-map";
import { initApms } from "./apm";
import { bitIndex, partial, pushBit, pushByte, startBytes } from "./bytes";
import { RUN } from "./config";
import { selectByFields, startFields, updateFields } from "./contexts/fields";
import { selectByGrid, startGridContexts, updateGridContexts } from "./contexts/grid";
import { startIndirect, updateIndirect } from "./contexts/indirect";
import { selectByLayout, startLayout, updateLayout } from "./contexts/layout";
import { updateOrders } from "./contexts/orders";
import { updatePositions } from "./contexts/positions";
import { startRecords, updateRecords } from "./contexts/records";
import { selectBySparse, startSparse, updateSparse } from "./contexts/sparse";
import { estimateByWords, selectByWords, startWords, updateWords } from "./contexts/words";
import { estimateByX86, selectByX86, updateX86 } from "./contexts/x86";
import { learnDirect, predictDirect, startDirect } from "./direct";
import { initDomain } from "./domain";
import { initFineApms } from "./fine-apm";
import { estimate, fetchRows, learnEstimations, startEstimations } from "./estimations";
import { learnForecast, predictForecast, startForecast, updateForecast } from "./forecast";
import { learnHistories, learnRuns, predictHistories, readRuns, startHistories, sum } from "./histories";
import { constantInput, directInputs, forecastInputs, matchInputs, networkInputs } from "./inputs";
import { startJournal } from "./journal";
import { learnMatches, predictMatches, startMatches, updateMatchContexts, updateMatches } from "./match";
import { learnMix, mix, startMixer } from "./mixer";
import { learnByte, networkWeight, predictNetwork, startNetworkInputs } from "./network";
import { estimateByStream, selectByStream } from "./selectors";
import { peekSlots, selectSlots, startSlots } from "./slots";
import { startX86 } from "./x86";

/** Flags of a block: text went through the word dictionary; machine code is for 64-bit mode. */
export const DICTIONARY: i32 = 1;
export const X86_64: i32 = 2;
/** The network is in another thread, and what it predicts is given, slice by slice: the same bits. */
export const NETWORK_GIVEN: i32 = 4;

const CONSTANT_INPUT: f32 = 0.3;

let initialised: bool = false;

/**
 * Lays out memory and forgets everything.
 *
 * @param length bytes of the block
 * @param tableBits log2 bytes of one context's table, LEAST_TABLE_BITS … MOST_TABLE_BITS
 * @param flags DICTIONARY, X86_64, NETWORK_GIVEN
 * @param slice bytes whose probabilities a network in another thread gives at a time
 */
export function startModel(length: i32, tableBits: i32, flags: i32, slice: i32 = 0): void {
  initialise();
  resetMemory();
  startBytes(length);
  startMixer();
  startHistories();
  startMatches(max(8, min(tableBits - 2, MATCH_BITS)));
  startDirect(max(10, min(tableBits, 20)));
  startIndirect();
  startWords((flags & DICTIONARY) != 0);
  startLayout();
  startRecords();
  startFields();
  startSparse();
  startGridContexts();
  startForecast();
  startX86((flags & X86_64) != 0);
  startEstimations(max(8, min(tableBits - 6, ESTIMATION_BITS)));
  startSlots(tableBits);
  if (LSTM_LAYERS > 0) startNetworkInputs((flags & NETWORK_GIVEN) != 0 ? slice : 0);
  startJournal();
  selectSlots(0);
  if (RUN) readRuns();
}

/** Lays out memory for the network alone, which is ahead of a model in another thread. */
export function startNetworkAlone(): void {
  initialise();
  resetMemory();
  if (LSTM_LAYERS > 0) startNetworkInputs(0);
}

function initialise(): void {
  if (initialised) return;
  initMath();
  initStateMaps();
  initHistories();
  initApms();
  initDomain();
  initFineApms();
  initialised = true;
}

/** A byte is complete: contexts and slots for the next one. */
function nextByte(byte: i32): void {
  pushByte(byte);
  updateMatches(byte);
  updateContexts(byte);
  if (RUN) learnRuns(byte);
  if (LSTM_LAYERS > 0) learnByte(byte);
  selectSlots(0);
  if (RUN) readRuns();
}

/** Each in its file, of which nothing is left where the model has none of its parts. */
// @ts-ignore: decorator
@inline
export function updateContexts(byte: i32): void {
  updateWords(byte);
  updateLayout(byte);
  updateIndirect(byte);
  updateRecords(byte);
  updateFields(byte);
  updateSparse(byte);
  updateGridContexts(byte);
  updateForecast(byte);
  updateX86(byte);
  updateOrders();
  updatePositions();
  updateMatchContexts(byte);
}

/** 16-bit probability, 1 … 65535, that the next bit is a one. Changes nothing that a second call would notice. */
export function predictBit(): i32 {
  estimateByStream();
  estimateByWords();
  estimateByX86();
  fetchRows();
  predictMatches(matchInputs);
  predictDirect(directInputs);
  store<f32>(constantInput, CONSTANT_INPUT);
  if (LSTM_LAYERS > 0) predictNetwork(networkInputs);
  predictForecast(forecastInputs);
  predictHistories();
  let base = sum * (<f32>WEIGHT * 0.001);
  if (LSTM_TRAINED_WEIGHT > 0) base += networkWeight * load<f32>(networkInputs);
  selectByStream();
  selectByWords();
  selectByLayout();
  selectByX86();
  selectByFields();
  selectByGrid();
  selectBySparse();
  return estimate(mix(base));
}

/** Learns the bit that came. */
export function learnBit(bit: i32): void {
  learnMix(bit);
  learnEstimations(bit);
  learnHistories(bit);
  learnDirect(bit);
  learnMatches(bit);
  learnForecast(bit);
  pushBit(bit);
  if (bitIndex == 8) nextByte(partial & 255);
  else if (bitIndex == 4) selectSlots(partial);
}

export { buffer } from "./bytes";
export { LEAST_TABLE_BITS, MOST_TABLE_BITS } from "./config";
export { GIVEN_BYTES, givenAddress, networkAddress, networkLength, predictAhead, takeNetwork } from "./network";
export { peekSlots, selectSlots };
