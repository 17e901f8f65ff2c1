/**
 * Files of model weights are cut by what their header says: the header is a block, and so are tensors, or parts of one, or
 * several that are short; so each can be read alone, and each is coded as values of its type.
 */
import { PithError } from "@pith/core";
import { headerLength, LENGTH_BYTES, looksLikeSafetensors, parseHeader, type TensorInfo } from "@pith/tensors";
import type { ValueRun } from "../../bytes/value-run.ts";

/** A block of such a file: its length in bytes, and its values, where it has some that are coded as such. */
interface TensorBlock {
  readonly length: number;
  readonly values: readonly ValueRun[] | undefined;
}

/** Integers of several bytes are better coded as bytes are: places and numbers of tokens, say. But few may stand among floats. */
const FEW_INTEGERS = 4096;

/** Tensors from so many bytes on have blocks to themselves, so that one costs nothing of another to read. */
const ALONE = 65_536;

/** The tensors of a file and how far it is cut. */
export class TensorCutter {
  readonly #tensors: readonly TensorInfo[];
  readonly #blockSize: number;
  #position = 0;
  /** The tensor at the position. */
  #next = 0;

  private constructor(tensors: readonly TensorInfo[], blockSize: number) {
    this.#tensors = tensors.filter(({ length }) => length > 0);
    this.#blockSize = blockSize;
  }

  /**
   * What cuts a file of which this is the start; undefined where it is none whose header is whole there.
   *
   * @param blockSize bytes of a block at most
   */
  static of(start: Uint8Array, blockSize: number): TensorCutter | undefined {
    if (!looksLikeSafetensors(start)) return undefined;
    try {
      const end = LENGTH_BYTES + headerLength(start);
      if (end > start.length) return undefined;
      return new TensorCutter(parseHeader(start.subarray(LENGTH_BYTES, end)).tensors, blockSize);
    } catch (error) {
      // What is damaged there is no reason not to code it.
      if (error instanceof PithError) return undefined;
      throw error;
    }
  }

  /**
   * The next block; undefined behind the last tensor.
   *
   * @param available bytes from where the last one ended, at most a block's
   */
  next(available: number): TensorBlock | undefined {
    const block = this.#block();
    if (block === undefined) return undefined;
    const length = Math.min(block.length, available);
    this.#position += length;
    while (this.#isBehind(this.#tensors.at(this.#next))) this.#next++;
    return length === block.length ? block : { length, values: block.values && within(block.values, length) };
  }

  #isBehind(tensor: TensorInfo | undefined): boolean {
    return tensor !== undefined && endOf(tensor) <= this.#position;
  }

  #block(): TensorBlock | undefined {
    const first = this.#tensors.at(this.#next);
    if (first === undefined) return undefined;
    if (this.#position < first.offset) return { length: first.offset - this.#position, values: undefined };
    const isCoded = isValues(first);
    const rest = endOf(first) - this.#position;
    const length = this.#pieceOf(first, rest);
    if (length < rest) return { length, values: isCoded ? [runOf(first, length)] : undefined };
    const values = [runOf(first, rest)];
    let end = endOf(first);
    for (let i = this.#next + 1; i < this.#tensors.length; i++) {
      const tensor = this.#tensors[i];
      const isLike = isValues(tensor) === isCoded && tensor.length < ALONE;
      if (first.length >= ALONE || !isLike || endOf(tensor) - this.#position > this.#blockSize) break;
      values.push(runOf(tensor, tensor.length));
      end = endOf(tensor);
    }
    return { length: end - this.#position, values: isCoded ? values : undefined };
  }

  /** Bytes of a tensor's next part: parts are as long as each other, and of whole rows or values where these fit. */
  #pieceOf(tensor: TensorInfo, rest: number): number {
    if (rest <= this.#blockSize) return rest;
    const pieces = Math.ceil(rest / this.#blockSize);
    for (const unit of [rowOf(tensor) * tensor.type.unitBytes, tensor.type.unitBytes]) {
      const length = Math.ceil(rest / pieces / unit) * unit;
      if (length <= this.#blockSize) return length;
    }
    return this.#blockSize;
  }
}

function endOf({ offset, length }: TensorInfo): number {
  return offset + length;
}

function rowOf({ shape }: TensorInfo): number {
  return Math.max(1, shape.length > 1 ? shape[shape.length - 1] : 1);
}

/** Whether a tensor is coded as values. */
function isValues({ type, length }: TensorInfo): boolean {
  return type.unitBytes === 1 || type.exponentBits > 0 || length <= FEW_INTEGERS;
}

function runOf(tensor: TensorInfo, length: number): ValueRun {
  const { unitBytes: bytes, exponentBits } = tensor.type;
  return { bytes, isFloat: bytes > 1 && exponentBits > 0, row: rowOf(tensor), length };
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
