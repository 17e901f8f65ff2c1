import type { Method, TableOptions } from "../method.ts";
import { decodeMixed, encodeMixed, type MixSettings } from "./kernel.ts";
import { DICTIONARY, X86_64 } from "../../generated/mix-exports.ts";
import { blockMemory, isForText, MODELS } from "./models.ts";
import { modelOfNetwork, type MixContent } from "./networks.ts";
import { mixParameters, readMixParameters, writeMixParameters, type MixParameters } from "./parameters.ts";

export { mixParameters, type MixParameters } from "./parameters.ts";

function settings({ model, tableBits, words, x64 }: MixParameters, network: MixContent | undefined): MixSettings {
  return {
    model: MODELS[model],
    tableBits,
    flags: (words ? DICTIONARY : 0) | (x64 ? X86_64 : 0),
    network: network?.weights,
  };
}

function memory({ model, tableBits }: MixParameters, length: number): number {
  return blockMemory(model, tableBits, length);
}

const CONTENTS = ["text", "binary"] as const;

/** Context mixing: many models guess each bit, a mixer weighs them, the guess is coded. */
export const mix: Method<MixParameters, "mix"> = {
  id: 1,
  name: "mix",
  choose: (input, level, options?: TableOptions) => mixParameters("binary", level, input.length, options),
  memoryAt: (length, level, options?: TableOptions) =>
    Math.max(...CONTENTS.map((kind) => memory(mixParameters(kind, level, length, options), length))),
  kind: ({ model }) => (isForText(model) ? "text" : "binary"),
  model: ({ network }) => network && modelOfNetwork(network),
  kernels: ({ model }) => [MODELS[model].kernel],
  writeParameters: writeMixParameters,
  readParameters: readMixParameters,
  memory,
  encodeBlock(input, parameters) {
    const network = parameters.network && modelOfNetwork(parameters.network).toEncode();
    return encodeMixed(input, settings(parameters, network), memory(parameters, input.length));
  },
  decodeBlock(payload, length, parameters, offset) {
    const network = parameters.network && modelOfNetwork(parameters.network).toDecode(offset);
    return decodeMixed(payload, length, settings(parameters, network), memory(parameters, length), offset);
  },
};
