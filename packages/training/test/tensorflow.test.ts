import { describe, expect, test } from "@jest/globals";
import { createNeuralTrainer, readNeuralState, type NeuralTrainer, type NeuralTrainerOptions } from "@pith/predictors";
import {
  TENSORFLOW_BACKENDS,
  chooseAmong,
  chooseBackend,
  type BackendModule,
  type TensorFlowBackend,
} from "../src/tensorflow/backend.ts";
import { createTensorFlowTrainer } from "../src/tensorflow/trainer.ts";
import { trainNetwork } from "../src/train.ts";
import { predictable } from "./support/streams.ts";

const ARCHITECTURES = ["none", "residual", "rnn", "lstm", "gru", "transformer"] as const;
const BACKENDS = ["wasm", "cpu"] as const;
const CASES = BACKENDS.flatMap((backend) => ARCHITECTURES.map((architecture) => [backend, architecture] as const));

function optionsOf(architecture: (typeof ARCHITECTURES)[number]): NeuralTrainerOptions {
  return { alphabetSize: 5, architecture, layers: 2, hidden: 9, context: 2, chunk: 20, rate: 0.003, decay: 0.99 };
}

function lossOf(run: Generator<unknown, number>): number {
  for (;;) {
    const { done, value } = run.next();
    if (done === true) return value;
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(b.length).toBe(a.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}

/** Gradients of the first step: Adam's means, of which it makes a tenth. */
function firstGradients(trainer: NeuralTrainer, symbols: Uint8Array): Float32Array {
  lossOf(trainer.train(symbols));
  return readNeuralState(trainer.shape, trainer.save()).momenta.map((momentum) => 10 * momentum);
}

describe("the trainer by TensorFlow.js", () => {
  test.each(CASES)("on %s has our losses and gradients, within a ten-thousandth: %s", async (backend, architecture) => {
    const options = optionsOf(architecture);
    const own = createNeuralTrainer(options);
    const { trainer } = await createTensorFlowTrainer({ ...options, backend });
    const batch = predictable(20);
    expect(Math.abs(lossOf(trainer.evaluate(batch)) - lossOf(own.evaluate(batch)))).toBeLessThan(1e-4);
    const gradients = firstGradients(own, batch);
    expect(largestDifference(gradients, firstGradients(trainer, batch))).toBeLessThan(1e-4);
    expect(gradients.some((gradient) => Math.abs(gradient) > 0.01)).toBe(true);
    // Chunks that go on from states, and a last one that is not whole.
    const symbols = predictable(90, 3);
    expect(Math.abs(lossOf(trainer.train(symbols)) - lossOf(own.train(symbols)))).toBeLessThan(1e-3);
    // Adam takes whole steps where gradients are next to nothing: a few weights differ by those.
    const [ours, theirs] = [own.weights(), trainer.weights()];
    const mean = ours.reduce((sum, weight, i) => sum + Math.abs(weight - theirs[i]), 0) / ours.length;
    expect(mean).toBeLessThan(1e-4);
  });

  test("starts from given weights, and goes on from what our own saved, and our own from its", async () => {
    const options = optionsOf("rnn");
    const own = createNeuralTrainer(options);
    lossOf(own.train(predictable(100)));
    const { trainer } = await createTensorFlowTrainer({ ...options, weights: own.weights() });
    expect(trainer.weights()).toEqual(own.weights());
    trainer.restore(own.save());
    expect(trainer.save()).toEqual(own.save());
    lossOf(trainer.train(predictable(60, 2)));
    const back = createNeuralTrainer(options);
    back.restore(trainer.save());
    expect(back.save()).toEqual(trainer.save());
  });

  test.each(["rnn", "transformer"] as const)(
    "trains by the same loop, and leaves no tensors behind: %s",
    async (architecture) => {
      const { tf } = await chooseBackend(["wasm"]);
      const { trainer } = await createTensorFlowTrainer({ ...optionsOf(architecture), backend: "wasm", rate: 0.01 });
      const symbols = predictable(400);
      const before = tf.memory().numTensors;
      const { epochs, weights } = await trainNetwork({ trainer, symbols, epochs: 3, validation: 0.25 });
      expect(tf.memory().numTensors).toBe(before);
      expect(epochs[2].training).toBeLessThan(epochs[0].training);
      const judged = lossOf(createNeuralTrainer({ ...trainer.shape, weights }).evaluate(symbols));
      expect(judged).toBeLessThan(epochs[0].training);
    },
  );

  test("refuses what ours refuses", async () => {
    const { trainer } = await createTensorFlowTrainer(optionsOf("none"));
    expect(() => lossOf(trainer.train(Uint8Array.of(0, 5)))).toThrow(
      new RangeError("symbols[1]: expected 0 to 4, got 5"),
    );
    const huge = createNeuralTrainer(optionsOf("none")).weights().fill(1e30);
    const { trainer: lost } = await createTensorFlowTrainer({ ...optionsOf("none"), weights: huge });
    expect(() => lossOf(lost.train(new Uint8Array(50)))).toThrow(/^rate: expected .* got 0.003: it is /);
  });
});

describe("the backend", () => {
  test("is the fastest that is there, and why is said", async () => {
    const { name, reason, tf } = await chooseBackend();
    if (name === "tfjs-node") return;
    expect(name).toBe("wasm");
    expect(reason).toBe("tfjs-node: not installed");
    expect(tf.getBackend()).toBe("wasm");
  });

  test.each(BACKENDS)("can be asked for: %s", async (wanted) => {
    const { name, reason } = await chooseBackend([wanted]);
    expect([name, reason]).toEqual([wanted, "the first that was asked for"]);
  });

  test("that is not to be had is an error that says why; one that nobody knows, too", async () => {
    const wanted = "abacus" as TensorFlowBackend;
    const message = `backend: expected one of ${TENSORFLOW_BACKENDS.join(", ")}, got abacus`;
    await expect(chooseBackend([wanted])).rejects.toThrow(new RangeError(message));
    const installed = await chooseBackend().then(({ name }) => name === "tfjs-node");
    if (installed) return;
    await expect(chooseBackend(["tfjs-node"])).rejects.toThrow(
      /^no backend of TensorFlow\.js is to be had: tfjs-node: not installed; npm install @tensorflow\/tfjs-core /,
    );
  });

  test("by WebGPU is told to be for browsers where there is none", async () => {
    await expect(chooseBackend(["webgpu"])).rejects.toThrow(
      /^no backend of TensorFlow\.js is to be had: webgpu: there is no navigator\.gpu here; browsers have it/,
    );
    const { name, reason } = await chooseBackend(["webgpu", "cpu"]);
    expect([name, reason]).toEqual(["cpu", expect.stringMatching(/^webgpu: there is no navigator\.gpu here/)]);
  });
});

describe("a stand-in for tfjs-node", () => {
  const wasm: BackendModule = { registers: "wasm", load: () => import("@tensorflow/tfjs-backend-wasm") };
  const choose = (node: BackendModule): ReturnType<typeof chooseAmong> => chooseAmong({ "tfjs-node": node, wasm });

  test("that computes is taken, and drives training", async () => {
    const { name, reason, tf } = await choose({
      registers: "cpu",
      load: () => import("@tensorflow/tfjs-backend-cpu"),
    });
    expect([name, reason, tf.getBackend()]).toEqual(["tfjs-node", "the fastest there is", "cpu"]);
  });

  test("that fails at its first operation is passed over, and why is said", async () => {
    const { name, reason, tf } = await choose({
      registers: "broken",
      async load() {
        const { KernelBackend, registerBackend } = await import("@tensorflow/tfjs-core");
        class Broken extends KernelBackend {
          override write(): never {
            throw new TypeError("util.isNullOrUndefined is not a function\n    at somewhere");
          }
          override disposeData(): boolean {
            return true;
          }
          override floatPrecision(): 32 {
            return 32;
          }
        }
        registerBackend("broken", () => new Broken());
      },
    });
    expect([name, reason]).toEqual(["wasm", "tfjs-node: util.isNullOrUndefined is not a function"]);
    expect(tf.getBackend()).toBe("wasm");
  });

  test("that does not start, or cannot be loaded, is passed over as well", async () => {
    const silent = await choose({ registers: "nobody", load: () => Promise.resolve() });
    expect(silent).toMatchObject({ name: "wasm", reason: expect.stringMatching(/^tfjs-node: /) });
    const missing = await choose({
      registers: "nobody",
      load: () => Promise.reject(Object.assign(new Error("x"), { code: "ERR_MODULE_NOT_FOUND" })),
    });
    expect(missing).toMatchObject({ name: "wasm", reason: "tfjs-node: not installed" });
  });
});
