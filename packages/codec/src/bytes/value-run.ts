/** Values of one form in each block of quantised ones. */
export interface BlockField {
  readonly bytes: 1 | 2 | 4;
  /** As of {@link ValueRun}. */
  readonly isFloat: boolean;
  /** Values in a block, 1 or more. */
  readonly count: number;
}

/** Values of one form that stand beside each other in content: a tensor, or a part of one. */
export interface ValueRun {
  /** Bytes of a value, the lowest first. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** Its highest bit is a sign, and the bits below it are an exponent. */
  readonly isFloat: boolean;
  /** Values of a row, or blocks where they are quantised: the innermost dimension. */
  readonly row: number;
  /** Bytes of all of them. */
  readonly length: number;
  /** What the values are where they are quantised in blocks, each of these fields; then `bytes` is 1. */
  readonly fields?: readonly BlockField[] | undefined;
}

/** Bytes of a block of quantised values. */
export function bytesOfFields(fields: readonly BlockField[]): number {
  return fields.reduce((sum, { bytes, count }) => sum + bytes * count, 0);
}
