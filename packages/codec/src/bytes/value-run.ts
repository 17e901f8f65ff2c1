/** Values of one form that stand beside each other in content: a tensor, or a part of one. */
export interface ValueRun {
  /** Bytes of a value, the lowest first. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** Its highest bit is a sign, and the bits below it are an exponent. */
  readonly isFloat: boolean;
  /** Values of a row: the innermost dimension. */
  readonly row: number;
  /** Bytes of all of them. */
  readonly length: number;
}
