/**
 * Loads models. Only the thread that was asked does so; it hands them to its workers, so that no bundler puts them into
 * the workers' program.
 */
import type { InstalledModel, Model } from "@pith/core/models";
import { MIX_SOURCES } from "./mix/sources.ts";
import { NEURAL_SOURCES } from "./neural/sources.ts";
import { PAIRS_SOURCES } from "@pith/pairs/sources";

const SOURCES = [...MIX_SOURCES, ...NEURAL_SOURCES, ...Object.values(PAIRS_SOURCES)];

/** A model that is loaded when it is needed: that of a method, of the name before the hyphen. */
export type ModelName = (typeof SOURCES)[number]["model"]["name"];

/**
 * Loads models that blocks need, 60 KB to 760 KB each. Only the functions that return at once need it before them:
 * `compressSync`, `decompressSync`; the others load what they need by themselves.
 *
 * @param names default: all
 * @throws TypeError for another name
 * @example
 * await loadModels("pairs-medium");
 * compressSync(text, { method: "pairs", level: 5 });
 */
export async function loadModels(...names: readonly ModelName[]): Promise<void> {
  const chosen = names.length === 0 ? SOURCES : names.map(sourceOf);
  await Promise.all(chosen.map((source) => source.load()));
}

/** Loads a model that a block needs. */
export async function loadModel({ name }: Model): Promise<InstalledModel> {
  return { name, content: await sourceOf(name).load() };
}

function sourceOf(name: string): (typeof SOURCES)[number] {
  const source = SOURCES.find(({ model }) => model.name === name);
  if (source !== undefined) return source;
  const names = SOURCES.map(({ model }) => model.name).join(", ");
  throw new TypeError(`model: expected ${names}, got ${JSON.stringify(name)}`);
}
