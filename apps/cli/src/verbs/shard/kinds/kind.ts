/** What units can be: each kind is done by one file beside this, and is known to `registry.ts`. */

import type { RandomAccessSource } from "@pith/codec";

import type { Plan } from "../plan-file.ts";

/** A unit that is to be done. */
export interface UnitInput {
  /** The bytes of the unit, and the file that they are of: what stands before them may be of use. */
  readonly range: RandomAccessSource;
  readonly file: RandomAccessSource;
  /** Where they lie in it. */
  readonly start: number;
  /** The bytes once more, from their start: these are compared with what they were when the plan was made. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Worker threads; 0: this one. */
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  /** @param done bytes of the input */
  readonly onProgress: (done: number) => void;
}

/** What came of a unit. */
export interface UnitOutput {
  readonly unit: number;
  /** Reads it, and compares it with what came of the unit when it was done. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

export type Write = (chunk: Uint8Array) => Promise<void>;

/** How units are done and joined. Nothing but their bytes and the settings of the plan decides what comes of them. */
export interface UnitKind {
  readonly run: (settings: Plan["settings"], input: UnitInput, write: Write) => Promise<void>;
  /** @param output name of the file to be made: it may say in which form */
  readonly merge: (
    plan: Plan,
    units: AsyncIterable<UnitOutput> | Iterable<UnitOutput>,
    output: string,
    write: Write,
  ) => Promise<void>;
  /** Whether two files say the same, where these need not have the same bytes. */
  readonly isSame?: (a: Uint8Array, b: Uint8Array) => Promise<boolean>;
}

export async function bytesOf({ chunks }: UnitOutput): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks()) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}
