/**
 * Brings models. Only the thread that was asked does so; it hands them to its workers, so that no bundler puts them into
 * the workers' program.
 */
import { bringNetwork } from "./mix/bring-network.ts";
import { bringStatic } from "./neural/bring-static.ts";
import { bringPairsModel } from "./pairs/bring-model.ts";
import { installModel, type BroughtModel, type ModelContents, type ModelName } from "../models/models.ts";

const SOURCES: { readonly [Name in ModelName]: () => Promise<ModelContents[Name]> } = {
  "mix-english": () => bringNetwork("english"),
  "neural-bases": () => bringStatic("bases"),
  "neural-english": () => bringStatic("english"),
  "pairs-small": () => bringPairsModel("small"),
  "pairs-medium": () => bringPairsModel("medium"),
  "pairs-large": () => bringPairsModel("large"),
};

const NAMES = Object.keys(SOURCES) as ModelName[];

const loading = new Map<ModelName, Promise<BroughtModel>>();

/**
 * Brings models that blocks need, 60 KB to 760 KB each. Only the functions that return at once need it before them:
 * `compressSync`, `decompressSync`; the others bring what they need by themselves.
 *
 * @param names default: all
 * @throws TypeError for another name
 * @example
 * await loadModels("pairs-medium");
 * compressSync(text, { method: "pairs", level: 5 });
 */
export async function loadModels(...names: readonly ModelName[]): Promise<void> {
  await Promise.all((names.length === 0 ? NAMES : names).map(loadModel));
}

/** A model, brought and installed if need be. @throws TypeError for another name */
export function loadModel<Name extends ModelName>(name: Name): Promise<BroughtModel<Name>> {
  if (!NAMES.includes(name)) {
    throw new TypeError(`model: expected ${NAMES.join(", ")}, got ${JSON.stringify(name)}`);
  }
  let model = loading.get(name);
  if (model === undefined) {
    model = bring(name);
    loading.set(name, model);
    // A program that was offline may try again.
    model.catch(() => loading.delete(name));
  }
  return model as Promise<BroughtModel<Name>>;
}

async function bring<Name extends ModelName>(name: Name): Promise<BroughtModel<Name>> {
  const model = { name, content: await SOURCES[name]() };
  installModel(model);
  return model;
}
