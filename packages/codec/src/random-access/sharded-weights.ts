/** Models in several files, of which one reads what one needs. */
import { PithError } from "@pith/core";
import { parseShardIndex, type TensorInfo } from "@pith/tensors";
import type { DecompressOptions } from "../plan/options.ts";
import type { FileSource } from "./source.ts";
import { openWeights, type OpenWeights, type TensorOptions } from "./weights.ts";

/** A model in several files: a file is opened when one of its tensors is first asked for. */
export interface ShardedWeights {
  /** Names of all tensors, as the index has them. */
  readonly tensors: readonly string[];
  /** Names of the files, as the index has them. */
  readonly files: readonly string[];
  /** A file, open; each time the same. */
  open(file: string): Promise<OpenWeights>;
  /**
   * What is known of a tensor, its place in its own file.
   *
   * @throws RangeError if there is no tensor of this name; PithError if its file does not have it, or is damaged
   */
  info(name: string): Promise<TensorInfo>;
  /**
   * The bytes of a tensor, or of some of its rows.
   *
   * @throws as {@link info}; RangeError if it has no such rows
   */
  tensor(name: string, options?: TensorOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a model that is in several safetensors files, each compressed, by its index.
 *
 * @param index bytes of `model.safetensors.index.json`
 * @param source finds a file by the name that the index has, such as `model-00001-of-00003.safetensors`: what was made of it
 * @throws PithError if it is no index
 * @example
 * const model = openShardedWeights(index, (file) => fetchAtPlace(`${base}/${file}.pith`));
 * const row = await model.tensor("model.embed_tokens.weight", { rows: [7, 8] });
 */
export function openShardedWeights(
  index: Uint8Array,
  source: (file: string) => FileSource | Promise<FileSource>,
  options: DecompressOptions = {},
): ShardedWeights {
  const { files, fileOf } = parseShardIndex(index);
  const opened = new Map<string, Promise<OpenWeights>>();
  const open = async (file: string): Promise<OpenWeights> => {
    if (!files.includes(file))
      throw new RangeError(`file: expected one of ${files.length}, got ${JSON.stringify(file)}`);
    const known = opened.get(file);
    if (known !== undefined) return await known;
    const opening = (async () => await openWeights(await source(file), options))();
    opened.set(file, opening);
    try {
      return await opening;
    } catch (error) {
      // It may be there the next time.
      opened.delete(file);
      throw error;
    }
  };
  const find = async (name: string): Promise<{ weights: OpenWeights; info: TensorInfo }> => {
    const file = fileOf.get(name);
    if (file === undefined) {
      throw new RangeError(`tensor: expected one of the ${fileOf.size} in the index, got ${JSON.stringify(name)}`);
    }
    const weights = await open(file);
    const info = weights.header.tensors.find((tensor) => tensor.name === name);
    if (info !== undefined) return { weights, info };
    throw new PithError("invalid-field", "a file does not have a tensor that the index places in it", {
      expected: `the tensor ${JSON.stringify(name)} in ${JSON.stringify(file)}`,
      got: `${weights.header.tensors.length} others`,
    });
  };
  return {
    tensors: [...fileOf.keys()],
    files,
    open,
    info: async (name) => (await find(name)).info,
    tensor: async (name, own) => await (await find(name)).weights.tensor(name, own),
  };
}
