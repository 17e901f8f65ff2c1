/**
 * The supporter model as layers of TensorFlow.js, and where its weights lie in them. Long short-term memory whose input
 * gate is one minus its forget gate is one with two gates whose weights are each other's negatives.
 */
import { neuralMatrices, type NeuralShape } from "@pith/predictors";

/** A layer of the standard ones, its name, what it takes, and those of its settings that matter. */
export interface LayerDescription {
  readonly className: "InputLayer" | "Dense" | "Add" | "SimpleRNN" | "LSTM" | "Concatenate";
  readonly name: string;
  readonly inputs: readonly string[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** A matrix of a layer: rows of parts, side by side; each is one of `neuralMatrices`, or the negative of one. */
export interface LayerWeights {
  readonly name: string;
  readonly isVector: boolean;
  /** [above one another][side by side] */
  readonly parts: readonly (readonly { readonly name: string; readonly sign: 1 | -1 }[])[];
}

/** Those architectures that are made of standard layers. */
export const LAYERED_ARCHITECTURES: readonly NeuralShape["architecture"][] = ["none", "residual", "rnn", "lstm"];

/** Layers of the model, in an order in which each comes after what it takes. */
export function describeLayers(shape: NeuralShape): LayerDescription[] {
  const { alphabetSize, architecture, layers, hidden, context } = shape;
  const list: LayerDescription[] = [];
  const add = (
    className: LayerDescription["className"],
    name: string,
    inputs: readonly string[],
    settings: LayerDescription["settings"] = {},
  ): string => {
    list.push({ className, name, inputs, settings });
    return name;
  };
  const dense = (name: string, input: string, activation = "linear", units = hidden, bias = true): string =>
    add("Dense", name, [input], { units, activation, use_bias: bias });

  const embedded = Array.from({ length: context }, (_, i) =>
    dense(`embedding_${i}`, add("InputLayer", `recent_${i}`, []), "linear", hidden, false),
  );
  const input = context === 1 ? embedded[0] : add("Add", "embedding", embedded);
  const parts = [dense("linear", input), dense("dense_1", dense("dense_0", input, "tanh"), "tanh")];
  if (architecture === "residual") {
    const block = (x: string, i: number): string =>
      add("Add", `residual_${i}`, [x, dense(`residual_${i}_outer`, dense(`residual_${i}_inner`, x, "relu"))]);
    parts.push(block(block(input, 0), 1));
  } else if (architecture !== "none") {
    let below = input;
    for (let i = 0; i < layers; i++) {
      const settings = {
        units: hidden,
        activation: "tanh",
        use_bias: true,
        return_sequences: true,
        go_backwards: false,
      };
      const own = architecture === "lstm" ? { ...settings, recurrent_activation: "sigmoid" } : settings;
      below = add(architecture === "lstm" ? "LSTM" : "SimpleRNN", `layer_${i}`, [below], own);
      parts.push(below);
    }
  }
  dense("output", add("Concatenate", "features", parts), "softmax", alphabetSize);
  return list;
}

/** Weights of the model's layers, by the names that TensorFlow.js gives them. */
export function describeLayerWeights(shape: NeuralShape): LayerWeights[] {
  const names = neuralMatrices(shape).map(({ name }) => name);
  const outputs = names.filter((name) => name.startsWith("output of "));
  const single = (layer: string, kind: string, name: string): LayerWeights => ({
    name: `${layer}/${kind}`,
    isVector: kind === "bias",
    parts: [[{ name, sign: 1 }]],
  });
  return describeLayers(shape).flatMap(({ className, name: layer, settings }): LayerWeights[] => {
    const own = layer.replaceAll("_", " ");
    if (layer === "output") {
      const parts = outputs.map((name) => [{ name, sign: 1 } as const]);
      return [{ name: "output/kernel", isVector: false, parts }, single(layer, "bias", "output bias")];
    }
    if (className === "Dense") {
      const kernel = single(layer, "kernel", own);
      return settings["use_bias"] === true ? [kernel, single(layer, "bias", `${own} bias`)] : [kernel];
    }
    if (className !== "SimpleRNN" && className !== "LSTM") return [];
    // The gates of TensorFlow.js, and which of ours they are.
    const lstm = [["forget", -1] as const, ["forget", 1] as const, ["candidate", 1] as const, ["output", 1] as const];
    const gates = className === "LSTM" ? lstm : [["state", 1] as const];
    const kinds = [
      ["kernel", ""],
      ["recurrent_kernel", " recurrent"],
      ["bias", " bias"],
    ] as const;
    return kinds.map(([kind, suffix]) => ({
      name: `${layer}/${kind}`,
      isVector: kind === "bias",
      parts: [gates.map(([gate, sign]) => ({ name: `${own} ${gate}${suffix}`, sign }))],
    }));
  });
}
