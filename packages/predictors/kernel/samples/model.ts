/** The model of samples of pictures and sound. */

import { initMath } from "../math";
import { resetMemory } from "../memory";
import { initApms } from "../mix/apm";
import { startDecisions } from "../numbers/decisions";
import { initMagnitudes } from "../numbers/magnitudes";
import { startMixer } from "../numbers/mixer";
import { initStateMaps } from "../state-map";
import { startExpectation } from "./expectation";
import { startMatch } from "./match";
import { startRecall } from "./recall";
import { startStream } from "./stream";

export { enterDecision, enterStage, setSign, startResidual, NODE_NEGATIVE, NODE_NONZERO, NODE_SIZE } from "./contexts";
export { expect, expected, learnExpectation } from "./expectation";
export { learn, predict } from "../numbers/decisions";
export { findMatch, learnMatch } from "./match";
export { learnRecall, recall } from "./recall";
export { push } from "./stream";

let initialised: bool = false;

/**
 * Forgets everything.
 *
 * @param channels samples of a pixel or a moment
 * @param row samples of a row, 0 for sound
 * @param bits of a sample, 1 … 24
 * @param isSigned whether samples may be below zero
 * @param tableBits log2 of the slots of one context
 * @param samples of all content
 */
export function startModel(channels: i32, row: i32, bits: i32, isSigned: bool, tableBits: i32, samples: i32): void {
  if (!initialised) {
    initMath();
    initStateMaps();
    initApms();
    initMagnitudes();
    initialised = true;
  }
  resetMemory();
  startStream(channels, row, bits, isSigned);
  startExpectation();
  startMatch(samples);
  startRecall();
  startMixer();
  startDecisions(tableBits);
}
