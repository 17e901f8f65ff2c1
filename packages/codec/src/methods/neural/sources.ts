/** Where the networks come from that were trained once for all. */
import { checkHash, ModelSource } from "@pith/core/models";
import { unpackNeuralModel } from "@pith/predictors";
import type { PackedNetwork } from "@pith/weights";
import { hashOfStatic, modelOfStatic, type StaticContent, type StaticNetwork } from "./static-networks.ts";

export const NEURAL_SOURCES = [
  new ModelSource(modelOfStatic("bases"), () =>
    load("bases", async () => (await import("@pith/weights/static-dna")).staticDna),
  ),
  new ModelSource(modelOfStatic("english"), () =>
    load("english", async () => (await import("@pith/weights/static-english")).staticEnglish),
  ),
];

/** @throws PithError `unsupported-version` if `@pith/weights` has another one */
async function load(network: StaticNetwork, fetch: () => Promise<PackedNetwork>): Promise<StaticContent> {
  const [packed, { unpackNetwork }] = await Promise.all([fetch(), import("@pith/weights")]);
  checkHash(modelOfStatic(network).name, hashOfStatic(network), packed.hash);
  return { weights: unpackNeuralModel(unpackNetwork(packed)).weights };
}
