import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import { PAIR, ROUGH_PAIR } from "../../generated/lz-exports.ts";
import type { Strength } from "./strengths.ts";

/** What a block of this method says of its model. */
export interface LzParameters {
  /** What tokens are coded under, beside the tokens before: their place, or the byte before them. */
  readonly tokensBy: "place" | "byte";
  /** Upper bits of the byte before a literal that it is coded under: 0 to 8. */
  readonly literalBits: number;
  /** Log2 of the slowest rate of the fast half of a distribution: 4 or 5. */
  readonly fastRate: 4 | 5;
  /** Whether lengths are coded under their place, too, and literals as far as the bits above and `literalsBy` leave room; default false. */
  readonly aligned?: boolean | undefined;
  /**
   * What literals that do not follow a copy are coded under for a second time: the byte so far before them, 1 to 253; a pair, a
   * hash of the two bytes before them; or a rough one, the byte before the last and three bits of the last. Default: nothing.
   */
  readonly literalsBy?: number | "pair" | "rough-pair" | undefined;
  /** How hard the encoder looks; not written, since a decoder need not know. */
  readonly strength?: Strength | undefined;
  /** Bytes of the shortest match that the encoder looks for, default 3; not written either. */
  readonly shortest?: 2 | 3 | undefined;
}

const LITERAL_BITS = 0x0f;
const BY_BYTE = 0x10;
const RATE_5 = 0x20;
/** Another byte says what literals are coded under for a second time. */
const TWICE = 0x40;
const ALIGNED = 0x80;
const MOST_LITERAL_BITS = 8;

export function writeLzParameters(parameters: LzParameters, writer: ByteWriter): void {
  const { tokensBy, literalBits, fastRate, aligned = false, literalsBy } = parameters;
  const flags = (tokensBy === "byte" ? BY_BYTE : 0) | (fastRate === 5 ? RATE_5 : 0) | (aligned ? ALIGNED : 0);
  writer.byte(literalBits | flags | (literalsBy === undefined ? 0 : TWICE));
  if (literalsBy !== undefined) writer.byte(literalsByNumber(literalsBy));
}

/** @throws PithError `invalid-field` on values that no encoder writes */
export function readLzParameters(reader: ByteReader): LzParameters {
  const { offset } = reader;
  const byte = reader.byte();
  const literalBits = byte & LITERAL_BITS;
  if (literalBits > MOST_LITERAL_BITS) {
    throw new PithError("invalid-field", "a block has no such model", {
      offset,
      expected: `0 to ${MOST_LITERAL_BITS} bits of the byte before, and four flags`,
      got: byte,
    });
  }
  const plain: LzParameters = {
    literalBits,
    tokensBy: (byte & BY_BYTE) === 0 ? "place" : "byte",
    fastRate: (byte & RATE_5) === 0 ? 4 : 5,
    ...((byte & ALIGNED) !== 0 && { aligned: true }),
  };
  return (byte & TWICE) === 0 ? plain : { ...plain, literalsBy: readLiteralsBy(reader) };
}

/** @throws PithError `invalid-field` for 0, which a block without it does not write */
function readLiteralsBy(reader: ByteReader): NonNullable<LzParameters["literalsBy"]> {
  const { offset } = reader;
  const byte = reader.byte();
  if (byte === 0) {
    throw new PithError("invalid-field", "literals are coded under nothing for a second time", {
      offset,
      expected: "how far before them a byte lies, 1 to 253, or 254 or 255 for two bytes",
      got: byte,
    });
  }
  if (byte === PAIR) return "pair";
  return byte === ROUGH_PAIR ? "rough-pair" : byte;
}

/** As the format and the kernels have it: 0: nothing. */
function literalsByNumber(literalsBy: LzParameters["literalsBy"]): number {
  if (literalsBy === "pair") return PAIR;
  return literalsBy === "rough-pair" ? ROUGH_PAIR : (literalsBy ?? 0);
}

const SIDES = { place: 0, byte: 1 } as const;

/** The model, as the kernels take it. */
export function kernelModel(parameters: LzParameters): [number, number, number, number, number] {
  const { tokensBy, literalBits, fastRate, aligned = false, literalsBy } = parameters;
  return [SIDES[tokensBy], literalBits, fastRate, aligned ? 1 : 0, literalsByNumber(literalsBy)];
}

/** Models that may suit content of a kind, the likeliest first: which is best, only coding tells. */
const MODELS = {
  words: [{ tokensBy: "byte", literalBits: 8, fastRate: 5 }],
  text: [
    { tokensBy: "byte", literalBits: 8, fastRate: 5 },
    { tokensBy: "byte", literalBits: 8, fastRate: 4 },
    { tokensBy: "byte", literalBits: 8, fastRate: 5, literalsBy: "pair" },
    { tokensBy: "byte", literalBits: 4, fastRate: 5, literalsBy: "pair" },
    { tokensBy: "byte", literalBits: 4, fastRate: 5 },
  ],
  binary: [
    { tokensBy: "byte", literalBits: 8, fastRate: 5, literalsBy: "rough-pair" },
    { tokensBy: "byte", literalBits: 8, fastRate: 5, literalsBy: 2 },
    { tokensBy: "byte", literalBits: 4, fastRate: 5, literalsBy: 2 },
    { tokensBy: "byte", literalBits: 2, fastRate: 4, literalsBy: 2 },
    { tokensBy: "byte", literalBits: 8, fastRate: 5, literalsBy: "pair" },
    { tokensBy: "byte", literalBits: 8, fastRate: 5 },
    { tokensBy: "byte", literalBits: 4, fastRate: 5 },
    { tokensBy: "place", literalBits: 4, fastRate: 5, aligned: true, literalsBy: 2 },
    { tokensBy: "place", literalBits: 4, fastRate: 5, aligned: true, literalsBy: 4 },
    { tokensBy: "place", literalBits: 8, fastRate: 5, aligned: true, literalsBy: 4 },
    { tokensBy: "place", literalBits: 4, fastRate: 5, aligned: true, literalsBy: 8 },
    { tokensBy: "place", literalBits: 8, fastRate: 4, literalsBy: 4 },
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
