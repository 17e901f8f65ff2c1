import { ByteWriter } from "@pith/core/bytes";
import type { Method, TableOptions } from "../method.ts";
import { encodeBest, type Candidate } from "./best.ts";
import { decodeMixed, type MixSettings } from "./kernel.ts";
import { DICTIONARY, X86_64 } from "../../generated/mix-exports.ts";
import { blockMemory, isForText, MIX_KINDS, MODELS } from "./models.ts";
import { modelOfNetwork, type MixContent } from "./networks.ts";
import { mixParameters, readMixParameters, writeMixParameters, type MixParameters } from "./parameters.ts";

export { lesserParameters, mixParameters, type MixOptions, type MixParameters } from "./parameters.ts";

/** Bytes of input from which on a thread for the network is worth its start. */
const WORTH_THREAD = 2 ** 16;

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

function candidate({ length }: Uint8Array, parameters: MixParameters): Candidate {
  const network = parameters.network && modelOfNetwork(parameters.network).toEncode();
  const header = new ByteWriter();
  writeMixParameters(parameters, header);
  return {
    settings: settings(parameters, network),
    memory: memory(parameters, length),
    headerLength: header.finish().length,
  };
}

/** Context mixing: many models guess each bit, a mixer weighs them, the guess is coded. */
export const mix: Method<MixParameters, "mix"> = {
  id: 1,
  name: "mix",
  choose: (input, level, options?: TableOptions) => mixParameters("binary", level, input.length, options),
  memoryAt: (length, level, options?: TableOptions) =>
    Math.max(...MIX_KINDS.map((kind) => memory(mixParameters(kind, level, length, options), length))),
  kind: ({ model }) => (isForText(model) ? "text" : "binary"),
  model: ({ network }) => network && modelOfNetwork(network),
  kernels: ({ model }) => [MODELS[model].kernel],
  writeParameters: writeMixParameters,
  readParameters: readMixParameters,
  memory,
  *encodeBlock(input, parameters) {
    return (yield* encodeBest(input, candidate(input, parameters), [])).payload;
  },
  *encodeBest(input, choices, hasThread = false) {
    const [first, ...others] = choices.map((parameters) => candidate(input, parameters));
    const { index, payload } = yield* encodeBest(input, first, others, hasThread && input.length >= WORTH_THREAD);
    return { parameters: choices[index], payload };
  },
  decodeBlock(payload, length, parameters, offset) {
    const network = parameters.network && modelOfNetwork(parameters.network).toDecode(offset);
    return decodeMixed(payload, length, settings(parameters, network), memory(parameters, length), offset);
  },
};
