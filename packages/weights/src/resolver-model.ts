/**
 * Models of the letter resolver, packed: a version, log2 of the number of weights, the groups (their number, then each
 * one's length and characters), then the weights plus 128 under one adaptive model. That is their entropy: places in a
 * hashed table tell nothing about each other.
 */
import { checkInteger, PithError } from "@pith/core";
import { decodeSymbols, encodeSymbols } from "@pith/entropy";
import { fromBase64, toBase64 } from "./base64.ts";
import { hashOf } from "./hash.ts";

/** Changes with the resolver's features too: their weights are worth nothing to another version. */
const VERSION = 2;
const LEAST_BITS = 10;
const MOST_BITS = 24;
const OFFSET = 128;
/** Counts of weights are never halved: their distribution is the same from first to last. */
const CODER = { increment: 1, limit: 2 ** 22 } as const;
const COUNTS = 256;

/** A resolver's model as its module holds it. */
export interface PackedResolver {
  readonly name: string;
  /** Names the model in streams: 64-bit FNV-1a of the packed bytes, 16 hexadecimal digits. */
  readonly hash: string;
  /** groups[c] holds the characters that code c stands for. */
  readonly groups: readonly string[];
  /** Log2 of the number of weights. */
  readonly tableBits: number;
  /** Base64. */
  readonly packed: string;
}

/** What `createResolver` of @pith/predictors takes. */
export interface ResolverWeights {
  readonly groups: readonly string[];
  readonly tableBits: number;
  /** 2^tableBits weights, −127 … 127, in sixteenths. */
  readonly weights: Int8Array;
}

/**
 * Packs a model.
 *
 * @throws RangeError if the weights are not 2^tableBits many
 */
export function packWeights(name: string, { groups, tableBits, weights }: ResolverWeights): PackedResolver {
  checkInteger("tableBits", tableBits, LEAST_BITS, MOST_BITS);
  if (weights.length !== 2 ** tableBits) {
    throw new RangeError(`weights: expected ${2 ** tableBits}, 2^tableBits, got ${weights.length}`);
  }
  const head = [VERSION, tableBits, groups.length];
  for (const group of groups) head.push(group.length, ...Array.from(group, (character) => character.charCodeAt(0)));
  const coded = encodeSymbols(
    Uint8Array.from(weights, (weight) => weight + OFFSET),
    COUNTS,
    CODER,
  );
  const packed = new Uint8Array(head.length + coded.length);
  packed.set(head);
  packed.set(coded, head.length);
  return { name, hash: hashOf(packed), groups, tableBits, packed: toBase64(packed) };
}

/**
 * The weights of a model, about 30 ms for 2^20 of them.
 *
 * @throws PithError `checksum-mismatch` if the packed bytes are not those of the hash, `unsupported-version` for a model
 *   of another version of the resolver, `invalid-field` and the like for what is no model
 * @example
 * const { resolverMedium } = await import("@pith/weights/resolver-medium");
 * const model = unpackWeights(resolverMedium); // for createResolver of @pith/predictors
 */
export function unpackWeights({ name, hash, packed: text }: PackedResolver): ResolverWeights {
  let packed: Uint8Array;
  try {
    packed = fromBase64(text);
  } catch (cause) {
    throw new PithError("invalid-field", `the model ${name} is not base64`, { cause });
  }
  const found = hashOf(packed);
  if (found !== hash) {
    throw new PithError("checksum-mismatch", `the model ${name} is damaged`, { expected: hash, got: found });
  }
  const { groups, tableBits, end } = readHead(packed);
  const symbols = decodeSymbols(packed.subarray(end), 2 ** tableBits, COUNTS, { ...CODER, offset: end });
  return { groups, tableBits, weights: Int8Array.from(symbols, (symbol) => symbol - OFFSET) };
}

function readHead(packed: Uint8Array): { groups: string[]; tableBits: number; end: number } {
  let at = 0;
  const next = (): number => {
    if (at === packed.length) {
      throw new PithError("truncated", "the model ends too soon", { offset: at, expected: "a head", got: at });
    }
    return packed[at++];
  };
  const version = next();
  if (version !== VERSION) {
    throw new PithError("unsupported-version", "the model is of another version", {
      offset: 0,
      expected: VERSION,
      got: version,
    });
  }
  const tableBits = next();
  if (tableBits < LEAST_BITS || tableBits > MOST_BITS) {
    throw new PithError("invalid-field", "the model's table has no such size", {
      offset: 1,
      expected: `log2 from ${LEAST_BITS} to ${MOST_BITS}`,
      got: tableBits,
    });
  }
  const groups = Array.from({ length: next() }, () => {
    const length = next();
    return Array.from({ length }, () => String.fromCharCode(next())).join("");
  });
  return { groups, tableBits, end: at };
}
