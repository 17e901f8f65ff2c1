import type { ValueRun } from "../../bytes/value-run.ts";

/** A tensor in a file. */
export interface PlacedTensor {
  /** In bytes, of its first one in the file. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** Values of the innermost dimension, or blocks of them where they are quantised; 1 or more. */
  readonly row: number;
  /** Where it lies in the base, in bytes from its start; undefined where it does not, or there is none. */
  readonly base?: number | undefined;
  /** Of its values; undefined where they are coded as bytes. */
  readonly form: Pick<ValueRun, "bytes" | "isFloat" | "fields"> | undefined;
}

/** Tensors from so many bytes on have blocks to themselves, so that one costs nothing of another to read. */
export const ALONE = 65_536;

/** Bytes of values below which a file is not worth more than its bytes. */
const LEAST_VALUES = 4096;

/** Whether so much is coded as values that it pays to tell them from bytes. */
export function areWorth(tensors: readonly PlacedTensor[]): boolean {
  return tensors.reduce((sum, { form, length }) => sum + (form === undefined ? 0 : length), 0) >= LEAST_VALUES;
}

/** Integers of several bytes are better coded as bytes are: places and numbers of tokens, say. But few may stand among floats. */
const FEW_INTEGERS = 4096;

/** What values of so many bytes are coded as. */
export function formOf(bytes: ValueRun["bytes"], isFloat: boolean, length: number): PlacedTensor["form"] {
  return bytes === 1 || isFloat || length <= FEW_INTEGERS ? { bytes, isFloat: bytes > 1 && isFloat } : undefined;
}
