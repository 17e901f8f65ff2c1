import type { DeferredKernel } from "@pith/core";
import type { SampleShape } from "../bytes/sample-shape.ts";
import type { ValueRun } from "../bytes/value-run.ts";
import type { CodingMethodName } from "../methods/registry.ts";

/** A reversible change of a block's content that lets a method code it in fewer bytes. */
export interface Transform {
  /** 1 to 127, in the header of a block. */
  readonly id: number;
  readonly name: string;
  /**
   * Gives back the original; in steps where it takes long.
   *
   * @param length the exact length of the original
   * @param offset where the payload lies in the file, for errors
   * @yields bytes of the original so far
   * @throws PithError `invalid-field` if the output would not have that length
   */
  inverse(input: Uint8Array, length: number, offset: number): Uint8Array | Generator<number, Uint8Array>;
  /** Kernels that must be loaded before the original is given back; default none. */
  readonly kernels?: readonly DeferredKernel[];
  /** Bytes of memory that giving back the original takes, beside input and output; default none. */
  memory?(inputLength: number, length: number): number;
}

/** A piece of what a transform gives out: its parts are coded apart from others. */
export interface Piece {
  /** Where it ends. */
  readonly end: number;
  /** No method makes it smaller. */
  readonly incompressible: boolean;
  /** The method that it is coded with, where that is known. */
  readonly method?: CodingMethodName | undefined;
  /** Of the method `samples`: how they stand. */
  readonly shape?: SampleShape | undefined;
  /** Of the method `weights`: what stands where. */
  readonly values?: readonly ValueRun[] | undefined;
}

/** A transform that a plan may name: it is done on a whole block at once. */
export interface BlockTransform extends Transform {
  forward(input: Uint8Array): Uint8Array;
  /** As {@link BlockTransform.forward}, for those that take long. @yields something, every few milliseconds */
  steps?(input: Uint8Array): Generator<number, Uint8Array>;
}
