/** A training between two streams, as bytes: all that it goes on from. */
import { PithError } from "@pith/core";
import { HEAD_BYTES, readShape, writeShape } from "./neural-head.ts";
import type { NeuralShape } from "./neural-options.ts";
import { countNeuralWeights } from "./neural-weights.ts";

const VERSION = 1;
const SCALARS = ["rate", "momentumLeft", "squaresLeft"] as const;
const PLANES = ["weights", "momenta", "squares"] as const;

/** Adam, and what it has made of the weights. Matrices in the order of `neuralMatrices`. */
export interface NeuralState {
  /** Of the next step; as f32. */
  readonly rate: number;
  /** Powers of Adam's decays, 0.9 and 0.999, of which there is one factor a step; as f32. */
  readonly momentumLeft: number;
  readonly squaresLeft: number;
  readonly weights: Float32Array;
  /** Means of the gradients, and of their squares. */
  readonly momenta: Float32Array;
  readonly squares: Float32Array;
}

/** A head (version, shape), the three numbers, then weights, momenta and squares: f32, the lowest byte first. */
export function writeNeuralState(shape: NeuralShape, state: NeuralState): Uint8Array<ArrayBuffer> {
  const count = state.weights.length;
  const bytes = new Uint8Array(stateBytes(count));
  writeShape(bytes, VERSION, shape);
  const view = new DataView(bytes.buffer);
  SCALARS.forEach((name, i) => view.setFloat32(HEAD_BYTES + 4 * i, state[name], true));
  PLANES.forEach((name, plane) => {
    const start = planeStart(count, plane);
    state[name].forEach((number, i) => view.setFloat32(start + 4 * i, number, true));
  });
  return bytes;
}

/**
 * What was written for a network of this shape.
 *
 * @throws PithError `truncated`, `trailing-data`, `unsupported-version`, or `invalid-field` for another network, and for
 *   numbers that are none
 */
export function readNeuralState(shape: NeuralShape, bytes: Uint8Array): NeuralState {
  const found = readShape(bytes, VERSION, "the saved training");
  for (const name of ["alphabetSize", "architecture", "layers", "hidden", "context", "chunk"] as const) {
    if (found[name] !== shape[name]) {
      const details = { expected: shape[name], got: found[name] };
      throw new PithError("invalid-field", `the saved training is of another network: ${name}`, details);
    }
  }
  const count = countNeuralWeights(shape);
  const expected = stateBytes(count);
  if (bytes.length !== expected) {
    const code = bytes.length < expected ? "truncated" : "trailing-data";
    const details = { offset: Math.min(bytes.length, expected), expected: `${expected} bytes`, got: bytes.length };
    throw new PithError(code, "the saved training is not whole", details);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numberAt = (at: number): number => {
    const number = view.getFloat32(at, true);
    if (Number.isFinite(number)) return number;
    const details = { offset: at, expected: "a finite number", got: number };
    throw new PithError("invalid-field", "the saved training has a number that is none", details);
  };
  const [rate, momentumLeft, squaresLeft] = SCALARS.map((_, i) => numberAt(HEAD_BYTES + 4 * i));
  const [weights, momenta, squares] = PLANES.map((_, plane) =>
    Float32Array.from({ length: count }, (_number, i) => numberAt(planeStart(count, plane) + 4 * i)),
  );
  return { rate, momentumLeft, squaresLeft, weights, momenta, squares };
}

function planeStart(count: number, plane: number): number {
  return HEAD_BYTES + 4 * SCALARS.length + 4 * count * plane;
}

function stateBytes(count: number): number {
  return planeStart(count, PLANES.length);
}
