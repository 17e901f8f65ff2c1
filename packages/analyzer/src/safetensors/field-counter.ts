import { instantiateKernel } from "@pith/core";
import { kernel } from "#kernels/tensor-fields";
import {
  CONTEXTS,
  EXPONENT_BY_ABOVE,
  EXPONENT_BY_COLUMN,
  EXPONENT_BY_MEAN,
  EXPONENT_BY_PREVIOUS,
  FIRST_MANTISSA,
  MAXIMUM_ROW,
  SIGN_BY_EXPONENT,
  SIGN_BY_PREVIOUS,
} from "../generated/tensor-fields-exports.ts";
import type { TensorType } from "@pith/tensors";

/** Counts of the kernel have 32 bits. */
const MAXIMUM_PART = 2 ** 31;
/** Values a row below which dimensions are taken together: the 3 × 3 of a convolution is no row. */
const MINIMUM_ROW = 16;

/** Counts of a symbol in the contexts that came. */
export interface Table {
  /** Of the symbol. */
  readonly bits: number;
  /** 2^bits counts a context, context by context. */
  readonly counts: Uint32Array;
  /** Those that came, in ascending order. */
  readonly contexts: readonly number[];
}

/** Counts the fields of one tensor after the other; the kernel `tensor-fields` says what is in each table. */
export class FieldCounter {
  readonly #kernel = instantiateKernel(kernel);
  readonly #maximumPart: number;
  #type: TensorType | undefined;
  #tables = 0;
  /** Bytes in the kernel's input. */
  #filled = 0;
  /** Values counted since the counts were last taken. */
  #counted = 0;

  /** @param maximumPart values after which the counts must be taken */
  constructor(maximumPart = MAXIMUM_PART) {
    this.#maximumPart = maximumPart;
  }

  /**
   * Starts a tensor, {@link takePart} having been called for the one before.
   *
   * @param length in bytes
   */
  start(type: TensorType, shape: readonly number[], length: number): void {
    const { unitBytes, exponentBits, mantissaBits } = type;
    const row = rowLength(type, shape);
    this.#type = type;
    this.#tables = exponentBits > 0 ? tableOfPiece(pieces(type)) + (unitBytes <= 2 ? 1 : 0) : 3 * unitBytes;
    this.#kernel.startTensor(
      unitBytes,
      exponentBits,
      mantissaBits,
      row,
      Math.min(length / unitBytes, this.#maximumPart),
    );
  }

  /** Whether counts must be taken before more bytes may come. */
  get isFull(): boolean {
    return this.#counted === this.#maximumPart;
  }

  /**
   * Takes bytes of the tensor.
   *
   * @returns how many of them; fewer than there are where {@link isFull}
   */
  push(bytes: Uint8Array): number {
    const { unitBytes } = this.#current();
    const capacity = this.#kernel.inputCapacity();
    const wanted = Math.min(bytes.length, (this.#maximumPart - this.#counted) * unitBytes - this.#filled);
    let taken = 0;
    while (taken < wanted) {
      const length = Math.min(capacity - this.#filled, wanted - taken);
      const input = new Uint8Array(this.#kernel.memory.buffer, this.#kernel.inputAddress() + this.#filled, length);
      input.set(bytes.subarray(taken, taken + length));
      this.#filled += length;
      taken += length;
      if (this.#filled === capacity) this.#count();
    }
    if (taken < bytes.length) this.#count();
    return taken;
  }

  /**
   * Gives away the counts of the tensor, or of a part of it, and clears them.
   *
   * @param read must not keep the tables, which are the kernel's own memory
   * @returns what `read` returns
   */
  takePart<Result>(read: (part: CountedPart) => Result): Result {
    this.#count();
    const tables = Array.from({ length: this.#tables }, (_, table) => this.#table(table));
    const result = read({
      values: this.#counted,
      tables,
      distinct: this.#distinctCounts(),
      fingerprint: this.#kernel.contentFingerprint(),
    });
    for (const [table, { bits, counts, contexts }] of tables.entries()) {
      for (const context of contexts) counts.fill(0, context << bits, (context + 1) << bits);
      this.#flags(table).fill(0);
    }
    this.#counted = 0;
    this.#kernel.restart();
    return result;
  }

  #count(): void {
    const values = this.#filled / this.#current().unitBytes;
    this.#kernel.countValues(values);
    this.#counted += values;
    this.#filled = 0;
  }

  #current(): TensorType {
    if (this.#type === undefined) throw new TypeError("start: expected to be called before bytes come");
    return this.#type;
  }

  #flags(table: number): Uint8Array {
    return new Uint8Array(this.#kernel.memory.buffer, this.#kernel.flagsAddress(table), CONTEXTS);
  }

  #table(table: number): Table {
    const bits = symbolBits(this.#current(), table);
    const contexts: number[] = [];
    const flags = this.#flags(table);
    for (let context = flags.indexOf(1); context >= 0; context = flags.indexOf(1, context + 1)) contexts.push(context);
    const { buffer } = this.#kernel.memory;
    return { bits, contexts, counts: new Uint32Array(buffer, this.#kernel.tableAddress(table), CONTEXTS << bits) };
  }

  #distinctCounts(): Uint32Array | undefined {
    const size = this.#kernel.distinctValues();
    if (size < 0) return undefined;
    const slots = new Uint32Array(
      this.#kernel.memory.buffer,
      this.#kernel.slotsAddress(),
      4 * this.#kernel.slotCount(),
    );
    const counts = new Uint32Array(size);
    let found = 0;
    for (let i = 2; i < slots.length; i += 4) if (slots[i] > 0) counts[found++] = slots[i];
    return counts;
  }
}

/** The counts of a tensor or of a part of one. */
export interface CountedPart {
  /** How many were counted. */
  readonly values: number;
  readonly tables: readonly Table[];
  /** How often each distinct value came, in no order; undefined where values have two bytes at most, or are too many. */
  readonly distinct: Uint32Array | undefined;
  /** 64 bits of the tensor's bytes up to the end of the part. */
  readonly fingerprint: bigint;
}

/** Pieces of eight bits into which a mantissa is cut, the last perhaps of fewer. */
export function pieces(type: TensorType): number {
  return Math.ceil(type.mantissaBits / 8);
}

/** Tables of a float; the pieces of its mantissa follow. */
export const FLOAT_TABLES = {
  signByExponent: SIGN_BY_EXPONENT,
  signByPrevious: SIGN_BY_PREVIOUS,
  exponentByPrevious: EXPONENT_BY_PREVIOUS,
  exponentByAbove: EXPONENT_BY_ABOVE,
  exponentByMean: EXPONENT_BY_MEAN,
  exponentByColumn: EXPONENT_BY_COLUMN,
} as const;

/** Table of a piece of a float's mantissa; the one after the last piece is that of the whole value. */
export function tableOfPiece(piece: number): number {
  return FIRST_MANTISSA + piece;
}

function symbolBits({ exponentBits }: TensorType, table: number): number {
  if (exponentBits === 0 || table >= tableOfPiece(0)) return 8;
  return table <= FLOAT_TABLES.signByPrevious ? 1 : exponentBits;
}

/** Values a row, as far as rows are followed; 0 where there are none to follow. */
function rowLength(type: TensorType, shape: readonly number[]): number {
  let values = type.bits / (8 * type.unitBytes);
  for (let dimension = shape.length - 1; dimension > 0 && values < MINIMUM_ROW; dimension--) values *= shape[dimension];
  return Number.isInteger(values) && values >= MINIMUM_ROW && values <= MAXIMUM_ROW ? values : 0;
}
