/** Networks as models of TensorFlow.js's layers, and back: the files `model.json` and `weights.bin`. */
import { PithError } from "@pith/core";
import { countNeuralWeights, neuralMatrices, neuralShape, type NeuralModel, type NeuralShape } from "@pith/predictors";
import type * as TensorFlowLayers from "@tensorflow/tfjs-layers";
import type { Tensor } from "@tensorflow/tfjs-core";
import { chooseBackend } from "./backend.ts";
import {
  LAYERED_ARCHITECTURES,
  describeLayerWeights,
  describeLayers,
  type LayerDescription,
  type LayerWeights,
} from "./layers-topology.ts";

/** The two files of a model. */
export interface LayersModelFiles {
  readonly "model.json": Uint8Array<ArrayBuffer>;
  readonly "weights.bin": Uint8Array<ArrayBuffer>;
}

/** What `model.json` has, as far as it is read. */
interface ModelJson {
  /** TensorFlow.js writes the model itself, Keras puts it into `model_config`. */
  readonly modelTopology: Topology & { readonly model_config?: Topology };
  readonly weightsManifest: readonly { readonly weights: readonly WeightJson[] }[];
  readonly userDefinedMetadata?: { readonly chunk?: number };
}

interface Topology {
  readonly config?: { readonly layers?: readonly LayerJson[] };
}

interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

interface WeightJson {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/**
 * The network as a LayersModel, for `tf.loadLayersModel`. Its inputs are one-hot, [batch][step][symbol] each, the last
 * symbol first; its output are probabilities.
 *
 * @throws RangeError for an architecture that is not made of standard layers: gru (its reset gate stands behind the
 *   product) and transformer
 */
export async function toLayersModel({ options, weights }: NeuralModel): Promise<LayersModelFiles> {
  const shape = neuralShape(options);
  checkArchitecture(shape);
  const before = (await import("@tensorflow/tfjs-core")).getBackend() as string | undefined;
  const { tf } = await chooseBackend(["cpu"]);
  const layersApi = await import("@tensorflow/tfjs-layers");
  const model = buildModel(layersApi, shape);
  const matrices = cutMatrices(shape, weights);
  for (const { name } of model.layers) {
    const own = describeLayerWeights(shape).filter((part) => part.name.startsWith(`${name}/`));
    const tensors = own.map((part): Tensor => {
      const { rows, columns, numbers } = joinParts(part, matrices);
      return part.isVector ? tf.tensor1d(numbers) : tf.tensor2d(numbers, [rows, columns]);
    });
    model.getLayer(name).setWeights(tensors);
    tf.dispose(tensors);
  }
  model.setUserDefinedMetadata({ chunk: shape.chunk });
  let files: LayersModelFiles | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy, userDefinedMetadata } =
        artifacts;
      const parts = Array.isArray(weightData) ? weightData : [weightData ?? new ArrayBuffer()];
      const manifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
      const json = { format, generatedBy, convertedBy, modelTopology, userDefinedMetadata, weightsManifest: manifest };
      files = {
        "model.json": new TextEncoder().encode(JSON.stringify(json)),
        "weights.bin": new Uint8Array(parts.flatMap((part) => Array.from(new Uint8Array(part)))),
      };
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } });
    }),
  );
  model.dispose();
  if (before !== undefined && before !== "") await tf.setBackend(before);
  if (files === undefined) throw new Error("TensorFlow.js saved nothing");
  return files;
}

/**
 * The network of a LayersModel that `toLayersModel` made, trained further or not.
 *
 * @throws PithError `invalid-field` for a model of other layers or weights, `truncated` or `trailing-data` for weights of
 *   another size
 */
export function fromLayersModel({ "model.json": json, "weights.bin": bytes }: LayersModelFiles): NeuralModel {
  const { layers, specs, chunk } = readJson(json);
  const shape = findShape(layers, specs, chunk);
  const described = describeLayerWeights(shape);
  const matrices = new Map(neuralMatrices(shape).map((matrix) => [matrix.name, matrix]));
  const taken = new Map<string, Float32Array>();
  let at = 0;
  const numbersOf = ({ name, shape: sizes, dtype }: WeightJson): Float32Array => {
    if (dtype !== "float32") throw invalid(`the weights ${name} are of another type`, "float32", dtype);
    const count = sizes.reduce((product, size) => product * size, 1);
    if (at + 4 * count > bytes.length) {
      const details = { offset: bytes.length, expected: `${at + 4 * count} bytes at least`, got: bytes.length };
      throw new PithError("truncated", `weights.bin ends in ${name}`, details);
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, 4 * count);
    at += 4 * count;
    return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
  };
  for (const spec of specs) {
    const own = described.find(({ name }) => name === spec.name);
    if (own === undefined) throw invalid("the model has weights that no layer has", "none", spec.name);
    const { rows, columns } = sizeOf(own, matrices);
    const expected = own.isVector ? `${columns}` : `${rows} × ${columns}`;
    if (spec.shape.join(" × ") !== expected) {
      throw invalid(`the weights ${spec.name} are of another shape`, expected, spec.shape.join(" × "));
    }
    takeParts(own, matrices, numbersOf(spec), taken);
  }
  if (at < bytes.length) {
    const details = { offset: at, expected: `${at} bytes`, got: bytes.length };
    throw new PithError("trailing-data", "weights.bin goes on after the last weights", details);
  }
  const weights = new Float32Array(countNeuralWeights(shape));
  let start = 0;
  for (const { name, rows, columns } of matrices.values()) {
    const own = taken.get(name);
    if (own === undefined) throw invalid("the model lacks weights", name, "none");
    if (!own.every(Number.isFinite)) throw invalid(`the weights ${name} are no numbers`, "finite ones", "others");
    weights.set(own, start);
    start += rows * columns;
  }
  return { options: shape, weights };
}

