/**
 * Letter tables, packed: a version, log2 of the units in 1, then the table's numbers in units plus 128, under one adaptive
 * model.
 */
import { PithError } from "@pith/core";
import { decodeSymbols, encodeSymbols } from "@pith/entropy";
import { fromBase64, toBase64 } from "./base64.ts";
import { hashOf } from "./hash.ts";

const VERSION = 1;
const HEAD = 2;
const OFFSET = 128;
const COUNTS = 256;
const MOST_UNIT_BITS = 12;

/** A letter table as its module holds it. */
export interface PackedLetterTable {
  readonly name: string;
  /** 64-bit FNV-1a of the packed bytes, 16 hexadecimal digits. */
  readonly hash: string;
  /** groups[c] holds the characters that code c stands for. */
  readonly groups: readonly string[];
  readonly alphabet: string;
  readonly distances: readonly number[];
  /** Base64. */
  readonly packed: string;
}

/** What `createTableDecoder` of @pith/predictors takes. */
export interface LetterTableWeights {
  readonly groups: readonly string[];
  readonly alphabet: string;
  readonly distances: readonly number[];
  /** [letter][distance][neighbour] */
  readonly table: Float32Array;
}

/**
 * Packs a table, each number rounded to one of 255 steps: the finest power of two with which all of them fit. What counts
 * when letters are decided is only the difference between those of a group.
 *
 * @throws RangeError if there are not alphabet × distances × alphabet numbers, or one is not within ±127
 */
export function packLetterTable(
  name: string,
  { groups, alphabet, distances, table }: LetterTableWeights,
): PackedLetterTable {
  const expected = lengthOf({ alphabet, distances });
  if (table.length !== expected) throw new RangeError(`table: expected ${expected} numbers, got ${table.length}`);
  const largest = table.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  if (!(largest <= 127)) throw new RangeError(`table: expected numbers within ±127, got ${largest}`);
  let unitBits = MOST_UNIT_BITS;
  while (Math.round(largest * 2 ** unitBits) > 127) unitBits--;
  const symbols = Uint8Array.from(table, (number) => Math.round(number * 2 ** unitBits) + OFFSET);
  const coded = encodeSymbols(symbols, COUNTS);
  const packed = new Uint8Array(HEAD + coded.length);
  packed.set([VERSION, unitBits]);
  packed.set(coded, HEAD);
  return { name, hash: hashOf(packed), groups, alphabet, distances, packed: toBase64(packed) };
}

/**
 * The numbers of a table.
 *
 * @throws PithError `checksum-mismatch` if the packed bytes are not those of the hash, `unsupported-version` and the like
 *   for what is no table
 * @example
 * const { letterTable } = await import("@pith/weights/letter-table");
 * const table = unpackLetterTable(letterTable); // for createTableDecoder of @pith/predictors
 */
export function unpackLetterTable(model: PackedLetterTable): LetterTableWeights {
  const { name, hash, groups, alphabet, distances, packed: text } = model;
  let packed: Uint8Array;
  try {
    packed = fromBase64(text);
  } catch (cause) {
    throw new PithError("invalid-field", `the table ${name} is not base64`, { cause });
  }
  const found = hashOf(packed);
  if (found !== hash) {
    throw new PithError("checksum-mismatch", `the table ${name} is damaged`, { expected: hash, got: found });
  }
  if (packed.length < HEAD) {
    throw new PithError("truncated", `the table ${name} ends too soon`, { offset: packed.length, expected: "a head" });
  }
  const [version, unitBits] = packed;
  if (version !== VERSION) {
    const details = { offset: 0, expected: VERSION, got: version };
    throw new PithError("unsupported-version", `the table ${name} is of another version`, details);
  }
  if (unitBits > MOST_UNIT_BITS) {
    const details = { offset: 1, expected: `at most ${MOST_UNIT_BITS}`, got: unitBits };
    throw new PithError("invalid-field", `the table ${name} has no such unit`, details);
  }
  const symbols = decodeSymbols(packed.subarray(HEAD), lengthOf(model), COUNTS, { offset: HEAD });
  const table = Float32Array.from(symbols, (symbol) => (symbol - OFFSET) / 2 ** unitBits);
  return { groups, alphabet, distances, table };
}

function lengthOf({ alphabet, distances }: Pick<LetterTableWeights, "alphabet" | "distances">): number {
  return alphabet.length * distances.length * alphabet.length;
}
