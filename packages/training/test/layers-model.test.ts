import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { createNeuralPredictor, createNeuralTrainer, type NeuralModel } from "@pith/predictors";
import { chooseBackend } from "../src/tensorflow/backend.ts";
import { fromLayersModel, toLayersModel, type LayersModelFiles } from "../src/tensorflow/layers-model.ts";
import { predictable } from "./support/streams.ts";

const ARCHITECTURES = ["none", "residual", "rnn", "lstm"] as const;

function trained(architecture: (typeof ARCHITECTURES)[number] | "gru" | "transformer", context = 1): NeuralModel {
  const trainer = createNeuralTrainer({
    alphabetSize: 5,
    architecture,
    layers: architecture === "rnn" || architecture === "lstm" ? 2 : 1,
    hidden: 6,
    context,
    chunk: 10,
    rate: 0.01,
  });
  Array.from(trainer.train(predictable(300)));
  return { options: trainer.shape, weights: trainer.weights() };
}

async function load(files: LayersModelFiles) {
  const { tf } = await chooseBackend(["cpu"]);
  const { loadLayersModel } = await import("@tensorflow/tfjs-layers");
  const json = JSON.parse(new TextDecoder().decode(files["model.json"]));
  const { modelTopology, weightsManifest, userDefinedMetadata } = json;
  const weightSpecs = weightsManifest[0].weights;
  const weightData = files["weights.bin"].buffer;
  const artifacts = { modelTopology, weightSpecs, weightData, userDefinedMetadata };
  return { tf, model: await loadLayersModel(tf.io.fromMemory(artifacts)), artifacts };
}

function errorOf(files: LayersModelFiles): PithError {
  try {
    fromLayersModel(files);
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
  throw new Error("expected a PithError");
}

describe("a LayersModel", () => {
  test.each(ARCHITECTURES)("is the network, and comes back as it went: %s", async (architecture) => {
    for (const context of [1, 3]) {
      const model = trained(architecture, context);
      expect(fromLayersModel(await toLayersModel(model))).toEqual(model);
    }
  });

  test.each(ARCHITECTURES)("predicts in TensorFlow.js what the network predicts: %s", async (architecture) => {
    const own = trained(architecture, 2);
    const { tf, model } = await load(await toLayersModel(own));
    const symbols = predictable(30, 4);
    const inputs = [0, 1].map((i) => {
      const recent = Array.from(symbols, (_, step) => symbols[step - 1 - i] ?? 0);
      return tf.expandDims(tf.cast(tf.oneHot(tf.tensor1d(recent, "int32"), 5), "float32"), 0);
    });
    const output = model.predict(inputs) as ReturnType<typeof tf.tensor>;
    const shares = output.dataSync();
    const predictor = createNeuralPredictor({ ...own.options, weights: own.weights, learns: false });
    const probabilities = new Uint32Array(5);
    symbols.forEach((symbol, step) => {
      predictor.predict(probabilities);
      probabilities.forEach((share, i) => expect(shares[5 * step + i]).toBeCloseTo(share / 2 ** 22, 4));
      predictor.update(symbol);
    });
  });

  test("that was loaded and saved by TensorFlow.js comes back, too", async () => {
    const own = trained("lstm");
    const { tf, model } = await load(await toLayersModel(own));
    let files: LayersModelFiles | undefined;
    await model.save(
      tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
        const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
        files = {
          "model.json": new TextEncoder().encode(JSON.stringify({ modelTopology, weightsManifest })),
          "weights.bin": new Uint8Array(weightData as ArrayBuffer),
        };
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
      }),
    );
    // What it does not know is the chunk.
    expect(fromLayersModel(files!)).toEqual({ ...own, options: { ...own.options, chunk: 16 } });
  });

  test.each(["gru", "transformer"] as const)("is not made of a %s", async (architecture) => {
    await expect(toLayersModel(trained(architecture))).rejects.toThrow(
      new RangeError(`architecture: expected one of none, residual, rnn, lstm for a LayersModel, got ${architecture}`),
    );
  });

  test("that is damaged or another is refused", async () => {
    const files = await toLayersModel(trained("lstm"));
    const json = new TextDecoder().decode(files["model.json"]);
    const weights = files["weights.bin"];
    const withJson = (text: string) => errorOf({ ...files, "model.json": new TextEncoder().encode(text) }).message;
    const replaced = (from: string, to: string) => {
      expect(json).toContain(from);
      return withJson(json.replace(from, to));
    };
    const withWeights = (bytes: Uint8Array<ArrayBuffer>) => errorOf({ ...files, "weights.bin": bytes }).code;
    expect(withWeights(weights.slice(0, -1))).toBe("truncated");
    expect(withWeights(Uint8Array.of(...weights, 0))).toBe("trailing-data");
    expect(withWeights(weights.map((byte, i) => (i < 4 ? 255 : byte)))).toBe("invalid-field");
    expect(withJson(json.slice(1))).toBe("model.json is no JSON");
    for (const text of [
      "null",
      "{}",
      "[]",
      '{"modelTopology":{}}',
      '{"modelTopology":{"model_config":{"config":{"layers":[null]}}}}',
    ]) {
      expect(withJson(text)).toBe("model.json has no layers or no weights");
    }
    expect(replaced('"tanh"', '"relu"')).toMatch(/^the layer \w+ has another activation: expected tanh, got relu$/);
    expect(replaced('"recurrent_activation":"sigmoid"', '"recurrent_activation":"hard_sigmoid"')).toMatch(
      /^the layer layer_0 has another recurrent_activation: expected sigmoid, got hard_sigmoid$/,
    );
    expect(replaced('"class_name":"LSTM"', '"class_name":"GRU"')).toMatch(/^the (layer|model)/);
    expect(replaced('"name":"linear","trainable"', '"name":"liner","trainable"')).toMatch(
      /^the model lacks a layer: expected linear/,
    );
    expect(replaced('"shape":[5,6]', '"shape":[6,5]')).toMatch(/expected|are of another shape/);
    expect(replaced('"float32"}', '"int32"}')).toMatch(/of another type/);
    expect(replaced('["dense_0",0,0', '["linear",0,0')).toMatch(/^the layer dense_1 takes something else/);
  });

  test("whose gates are not coupled is refused: no weights of ours do what it does", async () => {
    const files = await toLayersModel(trained("lstm"));
    const { weightsManifest } = JSON.parse(new TextDecoder().decode(files["model.json"]));
    let at = 0;
    for (const { name, shape } of weightsManifest[0].weights as { name: string; shape: number[] }[]) {
      if (name === "layer_0/kernel") break;
      at += 4 * shape.reduce((product, size) => product * size, 1);
    }
    const bytes = files["weights.bin"].slice();
    new DataView(bytes.buffer).setFloat32(at, 0.75, true);
    expect(errorOf({ ...files, "weights.bin": bytes }).message).toMatch(
      /^the input gate of layer_0\/kernel is not one minus the forget gate: expected 0.75, got /,
    );
  });
});
