import { adaptiveAlphabetBits, adaptiveBits, addTreeBits, entropyBits } from "./code-length.ts";
import { FLOAT_TABLES, pieces, tableOfPiece, type CountedPart, type Table } from "./field-counter.ts";
import type { TensorType } from "@pith/tensors";

/** What a decoder is told beforehand of each field, and of each tensor: which model it was, in bits. */
const CHOICE_BITS = 8;
/** How many distinct values are listed. */
const LIST_LENGTH_BITS = 32;

/** What one field of a tensor's values holds. All figures are bits a value. */
export interface FieldStatistics {
  /** `sign`, `exponent`, `mantissa 1–8` (from its most significant bit on), `byte 1` (the most significant). */
  readonly name: string;
  /** As stored. */
  readonly bits: number;
  /** Empirical entropies: by itself first, then given what a decoder would know. */
  readonly entropies: readonly { readonly given: string; readonly bits: number }[];
  /** Code length under the best model, what it spends on learning included. */
  readonly codeLength: number;
  /** That model. */
  readonly model: string;
}

/** A tensor's fields, and the least that the models need for all of its values. */
export interface TensorStatistics {
  readonly fields: readonly FieldStatistics[];
  /** In bits, for the whole tensor: never more than it has, beside {@link CHOICE_BITS}. */
  readonly codeLength: number;
  /** What reached that: `fields`, `whole values`, `list of 16 values`, `stored`. */
  readonly model: string;
}

/** Of a tensor that is kept as it is. */
export function storedStatistics({ unitBytes }: TensorType, values: number): TensorStatistics {
  return { fields: [], codeLength: 8 * unitBytes * values + CHOICE_BITS, model: "stored" };
}

/** A field, and the tables in which it is counted. The first table's contexts together count it by itself. */
interface Field {
  readonly name: string;
  readonly bits: number;
  readonly contexts: readonly { readonly given: string; readonly table: number }[];
}

/** By itself. */
const ORDER_0 = "nothing";

/** Sums over the parts of a tensor, in bits. */
interface Sums {
  /** By what is known. */
  readonly entropies: Map<string, number>;
  /** Likewise, and by how many of the upper bits are coded; the others are stored. */
  readonly codes: Map<string, Float64Array>;
}

/** Adds up what the parts of one tensor hold. */
export class TensorStatisticsBuilder {
  readonly #type: TensorType;
  readonly #fields: readonly Field[];
  readonly #sums: readonly Sums[];
  #values = 0;
  /** Of whole values, for all parts; undefined where it is not counted. */
  #whole: number | undefined = 0;
  #list: { readonly bits: number; readonly size: number } | undefined;

  constructor(type: TensorType) {
    this.#type = type;
    this.#fields = fieldsOf(type);
    this.#sums = this.#fields.map(() => ({ entropies: new Map(), codes: new Map() }));
  }

