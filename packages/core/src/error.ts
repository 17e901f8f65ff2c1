/** The one error of bad data. Misuse of a function is a `TypeError` or a `RangeError` instead. */

/** What was wrong with the data, for programs; the message says it for people. */
export type PithErrorCode =
  /** The first bytes are not those of the format. */
  | "not-pith"
  /** A version of the format that this program does not know. */
  | "unsupported-version"
  /** A method, transform, model or dictionary that this program does not have. */
  | "unknown-method"
  /** A field has a value that no encoder writes. */
  | "invalid-field"
  /** The data ends in the middle. */
  | "truncated"
  /** Coded bytes do not decode, or not to what went in: something between `offset` and `end` was changed. */
  | "damaged"
  /** The data that came out is not the data that went in. */
  | "checksum-mismatch"
  /** Decoding would need more memory than is allowed. */
  | "memory-limit"
  /** What would come out is longer than is allowed. */
  | "length-limit"
  /** The data goes on after its end. */
  | "trailing-data";

/** Facts about a {@link PithError}. */
export interface PithErrorDetails {
  /** Where in the input, in bytes from its start. */
  readonly offset?: number | undefined;
  /** Behind `offset`, where what is wrong may lie anywhere before this place. */
  readonly end?: number | undefined;
  /** What would have been right there. */
  readonly expected?: string | number | bigint | undefined;
  /** What was there. */
  readonly got?: string | number | bigint | undefined;
  readonly cause?: unknown;
}

/**
 * Bad data: damaged, truncated, hostile or of another format.
 *
 * @example
 * try {
 *   decompressSync(bytes);
 * } catch (error) {
 *   if (error instanceof PithError) console.error(error.code, error.offset, error.expected, error.got);
 * }
 */
export class PithError extends Error {
  override readonly name = "PithError";
  readonly code: PithErrorCode;
  /** What was wrong, for people: the message without its numbers. */
  readonly problem: string;
  /** Where in the input, in bytes from its start; undefined where no single place is to blame. */
  readonly offset: number | undefined;
  /** The place before which it lies, in bytes from the input's start; undefined where it is at `offset`. */
  readonly end: number | undefined;
  /** What would have been right there. */
  readonly expected: string | number | bigint | undefined;
  /** What was there. */
  readonly got: string | number | bigint | undefined;

  /**
   * @param code what was wrong, for programs
   * @param problem what was wrong, for people: no full stop, no offset; those are added
   */
  constructor(code: PithErrorCode, problem: string, details: PithErrorDetails = {}) {
    super(describe(problem, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.problem = problem;
    this.offset = details.offset;
    this.end = details.end;
    this.expected = details.expected;
    this.got = details.got;
  }

  /** The same error at another place: for who decodes a part and knows where that lies in the whole. */
  at(offset: number): PithError {
    const { code, problem, expected, got } = this;
    return new PithError(code, problem, { offset, expected, got, cause: this });
  }
}

function describe(problem: string, { offset, end, expected, got }: PithErrorDetails): string {
  let text = problem;
  if (offset !== undefined) text += end === undefined ? ` at byte ${offset}` : ` between bytes ${offset} and ${end}`;
  if (expected !== undefined) text += `: expected ${expected}`;
  if (got !== undefined) text += `${expected === undefined ? ":" : ","} got ${got}`;
  return text;
}
