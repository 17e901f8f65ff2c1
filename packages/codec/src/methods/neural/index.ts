/** The method `neural`: a network's probabilities drive the range coder. */
import { KERNELS } from "../../generated/kernels.ts";
import type { Method } from "../method.ts";
import { chooseNeural, neuralMemoryAt } from "./choose.ts";
import { decodeDirectly, encodeDirectly } from "./kernel.ts";
import { neuralMemory } from "./memory.ts";
import { kindOf, modelOf, readNeural, withNetworks, writeNeural, type NeuralParameters } from "./parameters.ts";
import { decodePayload, encodePayload, learntLength } from "./payload.ts";

/** A network predicts each symbol; the symbol is coded under its prediction. */
export const neural: Method<NeuralParameters, "neural"> = {
  id: 4,
  name: "neural",
  choose: chooseNeural,
  memoryAt: neuralMemoryAt,
  model: modelOf,
  kernels: () => [KERNELS.neural],
  withNetworks,
  kind: kindOf,
  writeParameters: (parameters, writer) => writeNeural(parameters, undefined, writer),
  readParameters: (reader) => readNeural(reader, false).parameters,
  learntLength,
  memory: neuralMemory,
  encodeBlock: (input, parameters) => encodePayload(input, parameters, encodeDirectly),
  decodeBlock: (payload, length, parameters, offset) =>
    decodePayload(payload, length, parameters, offset, decodeDirectly),
};
