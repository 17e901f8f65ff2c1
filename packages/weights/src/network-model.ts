/** Networks that were trained once for all: what `packNeuralModel` of @pith/predictors wrote, as a module holds it. */
import { PithError } from "@pith/core";
import { fromBase64, toBase64 } from "./base64.ts";
import { hashOf } from "./hash.ts";

/** A trained network as its module holds it. */
export interface PackedNetwork {
  readonly name: string;
  /** Names the network in streams: 64-bit FNV-1a of the packed bytes, 16 hexadecimal digits. */
  readonly hash: string;
  /** What its symbols are: bytes, or bases, A 0, G 1, C 2, T 3. */
  readonly symbols: "bytes" | "bases";
  /** Base64. */
  readonly packed: string;
}

/** @param packed as `packNeuralModel` of @pith/predictors writes it */
export function packNetwork(name: string, symbols: PackedNetwork["symbols"], packed: Uint8Array): PackedNetwork {
  return { name, hash: hashOf(packed), symbols, packed: toBase64(packed) };
}

/**
 * What `unpackNeuralModel` of @pith/predictors takes.
 *
 * @throws PithError `checksum-mismatch` if the packed bytes are not those of the hash, `invalid-field` for another text
 * @example
 * const { staticEnglish } = await import("@pith/weights/static-english");
 * const { options, weights } = unpackNeuralModel(unpackNetwork(staticEnglish));
 * createNeuralPredictor({ ...options, weights, learns: false });
 */
export function unpackNetwork({ name, hash, packed: text }: PackedNetwork): Uint8Array<ArrayBuffer> {
  let packed: Uint8Array<ArrayBuffer>;
  try {
    packed = fromBase64(text);
  } catch (cause) {
    throw new PithError("invalid-field", `the network ${name} is not base64`, { cause });
  }
  const found = hashOf(packed);
  if (found !== hash) {
    throw new PithError("checksum-mismatch", `the network ${name} is damaged`, { expected: hash, got: found });
  }
  return packed;
}
