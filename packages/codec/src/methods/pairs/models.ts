/** Models of the letter resolver: which there are, and those that have been brought. */
import { PithError, type EmbeddedKernel } from "@pith/core";
import type { ResolverWeights } from "@pith/weights";

export const PAIRS_MODELS = ["small", "medium", "large"] as const;
/** A model of the letter resolver: small, medium and large are of 2^16, 2^18 and 2^20 weights. */
export type PairsModel = (typeof PAIRS_MODELS)[number];

interface Description {
  /** Names the model in files: the first four bytes of its hash. */
  readonly hash: number;
  /** Log2 of the number of weights, a byte each. */
  readonly tableBits: number;
}

const DESCRIPTIONS: Readonly<Record<PairsModel, Description>> = {
  small: { tableBits: 16, hash: 0x7d1ff2c0 },
  medium: { tableBits: 18, hash: 0x915d39e4 },
  large: { tableBits: 20, hash: 0x37cdd516 },
};

/** A model that is there, and the kernel that runs it. Plain data: it goes to workers. */
export interface LoadedModel extends ResolverWeights {
  readonly model: PairsModel;
  /** groups[c] holds the characters that code c stands for; of all codes but the highest. */
  readonly groups: readonly string[];
  readonly kernel: EmbeddedKernel;
}

const ready = new Map<PairsModel, LoadedModel>();

/** Makes a model known to this thread. */
export function installModel(model: LoadedModel): void {
  ready.set(model.model, model);
}

/** A model that was installed before; undefined if it was not. */
export function readyModel(model: PairsModel): LoadedModel | undefined {
  return ready.get(model);
}

/** Names a model in files, as a u32. */
export function hashOfModel(model: PairsModel): number {
  return DESCRIPTIONS[model].hash;
}

/** Log2 of the number of weights of a model. */
export function tableBitsOf(model: PairsModel): number {
  return DESCRIPTIONS[model].tableBits;
}

/**
 * @param offset of the hash in the file
 * @throws PithError `unknown-method`
 */
export function modelOfHash(hash: number, offset: number): PairsModel {
  const model = PAIRS_MODELS.find((name) => hashOfModel(name) === hash);
  if (model !== undefined) return model;
  throw new PithError("unknown-method", "this program does not have the model of the letters", {
    offset,
    expected: PAIRS_MODELS.map((name) => hexadecimal(hashOfModel(name))).join(", "),
    got: hexadecimal(hash),
  });
}

/** A hash as errors show it. */
export function hexadecimal(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}