function checkArchitecture({ architecture }: NeuralShape): void {
  if (!LAYERED_ARCHITECTURES.includes(architecture)) {
    throw new RangeError(
      `architecture: expected one of ${LAYERED_ARCHITECTURES.join(", ")} for a LayersModel, got ${architecture}`,
    );
  }
}

function buildModel(api: typeof TensorFlowLayers, shape: NeuralShape): TensorFlowLayers.LayersModel {
  const { layers } = api;
  const made = new Map<string, TensorFlowLayers.SymbolicTensor>();
  const inputs: TensorFlowLayers.SymbolicTensor[] = [];
  for (const { className, name, inputs: names, settings } of describeLayers(shape)) {
    const taken = names.map((input) => made.get(input)).filter((input) => input !== undefined);
    const units = Number(settings["units"]);
    const activation = settings["activation"] as "tanh";
    // Weights are set afterwards; the orthogonal initialiser does not run on every backend.
    const zeros = { kernelInitializer: "zeros", recurrentInitializer: "zeros", unitForgetBias: false } as const;
    const recurrent = { name, units, activation, returnSequences: true, ...zeros };
    let output;
    switch (className) {
      case "InputLayer":
        output = api.input({ shape: [null, shape.alphabetSize], name });
        inputs.push(output);
        break;
      case "Dense": {
        const useBias = settings["use_bias"] === true;
        output = layers.dense({ name, units, activation, useBias, kernelInitializer: "zeros" }).apply(taken[0]);
        break;
      }
      case "SimpleRNN":
        output = layers.simpleRNN(recurrent).apply(taken[0]);
        break;
      case "LSTM":
        output = layers.lstm({ ...recurrent, recurrentActivation: "sigmoid" }).apply(taken[0]);
        break;
      case "Add":
        output = layers.add({ name }).apply(taken);
        break;
      case "Concatenate":
        output = layers.concatenate({ name }).apply(taken);
        break;
    }
    made.set(name, output as TensorFlowLayers.SymbolicTensor);
  }
  const outputs = made.get("output");
  if (outputs === undefined) throw new Error("the network has no output");
  return api.model({ inputs, outputs, name: "supporter" });
}

type Matrices = ReadonlyMap<string, { readonly rows: number; readonly columns: number }>;

function cutMatrices(shape: NeuralShape, weights: Float32Array) {
  let at = 0;
  return new Map(
    neuralMatrices(shape).map(({ name, rows, columns }) => {
      const numbers = weights.subarray(at, at + rows * columns);
      at += rows * columns;
      return [name, { rows, columns, numbers }] as const;
    }),
  );
}

function partSize(name: string, matrices: Matrices): { readonly rows: number; readonly columns: number } {
  const size = matrices.get(name);
  if (size === undefined) throw new Error(`the network has no weights ${name}`);
  return size;
}

function sizeOf({ parts }: LayerWeights, matrices: Matrices): { rows: number; columns: number } {
  return {
    rows: parts.reduce((sum, [{ name }]) => sum + partSize(name, matrices).rows, 0),
    columns: parts[0].reduce((sum, { name }) => sum + partSize(name, matrices).columns, 0),
  };
}

/** Calls with each number's place among the parts and in the whole. */
function forEachNumber(
  own: LayerWeights,
  matrices: Matrices,
  visit: (name: string, sign: 1 | -1, at: number, place: number) => void,
): void {
  const { columns: width } = sizeOf(own, matrices);
  let top = 0;
  for (const row of own.parts) {
    let left = 0;
    for (const { name, sign } of row) {
      const { rows, columns } = partSize(name, matrices);
      for (let i = 0; i < rows * columns; i++) {
        visit(name, sign, i, (top + Math.floor(i / columns)) * width + left + (i % columns));
      }
      left += columns;
    }
    top += partSize(row[0].name, matrices).rows;
  }
}

