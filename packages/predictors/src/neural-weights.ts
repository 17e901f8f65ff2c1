/** Which weights a network has, in the order in which they are told and taken. */
import { neuralShape, type NeuralShape, type NeuralShapeOptions } from "./neural-options.ts";

/** Simple units have one gate; long short-term memory has forget, output, candidate; gated units reset, update, candidate. */
const GATES: Partial<Record<NeuralShape["architecture"], readonly string[]>> = {
  rnn: ["state"],
  lstm: ["forget", "output", "candidate"],
  gru: ["reset", "update", "candidate"],
};

/** A matrix of weights, row by row; an input of `rows` numbers gives one of `columns`. Biases are a single row. */
export interface NeuralMatrix {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/**
 * The matrices of a network's weights, in the order in which they lie.
 *
 * @throws RangeError for options out of range
 */
export function neuralMatrices(options: NeuralShapeOptions): NeuralMatrix[] {
  const shape = neuralShape(options);
  const { alphabetSize, architecture, hidden, context } = shape;
  const output = (name: string): NeuralMatrix => ({ name: `output of ${name}`, rows: hidden, columns: alphabetSize });
  const networks = ["linear", "dense", ...(architecture === "residual" ? ["residual"] : [])];
  const states = Array.from({ length: layerCount(shape) }, (_, layer) => `layer ${layer}`);
  return [
    ...Array.from({ length: context }, (_, i) => ({ name: `embedding ${i}`, rows: alphabetSize, columns: hidden })),
    ...["linear", "dense 0", "dense 1"].flatMap((name) => layerOf(name, hidden)),
    ...(architecture === "residual" ? ["0 inner", "0 outer", "1 inner", "1 outer"] : []).flatMap((name) =>
      layerOf(`residual ${name}`, hidden),
    ),
    ...states.flatMap((name) => (architecture === "transformer" ? attentive(name, shape) : recurrent(name, shape))),
    { name: "output bias", rows: 1, columns: alphabetSize },
    ...[...networks, ...states].map(output),
  ];
}

/**
 * Number of weights of a network: that of its `weights`.
 *
 * @throws RangeError for options out of range
 */
export function countNeuralWeights(options: NeuralShapeOptions): number {
  return neuralMatrices(options).reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

function layerCount({ architecture, layers }: NeuralShape): number {
  return architecture === "transformer" || architecture in GATES ? layers : 0;
}

function layerOf(name: string, hidden: number): NeuralMatrix[] {
  return [
    { name, rows: hidden, columns: hidden },
    { name: `${name} bias`, rows: 1, columns: hidden },
  ];
}

function recurrent(layer: string, { architecture, hidden }: NeuralShape): NeuralMatrix[] {
  return (GATES[architecture] ?? []).flatMap((gate) => [
    ...layerOf(`${layer} ${gate}`, hidden),
    { name: `${layer} ${gate} recurrent`, rows: hidden, columns: hidden },
  ]);
}

function attentive(layer: string, { hidden, chunk }: NeuralShape): NeuralMatrix[] {
  return [
    ...["query", "key", "value", "join"].map((name) => ({ name: `${layer} ${name}`, rows: hidden, columns: hidden })),
    { name: `${layer} distance bias`, rows: 1, columns: chunk },
    ...["inner", "outer"].flatMap((name) => layerOf(`${layer} ${name}`, hidden)),
  ];
}
