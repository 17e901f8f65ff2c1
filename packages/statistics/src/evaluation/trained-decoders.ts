/** The trained models of `@pith/weights` as decoders to be evaluated, each brought when it is asked for. */

import type { CodeTable } from "@pith/framing";
import { createResolver, createTableDecoder, type LetterDecoder } from "@pith/predictors";
import { unpackLetterTable, unpackWeights, type PackedResolver } from "@pith/weights";

import { THESIS_SINGLES } from "../pairing/code-tables.ts";

/** From the least to the best. */
export const TRAINED_DECODERS = ["letter-table", "resolver-small", "resolver-medium", "resolver-large"] as const;
export type TrainedDecoder = (typeof TRAINED_DECODERS)[number];

/** What letters are decoded by. */
export interface Decoding {
  readonly codes: CodeTable;
  readonly decoder: LetterDecoder;
}

const RESOLVERS: Readonly<Record<Exclude<TrainedDecoder, "letter-table">, () => Promise<PackedResolver>>> = {
  "resolver-small": async () => (await import("@pith/weights/resolver-small")).resolverSmall,
  "resolver-medium": async () => (await import("@pith/weights/resolver-medium")).resolverMedium,
  "resolver-large": async () => (await import("@pith/weights/resolver-large")).resolverLarge,
};

/** A model's decoder, and the codes that it was trained for. */
export async function loadTrainedDecoder(name: TrainedDecoder): Promise<Decoding> {
  if (name === "letter-table") {
    const model = unpackLetterTable((await import("@pith/weights/letter-table")).letterTable);
    return { codes: { bits: 4, groups: model.groups }, decoder: createTableDecoder(model) };
  }
  const model = unpackWeights(await RESOLVERS[name]());
  // Resolvers are of the pairs alone; what has a code of its own needs no resolving.
  const groups = [...model.groups, ...Array.from(THESIS_SINGLES)];
  return { codes: { bits: 4, groups }, decoder: createResolver({ ...model, groups }) };
}
