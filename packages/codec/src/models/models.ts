/** Models that are brought when a block needs them, since they are too large to be carried along: which are there. */
import { PithError } from "@pith/core";
import type { MixContent } from "../methods/mix/networks.ts";
import type { StaticContent } from "../methods/neural/static-networks.ts";
import type { PairsContent } from "../methods/pairs/models.ts";

/** What each model consists of: plain data, since it goes to workers. */
export interface ModelContents {
  readonly "mix-english": MixContent;
  readonly "neural-bases": StaticContent;
  readonly "neural-english": StaticContent;
  readonly "pairs-small": PairsContent;
  readonly "pairs-medium": PairsContent;
  readonly "pairs-large": PairsContent;
}

/** A model that is brought when it is needed: that of a method, of the name before the hyphen. */
export type ModelName = keyof ModelContents;

/** A model that was brought. */
export interface BroughtModel<Name extends ModelName = ModelName> {
  readonly name: Name;
  readonly content: ModelContents[Name];
}

const brought = new Map<ModelName, unknown>();

/** Makes a model known to this thread. */
export function installModel({ name, content }: BroughtModel): void {
  brought.set(name, content);
}

/** A model, for those who know that it was brought. @throws TypeError if it was not */
export function modelToEncode<Name extends ModelName>(name: Name): ModelContents[Name] {
  const content = brought.get(name);
  if (content !== undefined) return content as ModelContents[Name];
  throw new TypeError(`expected ${remedy(name)} before a function that returns at once`);
}

/**
 * A model that a block names.
 *
 * @param offset of the block's payload
 * @throws PithError `unknown-method` if it was not brought
 */
export function modelToDecode<Name extends ModelName>(name: Name, offset: number): ModelContents[Name] {
  const content = brought.get(name);
  if (content !== undefined) return content as ModelContents[Name];
  throw new PithError("unknown-method", "the block's model is not there before a function that returns at once", {
    offset,
    expected: remedy(name),
  });
}

function remedy(name: ModelName): string {
  return `await loadModels("${name}")`;
}

/**
 * Which of some models has a hash.
 *
 * @param hashes u32s that name models in files
 * @param offset of the hash in the file
 * @throws PithError `unknown-method`
 */
export function modelOfHash<Name extends string>(
  hashes: Readonly<Record<Name, number>>,
  hash: number,
  offset: number,
): Name {
  const names = Object.keys(hashes) as Name[];
  const model = names.find((name) => hashes[name] === hash);
  if (model !== undefined) return model;
  throw new PithError("unknown-method", "this program does not have the block's model", {
    offset,
    expected: names.map((name) => hexadecimal(hashes[name])).join(", "),
    got: hexadecimal(hash),
  });
}

/** A hash as errors show it. */
export function hexadecimal(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}

/**
 * Checks that a module of `@pith/weights` holds the model that files name.
 *
 * @param found its hash, 16 hexadecimal digits
 * @throws PithError `unsupported-version` for another one
 */
export function checkHash(name: ModelName, expected: number, found: string): void {
  if (Number.parseInt(found.slice(0, 8), 16) === expected) return;
  throw new PithError("unsupported-version", `the package @pith/weights has another model "${name}"`, {
    expected: hexadecimal(expected),
    got: found.slice(0, 8),
  });
}
