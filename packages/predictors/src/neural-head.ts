/** The head of packed models and of saved trainings: a version, then the network's shape. */
import { PithError } from "@pith/core";
import { NEURAL_ARCHITECTURES, neuralShape, type NeuralShape } from "./neural-options.ts";

/** Version, architecture, layers, context; then alphabet, hidden units and chunk, two bytes each, the lowest first. */
export const HEAD_BYTES = 10;

export function writeShape(bytes: Uint8Array, version: number, shape: NeuralShape): void {
  const { alphabetSize, architecture, layers, hidden, context, chunk } = shape;
  bytes.set([version, NEURAL_ARCHITECTURES.indexOf(architecture), layers, context]);
  [alphabetSize, hidden, chunk].forEach((size, i) => {
    bytes.set([size & 255, size >> 8], 4 + 2 * i);
  });
}

/**
 * The shape that a head tells.
 *
 * @param what for messages
 * @throws PithError `truncated`, `unsupported-version`, or `invalid-field` for a shape that no network has
 */
export function readShape(bytes: Uint8Array, version: number, what: string): NeuralShape {
  if (bytes.length < HEAD_BYTES) {
    const details = { offset: bytes.length, expected: `${HEAD_BYTES} bytes at least`, got: bytes.length };
    throw new PithError("truncated", `${what} ends in its head`, details);
  }
  if (bytes[0] !== version) {
    const details = { offset: 0, expected: version, got: bytes[0] };
    throw new PithError("unsupported-version", `${what} is of another version`, details);
  }
  const architecture = NEURAL_ARCHITECTURES.at(bytes[1]);
  if (architecture === undefined) {
    const details = { offset: 1, expected: `at most ${NEURAL_ARCHITECTURES.length - 1}`, got: bytes[1] };
    throw new PithError("invalid-field", `${what} is of no architecture that is known`, details);
  }
  const size = (i: number): number => bytes[4 + 2 * i] + 256 * bytes[5 + 2 * i];
  const [layers, context, alphabetSize, hidden, chunk] = [bytes[2], bytes[3], size(0), size(1), size(2)];
  try {
    return neuralShape({ alphabetSize, architecture, layers, hidden, context, chunk });
  } catch (cause) {
    throw new PithError("invalid-field", `${what} is of a network that cannot be: ${(cause as Error).message}`, {
      offset: 2,
      cause,
    });
  }
}
