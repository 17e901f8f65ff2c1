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

/** A decoding by a model that ships. */
export interface TrainedDecoding extends Decoding {
  /** Bytes of the model as it ships. */
  readonly bytes: number;
}

const RESOLVERS: Readonly<Record<Exclude<TrainedDecoder, "letter-table">, () => Promise<PackedResolver>>> = {
  "resolver-small": async () => (await import("@pith/weights/resolver-small")).resolverSmall,
  "resolver-medium": async () => (await import("@pith/weights/resolver-medium")).resolverMedium,
  "resolver-large": async () => (await import("@pith/weights/resolver-large")).resolverLarge,
};

/** A model's decoder, and the codes that it was trained for. */
export async function loadTrainedDecoder(name: TrainedDecoder): Promise<TrainedDecoding> {
  if (name === "letter-table") {
    const { letterTable } = await import("@pith/weights/letter-table");
    const model = unpackLetterTable(letterTable);
    const bytes = bytesOf(letterTable);
    return { codes: { bits: 4, groups: model.groups }, decoder: createTableDecoder(model), bytes };
  }
  const resolver = await RESOLVERS[name]();
  const model = unpackWeights(resolver);
  // Resolvers are of the pairs alone; what has a code of its own needs no resolving.
  const groups = [...model.groups, ...Array.from(THESIS_SINGLES)];
  return { codes: { bits: 4, groups }, decoder: createResolver({ ...model, groups }), bytes: bytesOf(resolver) };
}

/** Of base64, which has four characters for three bytes. */
function bytesOf({ packed }: { readonly packed: string }): number {
  return (packed.replace(/=+$/, "").length * 3) >> 2;
}
