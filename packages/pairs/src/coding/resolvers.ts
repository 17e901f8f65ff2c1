/** Models of the letter resolver: which there are. */
import type { Kernel } from "@pith/core";
import { Model, modelOfHash } from "@pith/core/models";
import type { ResolverWeights } from "@pith/weights";
import type { PairsKernel } from "../generated/pairs-exports.ts";

export const PAIRS_MODELS = ["small", "medium", "large"] as const;
/** A model of the letter resolver: small, medium and large are of 2^16, 2^18 and 2^20 weights. */
export type PairsModel = (typeof PAIRS_MODELS)[number];

/** Name models in files: the first four bytes of their hashes. */
const HASHES: Readonly<Record<PairsModel, number>> = { small: 0x5dd3d056, medium: 0x3aa63595, large: 0xae0d7d61 };

/** Log2 of the number of weights, a byte each. */
const TABLE_BITS: Readonly<Record<PairsModel, number>> = { small: 16, medium: 18, large: 20 };

/** A model that is there, and the kernel that runs it. */
export interface PairsContent extends ResolverWeights {
  /** groups[c] holds the characters that code c stands for; of all codes but the highest. */
  readonly groups: readonly string[];
  readonly kernel: Kernel<PairsKernel>;
}

/** A model among all models. */
export function resolverOf<Name extends PairsModel>(model: Name): Model<PairsContent, `pairs-${Name}`> {
  return new Model(`pairs-${model}`);
}

/** Names a model in files, as a u32. */
export function hashOfModel(model: PairsModel): number {
  return HASHES[model];
}

/** Log2 of the number of weights of a model. */
export function tableBitsOf(model: PairsModel): number {
  return TABLE_BITS[model];
}

/**
 * @param offset of the hash in the file
 * @throws PithError `unknown-method`
 */
export function pairsModelOfHash(hash: number, offset: number): PairsModel {
  return modelOfHash(HASHES, hash, offset);
}
