/** Trained weights that a model's network may start from: which there are. */
import { Model, modelOfHash } from "@pith/core/models";

/** English after the transform `words`, for text-max. */
export type MixNetwork = "english";

/** Trained weights that are there. */
export interface MixContent {
  /** As the kernel takes them. */
  readonly weights: Uint8Array;
}

/** Name trained weights in files: the first four bytes of their hashes. */
const HASHES: Readonly<Record<MixNetwork, number>> = { english: 0x45b2116d };

/** Trained weights among all models. */
export function modelOfNetwork<Name extends MixNetwork>(network: Name): Model<MixContent, `mix-${Name}`> {
  return new Model(`mix-${network}`);
}

/** Names trained weights in files, as a u32. */
export function hashOfNetwork(network: MixNetwork): number {
  return HASHES[network];
}

/**
 * @param offset of the hash in the file
 * @throws PithError `unknown-method`
 */
export function networkOfHash(hash: number, offset: number): MixNetwork {
  return modelOfHash(HASHES, hash, offset);
}
