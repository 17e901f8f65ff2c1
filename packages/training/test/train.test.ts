import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { countNeuralWeights, createNeuralTrainer, type NeuralTrainerOptions } from "@pith/predictors";
import { readCheckpoint, writeCheckpoint } from "../src/checkpoint.ts";
import { cutPieces, shuffledOrder } from "../src/pieces.ts";
import { trainNetwork, type TrainingOptions, type TrainingProgress } from "../src/train.ts";
import { predictable } from "./support/streams.ts";

const SHAPE: NeuralTrainerOptions = { alphabetSize: 5, architecture: "gru", hidden: 12, chunk: 16, rate: 0.005 };
const SYMBOLS = predictable(3000);

function training(options: Partial<TrainingOptions> = {}): TrainingOptions {
  return { trainer: createNeuralTrainer(SHAPE), symbols: SYMBOLS, epochs: 4, ...options };
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof PithError) return error.code;
    throw error;
  }
  return "no error";
}

describe("training", () => {
  test("makes the loss smaller, and keeps the weights of the best epoch", async () => {
    const trainer = createNeuralTrainer(SHAPE);
    const { epochs, bestEpoch, weights, end } = await trainNetwork(training({ trainer }));
    expect(epochs.length).toBe(4);
    expect(epochs[3].training).toBeLessThan(epochs[0].training - 0.3);
    expect(end).toBe("epochs");
    expect(bestEpoch).toBe(4);
    expect(weights).toEqual(trainer.weights());
  });

  test("comes to the same weights for the same seed, to others for another", async () => {
    const results = await Promise.all([0, 0, 7].map((seed) => trainNetwork(training({ seed, validation: 0.1 }))));
    expect(results[1]).toEqual(results[0]);
    expect(results[2].weights).not.toEqual(results[0].weights);
  });

  test("learns nothing of what is held back, and judges by it", async () => {
    const { validation } = cutPieces(SYMBOLS, 0.2);
    const trainer = createNeuralTrainer(SHAPE);
    const { epochs, weights } = await trainNetwork(training({ trainer, validation: 0.2 }));
    const judge = createNeuralTrainer({ ...SHAPE, weights });
    const costs = validation.map((piece) => {
      const steps = Array.from(judge.evaluate(piece));
      return steps[steps.length - 1].loss * piece.length;
    });
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / (0.2 * SYMBOLS.length);
    expect(Math.min(...epochs.map((epoch) => epoch.validation!))).toBeCloseTo(mean, 10);
  });

  test("ends once patience does, with weights from before", async () => {
    // Noise: the more of it is learnt, the worse the rest is predicted.
    const noise = Uint8Array.from({ length: 400 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 29).map((x) => x % 5);
    const trainer = createNeuralTrainer({ ...SHAPE, rate: 0.02 });
    const options = { trainer, symbols: noise, epochs: 60, validation: 0.25, patience: 3 };
    const { epochs, bestEpoch, weights, end } = await trainNetwork(options);
    expect(end).toBe("patience");
    expect(epochs.length).toBe(bestEpoch + 3);
    expect(epochs.length).toBeLessThan(60);
    expect(weights).not.toEqual(trainer.weights());
  });

  test("tells how far it is, up to the end", async () => {
    const told: TrainingProgress[] = [];
    const numbers: number[] = [];
    await trainNetwork(training({ onProgress: (p) => told.push(p), onEpoch: (_, number) => numbers.push(number) }));
    const last = told[told.length - 1];
    expect(last).toMatchObject({ epoch: 4, epochs: 4, done: 12_000, total: 12_000, secondsLeft: 0 });
    told.forEach(({ done, loss }, i) => {
      expect(done).toBeGreaterThanOrEqual(i === 0 ? 0 : told[i - 1].done);
      expect(loss).toBeGreaterThan(0);
    });
    expect(numbers).toEqual([1, 2, 3, 4]);
  });

  test("resumed from any checkpoint, comes to what it would have come to", async () => {
    const checkpoints: Uint8Array[] = [];
    const options = { validation: 0.1, checkpointSeconds: 0, epochs: 3 };
    const onCheckpoint = (checkpoint: Uint8Array) => void checkpoints.push(checkpoint);
    const whole = await trainNetwork(training({ ...options, onCheckpoint }));
    // Nine pieces that are learnt: eight checkpoints within an epoch, one at its end.
    expect(checkpoints.length).toBe(27);
    for (const at of [0, 4, 8, 13, 26]) {
      const resumed = await trainNetwork(training({ ...options, resume: checkpoints[at] }));
      expect(resumed).toEqual(whole);
    }
  });

  test("stops where its signal says so", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const onEpoch = (): void => controller.abort(reason);
    const stopped = trainNetwork(training({ epochs: 10_000, signal: controller.signal, onEpoch }));
    await expect(stopped).rejects.toBe(reason);
    await expect(trainNetwork(training({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });

  test("that diverges is an error, and names the rate", async () => {
    const options = { ...SHAPE, architecture: "none", rate: 0.9 } as const;
    const weights = new Float32Array(countNeuralWeights(options)).fill(1e30);
    const trainer = createNeuralTrainer({ ...options, weights });
    await expect(trainNetwork(training({ trainer }))).rejects.toThrow(/^rate: expected .* got 0.9: it is NaN$/);
  });

  test.each([
    [{ epochs: 0 }, "epochs: expected an integer from 1 to 10000, got 0"],
    [{ validation: 0.6 }, "validation: expected a share from 0 to 0.5, got 0.6"],
    [{ patience: 0 }, "patience: expected an integer from 1 to 10000, got 0"],
    [{ seed: -1 }, "seed: expected an integer from 0 to 4294967295, got -1"],
    [{ symbols: new Uint8Array(0) }, "symbols: expected at least one, got 0"],
  ])("refuses %j", async (options, message) => {
    await expect(trainNetwork(training(options))).rejects.toThrow(new RangeError(message));
  });
});

describe("a checkpoint", () => {
  const made = (async () => {
    const checkpoints: Uint8Array[] = [];
    await trainNetwork(training({ epochs: 2, onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint) }));
    return checkpoints[0];
  })();

  test("of other symbols, another seed or another network is refused", async () => {
    const resume = await made;
    expect(await codeOf(trainNetwork(training({ resume })))).toBe("no error");
    expect(await codeOf(trainNetwork(training({ resume, seed: 1 })))).toBe("invalid-field");
    expect(await codeOf(trainNetwork(training({ resume, symbols: predictable(3000, 2) })))).toBe("invalid-field");
    const trainer = createNeuralTrainer({ ...SHAPE, architecture: "lstm" });
    expect(await codeOf(trainNetwork(training({ resume, trainer })))).toBe("invalid-field");
    const larger = createNeuralTrainer({ ...SHAPE, hidden: 13 });
    expect(await codeOf(trainNetwork(training({ resume, trainer: larger })))).toBe("invalid-field");
  });

  test("that is cut short, longer or damaged anywhere is refused", async () => {
    const whole = await made;
    const position = readCheckpoint(whole);
    // The trainer's part is long and told by the same checksum: a short one will do.
    const bytes = writeCheckpoint({
      ...position,
      saved: position.saved.subarray(0, 50),
      bestWeights: Float32Array.of(1, 2),
    });
    const outcome = (damaged: Uint8Array): string => {
      try {
        readCheckpoint(damaged);
      } catch (error) {
        if (error instanceof PithError) return error.code;
        throw error;
      }
      return "no error";
    };
    expect(writeCheckpoint(position)).toEqual(whole);
    expect(outcome(bytes)).toBe("no error");
    for (let length = 0; length < bytes.length; length++) expect(outcome(bytes.subarray(0, length))).toBe("truncated");
    expect(outcome(Uint8Array.of(...bytes, 0))).toBe("trailing-data");
    const codes = new Set<string>();
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const copy = bytes.slice();
      copy[bit >> 3] ^= 1 << (bit & 7);
      codes.add(outcome(copy));
    }
    const refusals = ["checksum-mismatch", "not-pith", "trailing-data", "truncated", "unsupported-version"];
    expect(Array.from(codes).sort()).toEqual(refusals);
  });
});

describe("pieces", () => {
  test.each([
    [1, 0],
    [1, 0.5],
    [7, 0.3],
    [100, 0.1],
    [100_000, 0.1],
    [100_000, 0.5],
    [50_000, 0],
  ])("of %d symbols, a share of %d held back, are all of them, each once", (length, share) => {
    const symbols = Uint16Array.from({ length }, (_, i) => i & 1023);
    const { training: learnt, validation } = cutPieces(symbols, share);
    const starts = [...learnt, ...validation].sort((a, b) => a.byteOffset - b.byteOffset);
    expect(starts.map((piece) => piece.join()).join()).toBe(symbols.join());
    expect(learnt.length).toBeGreaterThan(0);
    const held = validation.reduce((sum, piece) => sum + piece.length, 0);
    expect(Math.abs(held - share * length)).toBeLessThanOrEqual(Math.min(2 ** 14, Math.max(1, share * length)));
    if (share === 0) expect(held).toBe(0);
  });

  test("are learnt in another order for each seed", () => {
    const orders = [1, 1, 2].map((seed) => shuffledOrder(50, seed));
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).not.toEqual(orders[0]);
    expect(Array.from(orders[2]).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});
