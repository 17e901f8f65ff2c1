import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { Strength } from "./strengths.ts";

/** What a block of this method says of its model. */
export interface LzParameters {
  /** What tokens are coded under, beside the tokens before: their place, or the byte before them. */
  readonly tokensBy: "place" | "byte";
  /** Upper bits of the byte before a literal that it is coded under: 0 to 8. */
  readonly literalBits: number;
  /** Log2 of the slowest rate of the fast half of a distribution: 4 or 5. */
  readonly fastRate: 4 | 5;
  /** How hard the encoder looks; not written, since a decoder need not know. */
  readonly strength?: Strength | undefined;
  /** Bytes of the shortest match that the encoder looks for, default 3; not written either. */
  readonly shortest?: 2 | 3 | undefined;
}

const LITERAL_BITS = 0x0f;
const BY_BYTE = 0x10;
const RATE_5 = 0x20;
const MOST_LITERAL_BITS = 8;

export function writeLzParameters({ tokensBy, literalBits, fastRate }: LzParameters, writer: ByteWriter): void {
  writer.byte(literalBits | (tokensBy === "byte" ? BY_BYTE : 0) | (fastRate === 5 ? RATE_5 : 0));
}

/** @throws PithError `invalid-field` on values that no encoder writes */
export function readLzParameters(reader: ByteReader): LzParameters {
  const { offset } = reader;
  const byte = reader.byte();
  const literalBits = byte & LITERAL_BITS;
  if (byte >= 2 * RATE_5 || literalBits > MOST_LITERAL_BITS) {
    throw new PithError("invalid-field", "a block has no such model", {
      offset,
      expected: `0 to ${MOST_LITERAL_BITS} bits of the byte before, and two flags`,
      got: byte,
    });
  }
  return { literalBits, tokensBy: (byte & BY_BYTE) === 0 ? "place" : "byte", fastRate: (byte & RATE_5) === 0 ? 4 : 5 };
}

const SIDES = { place: 0, byte: 1 } as const;

/** The model, as the kernels take it. */
export function kernelModel({ tokensBy, literalBits, fastRate }: LzParameters): [number, number, number] {
  return [SIDES[tokensBy], literalBits, fastRate];
}

/** Models that may suit content of a kind, the likeliest first: which is best, only coding tells. */
const MODELS = {
  words: [{ tokensBy: "byte", literalBits: 8, fastRate: 5 }],
  text: [
    { tokensBy: "byte", literalBits: 8, fastRate: 5 },
    { tokensBy: "byte", literalBits: 8, fastRate: 4 },
  ],
  binary: [
    { tokensBy: "byte", literalBits: 8, fastRate: 5 },
    { tokensBy: "place", literalBits: 8, fastRate: 4 },
    { tokensBy: "byte", literalBits: 4, fastRate: 5 },
    { tokensBy: "place", literalBits: 4, fastRate: 5 },
    { tokensBy: "byte", literalBits: 2, fastRate: 4 },
    { tokensBy: "place", literalBits: 2, fastRate: 4 },
    { tokensBy: "place", literalBits: 0, fastRate: 4 },
  ],
} as const satisfies Record<string, readonly LzParameters[]>;

/**
 * Parameters that may suit content, the likeliest first.
 *
 * @param kind `words` of text that went through the word dictionary
 */
export function lzParameters(kind: keyof typeof MODELS, strength: Strength): readonly LzParameters[] {
  return MODELS[kind].map((parameters) => ({ ...parameters, strength }));
}
