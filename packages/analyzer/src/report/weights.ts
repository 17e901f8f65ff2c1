import type { SafetensorsAnalysis } from "../safetensors/analyzer.ts";

/** What the figure of order 0 by field of a safetensors file is. */
export const ORDER_ZERO_NOTE =
  "The sum over the tensors of what the best of the listed models needs, learning included: each looks at one field of a " +
  "value, by itself or beside one neighbour. A size that can be reached, and no bound: models that look at more need less.";

/** All tensors of a type. */
export interface TypeSummary {
  readonly type: string;
  readonly tensors: number;
  readonly values: number;
  /** In bytes. */
  readonly length: number;
  /** Bytes of order 0 by field. */
  readonly orderZero: number;
  /** The same in bits a value; 0 for none. */
  readonly orderZeroBits: number;
}

/** Tensors by type, those with the most bytes first. */
export function summariseTypes({ tensors }: SafetensorsAnalysis): TypeSummary[] {
  const byType = new Map<string, { tensors: number; values: number; length: number; orderZero: number }>();
  for (const { type, values, length, orderZero } of tensors) {
    const sum = byType.get(type) ?? { tensors: 0, values: 0, length: 0, orderZero: 0 };
    byType.set(type, {
      tensors: sum.tensors + 1,
      values: sum.values + values,
      length: sum.length + length,
      orderZero: sum.orderZero + orderZero,
    });
  }
  return [...byType]
    .map(([type, sum]) => ({ type, ...sum, orderZeroBits: sum.values === 0 ? 0 : (8 * sum.orderZero) / sum.values }))
    .sort((a, b) => b.length - a.length);
}
