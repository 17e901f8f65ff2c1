/**
 * What one version predicts, every later one must predict, or what it wrote no longer decodes. Checksums: FNV-1a, 32
 * bits, over the probabilities before each symbol, in turn, each as four bytes, the lowest first. The plain reference
 * predicts the same for small networks, see `neural.test.ts`.
 */
import { expect, test } from "@jest/globals";
import { createNeuralPredictor } from "../src/neural.ts";
import type { NeuralPredictorOptions } from "../src/neural-options.ts";
import { prose } from "./support/contents.ts";

const SYMBOLS = Array.from(prose(1500), (byte) => byte & 127);

const GOLDEN: readonly (readonly [Omit<NeuralPredictorOptions, "alphabetSize">, string])[] = [
  [{ architecture: "none" }, "d85908e2"],
  [{}, "ff63dbc6"],
  [{ architecture: "rnn" }, "710e8951"],
  [{ architecture: "rnn", layers: 3, hidden: 58, rate: 0.01 }, "c674a615"],
  [{ architecture: "lstm", layers: 2, chunk: 10 }, "9c636d25"],
  [{ architecture: "gru", orders: 6, tableBits: 12, rate: 0.003, chunk: 32 }, "5c4f4e4b"],
  [{ architecture: "transformer", layers: 2 }, "514d9799"],
  [{ context: 4, chunk: 1 }, "bae0e6e3"],
];

test.each(GOLDEN)("the probabilities of %j stay as they are", (options, checksum) => {
  const predictor = createNeuralPredictor({ ...options, alphabetSize: 128 });
  const probabilities = new Uint32Array(128);
  let hash = 0x811c9dc5;
  for (const symbol of SYMBOLS) {
    predictor.predict(probabilities);
    for (const word of probabilities) {
      for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >> shift) & 255), 0x01000193);
    }
    predictor.update(symbol);
  }
  expect((hash >>> 0).toString(16).padStart(8, "0")).toBe(checksum);
});
