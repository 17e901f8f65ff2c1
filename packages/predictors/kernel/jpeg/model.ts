/**
 * The model of the coefficients of a JPEG: block by block, plane by plane. Of a block first the number of coefficients
 * that are not zero, then these in zigzag order, then the mean.
 */

import { initMath } from "../math";
import { resetMemory } from "../memory";
import { initApms } from "../mix/apm";
import { initStateMaps } from "../state-map";
import { startBoundary } from "./boundary";
import { startDecisions } from "../numbers/decisions";
import { startExpectations } from "./expectation";
import { initMagnitudes } from "../numbers/magnitudes";
import { startMixer } from "../numbers/mixer";
import { resetPlanes, startPlanes, widest } from "./planes";

export { coefficientOf, endBlock, setCount, startBlock } from "./blocks";
export { enterCoefficient, setCoefficient } from "./coefficient";
export { enterCount } from "./count";
export { learn, predict } from "../numbers/decisions";
export { enterMean } from "./mean";
export { enterDecision, NODE_BITS, NODE_NEGATIVE, NODE_NONZERO, NODE_SIZE, setSign } from "./numbers";
export { addPlane, quantisationAddress } from "./planes";

let initialised: bool = false;

/** Forgets everything; planes are added next. */
export function resetModel(): void {
  if (!initialised) {
    initMath();
    initStateMaps();
    initApms();
    initMagnitudes();
    initialised = true;
  }
  resetMemory();
  resetPlanes();
}

/** All planes are there. @param tableBits log2 of the slots of one context */
export function startModel(tableBits: i32): void {
  startPlanes();
  startBoundary(widest());
  startExpectations();
  startMixer();
  startDecisions(tableBits);
}
