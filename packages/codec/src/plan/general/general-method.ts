import type { DeferredKernel } from "@pith/core";
import type { Method } from "../../methods/method.ts";
import type { BlockPlan } from "../block-plan.ts";
import type { BlockSettings } from "../settings.ts";

/** What planning and coding blocks may need. */
export interface EncodingNeeds {
  readonly kernels: readonly DeferredKernel[];
  /** The dictionary of English words. */
  readonly words: boolean;
}

/** A method for any bytes, with the transforms that it has before it. */
export interface GeneralMethod {
  readonly method: Method;
  /** How a block is to be coded. @yields 0, every few milliseconds */
  plan(input: Uint8Array, settings: BlockSettings): Generator<number, BlockPlan>;
  /** Bytes of memory that others take which a plan may have where nobody asked for this one; default: there are none. */
  memoryBeside?(settings: BlockSettings, length: number): number;
  /** @param content of a block; undefined for blocks of any content */
  needs(settings: BlockSettings, content?: Uint8Array): EncodingNeeds;
}
