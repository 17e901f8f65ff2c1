/** Tensors within content: of a file in an archive, or in what was packed. */
import type { ValueRun } from "../../bytes/value-run.ts";
import { onnxAt } from "./onnx.ts";
import { tensorsAt } from "./files.ts";
import { areWorth, type PlacedTensor } from "./placed-tensor.ts";

/** A tensor whose values are coded as such. */
export interface FoundTensor {
  /** In the content, in bytes. */
  readonly start: number;
  /** In bytes. */
  readonly length: number;
  /** Those of the same are worth it together. */
  readonly form: string;
  readonly values: readonly ValueRun[];
}

/** The tensors of the file that content begins with, as far as they are there; none where it is none, or they are not worth it. */
export function tensorsIn(content: Uint8Array): FoundTensor[] {
  return foundOf(tensorsAt(content) ?? onnxAt(content), content.length);
}

/**
 * Those of some tensors that are coded as values.
 *
 * @param tensors in order
 * @param end bytes that are there
 */
export function foundOf(tensors: readonly PlacedTensor[], end: number): FoundTensor[] {
  if (!areWorth(tensors)) return [];
  const found: FoundTensor[] = [];
  for (const { offset, length: whole, row, form } of tensors) {
    const length = Math.min(whole, end - offset);
    if (form === undefined || length <= 0) continue;
    found.push({ start: offset, length, form: JSON.stringify(form), values: [{ ...form, row, length }] });
  }
  return found;
}
