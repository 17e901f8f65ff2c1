/** Networks that callers trained and give, packed; blocks name them by their hashes. */
import { PithError } from "@pith/core";
import { unpackNeuralModel } from "@pith/predictors";
import { hashOf } from "@pith/weights/hash";
import type { Network } from "./network.ts";
import type { NetworkShape } from "./network.ts";

/** A network that does not come with this program. */
export interface CustomNetwork {
  /** As {@link networkHash} gives it. */
  readonly hash: string;
  /** Undefined where it is only named. */
  readonly content?: CustomContent | undefined;
}

/** A network that was given: plain data, since it goes to workers. */
interface CustomContent {
  readonly shape: NetworkShape;
  readonly weights: Float32Array;
}

/** Networks that blocks may name, by their hashes. */
export type CustomNetworks = ReadonlyMap<string, CustomNetwork>;

/** Its symbols are bytes. */
const SYMBOLS = 256;
/** Bytes of memory that unpacking takes of each weight, at most. */
const PER_WEIGHT = 8;

/**
 * Names a network in files: the first four bytes of the 64-bit FNV-1a of its packed bytes, as 8 hexadecimal digits.
 *
 * @param packed as `packNeuralModel` of @pith/predictors writes it
 */
export function networkHash(packed: Uint8Array): string {
  return hashOf(packed).slice(0, 8);
}

/**
 * A network that was given.
 *
 * @param packed as `packNeuralModel` of @pith/predictors writes it
 * @param memoryLimit bytes of memory that it may take
 * @throws PithError if it is none, is damaged, too large, or not of the 256 bytes
 */
export function unpackCustom(packed: Uint8Array, memoryLimit: number): CustomNetwork {
  const { options, weights } = unpackNeuralModel(packed, { maximumWeights: Math.floor(memoryLimit / PER_WEIGHT) });
  const { alphabetSize, ...shape } = options;
  if (alphabetSize !== SYMBOLS) {
    throw new PithError("invalid-field", "the network has another alphabet than bytes", {
      expected: SYMBOLS,
      got: alphabetSize,
    });
  }
  return { hash: networkHash(packed), content: { shape: { ...shape, orders: 0, tableBits: 0 }, weights } };
}

/**
 * The network of that hash.
 *
 * @param offset of the block that names it
 * @throws PithError `unknown-method` if it is not there
 */
export function givenNetwork(hash: string, networks: CustomNetworks, offset: number): CustomNetwork {
  const network = networks.get(hash);
  if (network !== undefined) return network;
  throw new PithError("unknown-method", "the block's network is not among those that were given (option networks)", {
    offset,
    expected: hash,
    got: networks.size === 0 ? "none" : [...networks.keys()].join(", "),
  });
}

/** A network as the kernel takes it. @throws TypeError if it is only named */
export function customNetworkOf({ hash, content }: CustomNetwork): Network {
  if (content === undefined) throw new TypeError(`network: expected ${hash} to be given, got its hash alone`);
  const { shape, weights } = content;
  return { shape, symbols: SYMBOLS, start: { weights } };
}
