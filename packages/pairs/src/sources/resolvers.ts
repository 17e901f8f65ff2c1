/** Where the models of the letter resolver come from. */
import { checkHash, ModelSource } from "@pith/core/models";
import type { PackedResolver } from "@pith/weights";
import { hashOfModel, type PairsContent, type PairsModel, resolverOf } from "../coding/resolvers.ts";

export const PAIRS_SOURCES = {
  small: source("small", async () => (await import("@pith/weights/resolver-small")).resolverSmall),
  medium: source("medium", async () => (await import("@pith/weights/resolver-medium")).resolverMedium),
  large: source("large", async () => (await import("@pith/weights/resolver-large")).resolverLarge),
};

function source<Name extends PairsModel>(
  model: Name,
  fetch: () => Promise<PackedResolver>,
): ModelSource<PairsContent, `pairs-${Name}`> {
  return new ModelSource(resolverOf(model), () => load(model, fetch));
}

/** Characters that have a code to themselves, behind the pairs of letters. */
const SINGLE = [" ", "."];

/** A model and its kernel. @throws PithError `unsupported-version` if `@pith/weights` has another one */
async function load(model: PairsModel, fetch: () => Promise<PackedResolver>): Promise<PairsContent> {
  const [packed, { unpackWeights }, { kernel }] = await Promise.all([
    fetch(),
    import("@pith/weights"),
    import("#kernels/pairs"),
  ]);
  checkHash(resolverOf(model).name, hashOfModel(model), packed.hash);
  const weights = unpackWeights(packed);
  return { ...weights, groups: [...weights.groups, ...SINGLE], kernel };
}
