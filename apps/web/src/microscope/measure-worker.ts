/** The program of the worker that measures a text. */
import "../shared/trusted-types.ts";
import { expose, transfer } from "comlink";
import { openPredictor } from "./open-predictor.ts";
import { measureBytes, type Slice } from "./measure.ts";
import type { Units } from "./units.ts";

const measurer = {
  /**
   * @param onUnits told once what the predictor is shown
   * @param onSlice told of what is measured, piece by piece
   */
  async measure(
    id: string,
    bytes: Uint8Array<ArrayBuffer>,
    onUnits: (units: Units) => void,
    onSlice: (slice: Slice) => void,
  ): Promise<void> {
    const { predictor, units } = await openPredictor(id, bytes);
    onUnits(units);
    for (const slice of measureBytes(predictor, units.symbols)) {
      const { bits, ranks, guesses, guessProbabilities } = slice;
      onSlice(transfer(slice, [bits.buffer, ranks.buffer, guesses.buffer, guessProbabilities.buffer]));
    }
  },
};

export type Measurer = typeof measurer;

expose(measurer);
