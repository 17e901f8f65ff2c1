/** The program of the worker that measures a text. */
import { expose, transfer } from "comlink";
import { createPredictor } from "./create-predictor.ts";
import { measureBytes, type Slice } from "./measure.ts";

/** Milliseconds of work in a slice. */
const SLICE = 150;

const measurer = {
  measure(id: string, bytes: Uint8Array, onSlice: (slice: Slice) => void): void {
    const predictor = createPredictor(id, bytes.length);
    for (const slice of measureBytes(predictor, bytes, SLICE)) {
      const { bits, ranks, guesses, guessProbabilities } = slice;
      onSlice(transfer(slice, [bits.buffer, ranks.buffer, guesses.buffer, guessProbabilities.buffer]));
    }
  },
};

export type Measurer = typeof measurer;

expose(measurer);
