/** Trained models, each loaded when it is asked for. */

import type { CodeTable } from "@pith/framing";
import type { LetterDecoder } from "@pith/predictors";
import type { PackedResolver } from "@pith/weights";

import type { StatsSettings } from "../../interface/stats-options.ts";

/** What letters are decoded by. */
export interface Decoding {
  readonly codes: CodeTable;
  readonly decoder: LetterDecoder;
}

type ModelName = NonNullable<StatsSettings["model"]>;

const RESOLVERS: Readonly<Record<Exclude<ModelName, "letter-table">, () => Promise<PackedResolver>>> = {
  "resolver-small": async () => (await import("@pith/weights/resolver-small")).resolverSmall,
  "resolver-medium": async () => (await import("@pith/weights/resolver-medium")).resolverMedium,
  "resolver-large": async () => (await import("@pith/weights/resolver-large")).resolverLarge,
};

/** A model's decoder, and the codes that it was trained for. */
export async function loadModel(name: ModelName): Promise<Decoding> {
  const { createResolver, createTableDecoder } = await import("@pith/predictors");
  const { unpackLetterTable, unpackWeights } = await import("@pith/weights");
  if (name === "letter-table") {
    const model = unpackLetterTable((await import("@pith/weights/letter-table")).letterTable);
    return { codes: { bits: 4, groups: model.groups }, decoder: createTableDecoder(model) };
  }
  const { THESIS_SINGLES } = await import("@pith/statistics");
  const model = unpackWeights(await RESOLVERS[name]());
  // Resolvers are of the pairs alone; what has a code of its own needs no resolving.
  const groups = [...model.groups, ...Array.from(THESIS_SINGLES)];
  return { codes: { bits: 4, groups }, decoder: createResolver({ ...model, groups }) };
}
