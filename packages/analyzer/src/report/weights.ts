import type { SafetensorsAnalysis } from "../safetensors/analyzer.ts";

/** What the lossless bound of a safetensors file is. */
export const WEIGHTS_BOUND_NOTE =
  "The sum over the tensors of what the best of the listed models needs, learning included: a size that can be reached, " +
  "and no theorem, since a better model would need less.";

/** All tensors of a type. */
export interface TypeSummary {
  readonly type: string;
  readonly tensors: number;
  readonly values: number;
  /** In bytes. */
  readonly length: number;
  /** Bytes that the models need. */
  readonly bound: number;
  /** The same in bits a value; 0 for none. */
  readonly boundBits: number;
}

/** Tensors by type, those with the most bytes first. */
export function summariseTypes({ tensors }: SafetensorsAnalysis): TypeSummary[] {
  const byType = new Map<string, { tensors: number; values: number; length: number; bound: number }>();
  for (const { type, values, length, bound } of tensors) {
    const sum = byType.get(type) ?? { tensors: 0, values: 0, length: 0, bound: 0 };
    byType.set(type, {
      tensors: sum.tensors + 1,
      values: sum.values + values,
      length: sum.length + length,
      bound: sum.bound + bound,
    });
  }
  return [...byType]
    .map(([type, sum]) => ({ type, ...sum, boundBits: sum.values === 0 ? 0 : (8 * sum.bound) / sum.values }))
    .sort((a, b) => b.length - a.length);
}
