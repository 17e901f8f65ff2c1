import type { Frame } from "./frame.ts";

/** What the encoder of a JPEG chose that neither its segments nor its coefficients say. */
export interface EncoderChoices {
  /**
   * Bits that fill the last byte of each restart interval and scan: all ones, as is usual, all zeros, or those of one
   * after the other, as numbers.
   */
  readonly padding: "ones" | "zeros" | Uint8Array;
  /** Of each scan: the blocks before which runs of blocks end, or go on, against the usual rule; in order. */
  readonly runExceptions: readonly (readonly number[])[];
}

/** A JPEG, taken apart. */
export interface JpegParts {
  /** All segments, and whatever stands between them and behind the last: the file without the coded bits of its scans. */
  readonly header: Uint8Array;
  readonly choices: EncoderChoices;
}

/** Gives the room for the coefficients of a picture, all zero: 64 a block. */
export type CoefficientRoom = (frame: Frame) => Int16Array;