function joinParts(own: LayerWeights, matrices: ReturnType<typeof cutMatrices>) {
  const { rows, columns } = sizeOf(own, matrices);
  const numbers = new Float32Array(rows * columns);
  forEachNumber(own, matrices, (name, sign, at, place) => {
    numbers[place] = sign * (matrices.get(name)?.numbers[at] ?? 0);
  });
  return { rows, columns, numbers };
}

/** Cuts a layer's numbers into parts. One that stands there twice must be the same. */
function takeParts(
  own: LayerWeights,
  matrices: Matrices,
  numbers: Float32Array,
  taken: Map<string, Float32Array>,
): void {
  const seen = new Set(own.parts.flat().map(({ name }) => name));
  for (const name of seen) {
    const { rows, columns } = partSize(name, matrices);
    taken.set(name, new Float32Array(rows * columns).fill(Number.NaN));
  }
  forEachNumber(own, matrices, (name, sign, at, place) => {
    const part = taken.get(name);
    const number = sign * numbers[place];
    if (part === undefined) return;
    if (!Number.isNaN(part[at]) && part[at] !== number) {
      throw invalid(`the input gate of ${own.name} is not one minus the forget gate`, -part[at], -number);
    }
    part[at] = number;
  });
}

function readJson(bytes: Uint8Array): { layers: LayerJson[]; specs: WeightJson[]; chunk: number | undefined } {
  let json: Partial<ModelJson> | null;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Partial<ModelJson> | null;
  } catch (cause) {
    throw new PithError("invalid-field", "model.json is no JSON", { cause });
  }
  const layers: unknown = (json?.modelTopology?.model_config ?? json?.modelTopology)?.config?.layers;
  const groups: unknown = json?.weightsManifest;
  const specs = Array.isArray(groups) ? groups.flatMap((group: { weights?: unknown } | null) => group?.weights) : [];
  if (!Array.isArray(layers) || !layers.every(isLayer) || specs.length === 0 || !specs.every(isWeight)) {
    throw new PithError("invalid-field", "model.json has no layers or no weights");
  }
  return { layers, specs, chunk: json?.userDefinedMetadata?.chunk };
}

function isLayer(layer: unknown): layer is LayerJson {
  const { config, inbound_nodes: nodes } = (layer ?? {}) as Partial<LayerJson>;
  const isInput = (input: unknown): boolean => Array.isArray(input) && typeof input[0] === "string";
  return (
    typeof config === "object" &&
    Array.isArray(nodes) &&
    nodes.every((node: unknown) => Array.isArray(node) && node.every(isInput))
  );
}

function isWeight(weight: unknown): weight is WeightJson {
  const { name, shape } = (weight ?? {}) as Partial<WeightJson>;
  return typeof name === "string" && Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size > 0);
}

/** The shape of a network that has these layers; all its layers have to be there, with their settings and inputs. */
function findShape(layers: readonly LayerJson[], specs: readonly WeightJson[], chunk: number | undefined): NeuralShape {
  const count = (pattern: RegExp): number => layers.filter(({ config }) => pattern.test(String(config["name"]))).length;
  const embedding = specs.find(({ name }) => name === "embedding_0/kernel");
  const recurrent = layers.find(({ config }) => config["name"] === "layer_0")?.class_name;
  const plain = count(/^residual_0$/) > 0 ? "residual" : "none";
  const architecture = recurrent === "LSTM" ? "lstm" : recurrent === "SimpleRNN" ? "rnn" : plain;
  let shape: NeuralShape;
  try {
    shape = neuralShape({
      alphabetSize: embedding?.shape[0] ?? 0,
      architecture,
      layers: Math.max(1, count(/^layer_\d+$/)),
      hidden: embedding?.shape[1] ?? 0,
      context: count(/^embedding_\d+$/),
      chunk,
    });
  } catch (cause) {
    throw new PithError("invalid-field", `the model is of a network that cannot be: ${(cause as Error).message}`, {
      cause,
    });
  }
  const expected = describeLayers(shape);
  if (layers.length !== expected.length) throw invalid("the model has other layers", expected.length, layers.length);
  for (const description of expected) {
    const found = layers.find(({ config }) => config["name"] === description.name);
    if (found === undefined) throw invalid("the model lacks a layer", description.name, "none");
    checkLayer(description, found);
  }
  return shape;
}

function checkLayer({ className, name, inputs, settings }: LayerDescription, found: LayerJson): void {
  if (found.class_name !== className) throw invalid(`the layer ${name} is another`, className, found.class_name);
  const takes = found.inbound_nodes.flatMap((node) => node.map(([input]) => input)).join(", ");
  if (takes !== inputs.join(", ")) throw invalid(`the layer ${name} takes something else`, inputs.join(", "), takes);
  for (const [setting, value] of Object.entries(settings)) {
    const got = String(found.config[setting]);
    if (got !== String(value)) throw invalid(`the layer ${name} has another ${setting}`, String(value), got);
  }
}

function invalid(problem: string, expected: string | number, got: string | number): PithError {
  return new PithError("invalid-field", problem, { expected, got });
}
