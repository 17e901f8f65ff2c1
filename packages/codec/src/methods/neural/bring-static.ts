import { unpackNeuralModel } from "@pith/predictors";
import type { PackedNetwork } from "@pith/weights";
import { checkHash } from "../../models/models.ts";
import { hashOfStatic, nameOfStatic, type StaticContent, type StaticNetwork } from "./static-networks.ts";

const SOURCES: Readonly<Record<StaticNetwork, () => Promise<PackedNetwork>>> = {
  english: async () => (await import("@pith/weights/static-english")).staticEnglish,
  bases: async () => (await import("@pith/weights/static-dna")).staticDna,
};

/** Brings a network. @throws PithError `unsupported-version` if `@pith/weights` has another one */
export async function bringStatic(network: StaticNetwork): Promise<StaticContent> {
  const [packed, { unpackNetwork }] = await Promise.all([SOURCES[network](), import("@pith/weights")]);
  checkHash(nameOfStatic(network), hashOfStatic(network), packed.hash);
  return { weights: unpackNeuralModel(unpackNetwork(packed)).weights };
}
