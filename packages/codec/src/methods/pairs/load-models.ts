/**
 * Brings models when they are asked for, since they are large. Only the thread that was asked does so; it hands them to
 * its workers, so that no bundler puts them into the workers' program.
 */
import { PithError } from "@pith/core";
import type { PackedResolver } from "@pith/weights";
import { hashOfModel, hexadecimal, installModel, PAIRS_MODELS, type LoadedModel, type PairsModel } from "./models.ts";

const SOURCES: Readonly<Record<PairsModel, () => Promise<PackedResolver>>> = {
  small: async () => (await import("@pith/weights/resolver-small")).resolverSmall,
  medium: async () => (await import("@pith/weights/resolver-medium")).resolverMedium,
  large: async () => (await import("@pith/weights/resolver-large")).resolverLarge,
};

/** Characters that have a code to themselves, behind the pairs of letters. */
const SINGLE = [" ", "."];

const loading = new Map<PairsModel, Promise<LoadedModel>>();

/**
 * Brings models that the method `pairs` needs, 60 KB to 700 KB each. Only the functions that return at once need it
 * before them: `compressSync`, `decompressSync`; the others bring what they need by themselves.
 *
 * @param models default: all
 * @throws TypeError for another name
 * @example
 * await loadPairsModels("medium");
 * compressSync(text, { method: "pairs", level: 5 });
 */
export async function loadPairsModels(...models: readonly PairsModel[]): Promise<void> {
  await Promise.all((models.length === 0 ? PAIRS_MODELS : models).map(loadModel));
}

/** A model, brought and installed if need be. @throws TypeError for another name */
export function loadModel(model: PairsModel): Promise<LoadedModel> {
  if (!PAIRS_MODELS.includes(model)) {
    throw new TypeError(`model: expected ${PAIRS_MODELS.join(", ")}, got ${JSON.stringify(model)}`);
  }
  let loaded = loading.get(model);
  if (loaded === undefined) {
    loaded = bring(model);
    loading.set(model, loaded);
    // A program that was offline may try again.
    loaded.catch(() => loading.delete(model));
  }
  return loaded;
}

async function bring(model: PairsModel): Promise<LoadedModel> {
  const [packed, { unpackWeights }, { kernel }] = await Promise.all([
    SOURCES[model](),
    import("@pith/weights"),
    import("../../generated/pairs.ts"),
  ]);
  const found = Number.parseInt(packed.hash.slice(0, 8), 16);
  if (found !== hashOfModel(model)) {
    throw new PithError("unsupported-version", `the package @pith/weights has another model "${model}"`, {
      expected: hexadecimal(hashOfModel(model)),
      got: hexadecimal(found),
    });
  }
  const weights = unpackWeights(packed);
  const whole: LoadedModel = { ...weights, model, groups: [...weights.groups, ...SINGLE], kernel };
  installModel(whole);
  return whole;
}
