/**
 * Files of tensors are cut by what their header says: the header is a block, and so are tensors, or parts of one, or several
 * that are short; so each can be read alone, and each is coded as values of its type.
 */
import { bytesOfFields, type ValueRun } from "../../bytes/value-run.ts";
import type { BaseTensors } from "./base-tensors.ts";
import { tensorsAt } from "./files.ts";
import type { FoundTensor } from "./found-tensors.ts";
import { ALONE, areWorth, type PlacedTensor } from "./placed-tensor.ts";

/** A block of such a file: its length in bytes, and its values, where it has some that are coded as such. */
export interface TensorBlock {
  readonly length: number;
  readonly values: readonly ValueRun[] | undefined;
  /** Tensors that are a part of it, where they are known. */
  readonly tensors?: readonly FoundTensor[] | undefined;
  /** Where what it differs from begins in the base; undefined where there is nothing like it. */
  readonly base?: number | undefined;
}

/** The tensors of a file and how far it is cut. */
export class TensorCutter {
  readonly #tensors: readonly PlacedTensor[];
  readonly #blockSize: number;
  #position = 0;
  /** The tensor at the position. */
  #next = 0;

  /**
   * @param tensors in order
   * @param blockSize bytes of a block at most
   */
  constructor(tensors: readonly PlacedTensor[], blockSize: number) {
    this.#tensors = tensors.filter(({ length }) => length > 0);
    this.#blockSize = blockSize;
  }

  /**
   * What cuts a file of which this is the start; undefined where it is none whose header is whole there.
   *
   * @param blockSize bytes of a block at most
   * @param base tensors of a file that it may differ from by little
   */
  static of(start: Uint8Array, blockSize: number, base?: BaseTensors): TensorCutter | undefined {
    const tensors = tensorsAt(start, base);
    return tensors !== undefined && areWorth(tensors) ? new TensorCutter(tensors, blockSize) : undefined;
  }

  /**
   * The next block; undefined behind the last tensor.
   *
   * @param bytes from where the last one ended, at most a block's
   */
  next({ length: available }: Pick<Uint8Array, "length">): TensorBlock | undefined {
    const block = this.#block();
    if (block === undefined) return undefined;
    const length = Math.min(block.length, available);
    this.#position += length;
    while (this.#isBehind(this.#tensors.at(this.#next))) this.#next++;
    return length === block.length ? block : { ...block, length, values: block.values && within(block.values, length) };
  }

  #isBehind(tensor: PlacedTensor | undefined): boolean {
    return tensor !== undefined && endOf(tensor) <= this.#position;
  }

  #block(): TensorBlock | undefined {
    const first = this.#tensors.at(this.#next);
    if (first === undefined) return undefined;
    if (this.#position < first.offset) {
      return { length: Math.min(first.offset - this.#position, this.#blockSize), values: undefined };
    }
    const rest = endOf(first) - this.#position;
    const length = this.#pieceOf(first, rest);
    const shift = shiftOf(first);
    const base = shift === undefined ? undefined : this.#position + shift;
    if (length < rest) return blockOf([runOf(first, length)], base);
    const runs = [runOf(first, rest)];
    for (let i = this.#next + 1; i < this.#tensors.length; i++) {
      const tensor = this.#tensors[i];
      const isLike = (tensor.form === undefined) === (first.form === undefined) && tensor.length < ALONE;
      const isBeside = tensor.offset === endOf(this.#tensors[i - 1]);
      if (
        first.length >= ALONE ||
        first.form?.fields !== undefined ||
        tensor.form?.fields !== undefined ||
        !isLike ||
        !isBeside ||
        shiftOf(tensor) !== shiftOf(first) ||
        endOf(tensor) - this.#position > this.#blockSize
      )
        break;
      runs.push(runOf(tensor, tensor.length));
    }
    return blockOf(runs, base);
  }

  /** Bytes of a tensor's next part: parts are as long as each other, and of whole rows or values where these fit. */
  #pieceOf({ row, form }: PlacedTensor, rest: number): number {
    if (rest <= this.#blockSize) return rest;
    const pieces = Math.ceil(rest / this.#blockSize);
    const bytes = form?.fields === undefined ? (form?.bytes ?? 1) : bytesOfFields(form.fields);
    for (const unit of [row * bytes, bytes]) {
      const length = Math.ceil(rest / pieces / unit) * unit;
      if (length <= this.#blockSize) return length;
    }
    return this.#blockSize;
  }
}

/** How much further on it lies in the base; undefined where it does not. */
function shiftOf({ offset, base }: PlacedTensor): number | undefined {
  return base === undefined ? undefined : base - offset;
}

function endOf({ offset, length }: PlacedTensor): number {
  return offset + length;
}

/** A run of values; of bytes, where the form is that of none. */
type Run = Pick<PlacedTensor, "row" | "length" | "form">;

function runOf({ row, form }: PlacedTensor, length: number): Run {
  return { row, form, length };
}

function blockOf(runs: readonly Run[], base: number | undefined): TensorBlock {
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  const values = runs.flatMap(({ form, ...run }): ValueRun[] => (form === undefined ? [] : [{ ...form, ...run }]));
  return values.length === runs.length ? { length, values, base } : { length, values: undefined };
}

/** Those that begin within so many bytes. */
function within(values: readonly ValueRun[], length: number): ValueRun[] {
  const found: ValueRun[] = [];
  let left = length;
  for (const run of values) {
    if (left <= 0) break;
    found.push({ ...run, length: Math.min(run.length, left) });
    left -= run.length;
  }
  return found;
}