  add(part: CountedPart): void {
    const { values, tables, distinct } = part;
    for (const [i, field] of this.#fields.entries()) addField(this.#sums[i], field, tables);
    const isFloat = this.#type.exponentBits > 0;
    if (isFloat && this.#type.unitBytes <= 2) this.#whole = (this.#whole ?? 0) + wholeBits(tables[tables.length - 1]);
    else this.#whole = undefined;
    this.#list =
      this.#values > 0 || distinct === undefined
        ? undefined
        : {
            bits: LIST_LENGTH_BITS + distinct.length * 8 * this.#type.unitBytes + adaptiveAlphabetBits(distinct),
            size: distinct.length,
          };
    this.#values += values;
  }

  finish(): TensorStatistics {
    const values = this.#values;
    const fields = this.#fields.map(({ name, bits }, i): FieldStatistics => {
      const { entropies, codes } = this.#sums[i];
      const best = leastCode(bits, values, codes);
      return {
        name,
        bits,
        entropies: [...entropies].map(([given, sum]) => ({ given, bits: sum / values })),
        codeLength: best.bits / values,
        model: best.model,
      };
    });
    const fieldBits = fields.reduce((sum, { codeLength }) => sum + codeLength * values + CHOICE_BITS, 0);
    const candidates: [string, number][] = [
      ["stored", 8 * this.#type.unitBytes * values],
      ["fields", fieldBits],
    ];
    if (this.#whole !== undefined) candidates.push(["whole values", this.#whole]);
    if (this.#list !== undefined) candidates.push([`list of ${this.#list.size} values`, this.#list.bits]);
    const { model, bits } = least(candidates);
    return { fields, model, codeLength: bits + CHOICE_BITS };
  }
}

function least(candidates: readonly (readonly [string, number])[]): { model: string; bits: number } {
  let [model, bits] = candidates[0];
  for (const [name, candidate] of candidates) if (candidate < bits) [model, bits] = [name, candidate];
  return { model, bits };
}

/** The best of the models of a field: what is known, and how many of the upper bits are coded. */
function leastCode(width: number, values: number, codes: Sums["codes"]): { model: string; bits: number } {
  let best = { given: "", upper: 0, bits: width * values };
  for (const [given, costs] of codes) {
    for (let upper = 1; upper <= width; upper++) {
      const bits = costs[upper] + (width - upper) * values;
      if (bits < best.bits) best = { given, upper, bits };
    }
  }
  const { given, upper, bits } = best;
  if (upper === 0) return { model: "stored", bits };
  return { model: `given ${given}${upper === width ? "" : `, ${upper} of ${width} bits`}`, bits };
}

function addField({ entropies, codes }: Sums, { bits, contexts: kinds }: Field, tables: readonly Table[]): void {
  const single = sumOverContexts(tables[kinds[0].table]);
  increase(entropies, ORDER_0, entropyBits(single, 0, 1 << bits));
  addTreeBits(single, 0, bits, costsOf(codes, ORDER_0, bits));
  for (const { given, table } of kinds) {
    const { counts, contexts, bits: tableBits } = tables[table];
    if (given === ORDER_0 || contexts.length === 0) continue;
    const costs = costsOf(codes, given, bits);
    let entropy = 0;
    for (const context of contexts) {
      entropy += entropyBits(counts, context << tableBits, 1 << bits);
      addTreeBits(counts, context << tableBits, bits, costs);
    }
    increase(entropies, given, entropy);
  }
}

function costsOf(codes: Sums["codes"], given: string, bits: number): Float64Array {
  const found = codes.get(given) ?? new Float64Array(bits + 1);
  codes.set(given, found);
  return found;
}

function increase(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

function sumOverContexts({ counts, contexts, bits }: Table): Float64Array {
  const sum = new Float64Array(1 << bits);
  for (const context of contexts) {
    for (let symbol = 0; symbol < sum.length; symbol++) sum[symbol] += counts[(context << bits) + symbol];
  }
  return sum;
}

/** Values of two bytes, the lower given the upper, or of one byte. */
function wholeBits({ counts, contexts, bits }: Table): number {
  const upper = new Float64Array(256);
  const costs = new Float64Array(bits + 1);
  for (const context of contexts) {
    for (let symbol = 0; symbol < 1 << bits; symbol++) upper[context] += counts[(context << bits) + symbol];
    addTreeBits(counts, context << bits, bits, costs);
  }
  const upperCosts = new Float64Array(9);
  addTreeBits(upper, 0, 8, upperCosts);
  return upperCosts[8] + costs[bits];
}

function fieldsOf(type: TensorType): Field[] {
  return type.exponentBits > 0 ? floatFields(type) : byteFields(type);
}

function floatFields(type: TensorType): Field[] {
  const { exponentBits, mantissaBits } = type;
  const fields: Field[] = [
    {
      name: "sign",
      bits: 1,
      contexts: [
        { given: "its exponent", table: FLOAT_TABLES.signByExponent },
        { given: "the sign before", table: FLOAT_TABLES.signByPrevious },
      ],
    },
    {
      name: "exponent",
      bits: exponentBits,
      contexts: [
        { given: "the exponent before", table: FLOAT_TABLES.exponentByPrevious },
        { given: "the mean of those before", table: FLOAT_TABLES.exponentByMean },
        { given: "the exponent above", table: FLOAT_TABLES.exponentByAbove },
        { given: "the mean of its column", table: FLOAT_TABLES.exponentByColumn },
      ],
    },
  ];
  for (let piece = 0; piece < pieces(type); piece++) {
    const first = 8 * piece + 1;
    const last = Math.min(8 * piece + 8, mantissaBits);
    fields.push({
      name: `mantissa ${first}–${last}`,
      bits: last - first + 1,
      contexts: [{ given: piece === 0 ? "its exponent" : "the bits above", table: tableOfPiece(piece) }],
    });
  }
  return fields;
}

function byteFields({ unitBytes }: TensorType): Field[] {
  return Array.from({ length: unitBytes }, (_, byte) => ({
    name: unitBytes === 1 ? "byte" : `byte ${byte + 1}`,
    bits: 8,
    contexts: [
      // Nothing is above the first byte: its table has one context.
      { given: byte === 0 ? ORDER_0 : "the bits above", table: 3 * byte },
      { given: "the value before", table: 3 * byte + 1 },
      { given: "the value above", table: 3 * byte + 2 },
    ],
  }));
}

/** Most places for counts, as a power of two: 8 MiB of them. */
const MAXIMUM_PLACE_BITS = 20;

/**
 * What text costs whose bytes are coded bit by bit under the estimator, given the bytes before, as many as the best order
 * of 0 to 2 says. Contexts share places by their hash where they are many, as they may in a coder.
 *
 * @returns bits
 */
export function textBits(text: Uint8Array): number {
  const placeBits = Math.min(MAXIMUM_PLACE_BITS, 35 - Math.clz32(text.length));
  const costs = [0, 1, 2].map((order) => {
    /** Zeros and ones. */
    const counts = new Uint32Array(2 << placeBits);
    let context = 0;
    for (const byte of text) {
      for (let bits = 8, node = 1; bits > 0; bits--) {
        const bit = (byte >> (bits - 1)) & 1;
        const place = Math.imul(256 * context + node, 0x9e3779b1) >>> (32 - placeBits);
        counts[2 * place + bit]++;
        node = 2 * node + bit;
      }
      context = (256 * context + byte) % 256 ** order;
    }
    let bits = 0;
    for (let i = 0; i < counts.length; i += 2) bits += adaptiveBits(counts[i], counts[i + 1]);
    return bits;
  });
  return Math.min(8 * text.length, ...costs) + CHOICE_BITS;
}
