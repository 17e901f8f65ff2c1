import type { PackedResolver } from "@pith/weights";
import { checkHash } from "../../models/models.ts";
import { hashOfModel, nameOfModel, type PairsContent, type PairsModel } from "./models.ts";

const SOURCES: Readonly<Record<PairsModel, () => Promise<PackedResolver>>> = {
  small: async () => (await import("@pith/weights/resolver-small")).resolverSmall,
  medium: async () => (await import("@pith/weights/resolver-medium")).resolverMedium,
  large: async () => (await import("@pith/weights/resolver-large")).resolverLarge,
};

/** Characters that have a code to themselves, behind the pairs of letters. */
const SINGLE = [" ", "."];

/** Brings a model and its kernel. @throws PithError `unsupported-version` if `@pith/weights` has another one */
export async function bringPairsModel(model: PairsModel): Promise<PairsContent> {
  const [packed, { unpackWeights }, { kernel }] = await Promise.all([
    SOURCES[model](),
    import("@pith/weights"),
    import("#kernels/pairs"),
  ]);
  checkHash(nameOfModel(model), hashOfModel(model), packed.hash);
  const weights = unpackWeights(packed);
  return { ...weights, groups: [...weights.groups, ...SINGLE], kernel };
}
