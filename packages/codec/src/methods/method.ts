import type { DeferredKernel } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { Model } from "@pith/core/models";

/** What the header of a block says of how its payload is made. */
export interface PayloadFormat<Parameters = unknown, Name extends string = string> {
  /** 0 to 15, in the head of a block. */
  readonly id: number;
  readonly name: Name;
  /** The model that must be loaded before blocks with these parameters are coded. */
  model?(parameters: Parameters): Model | undefined;
  /** Kernels that must be loaded before blocks with these parameters are coded; none where they come with the model. */
  kernels?(parameters: Parameters): readonly DeferredKernel[];
  /**
   * Parameters as they were read, with a network that they only name and that does not come with this program.
   *
   * @param offset of the block
   * @throws PithError `unknown-method` if it is none of `networks`
   */
  withNetworks?(parameters: Parameters, networks: ReadonlyMap<string, unknown>, offset: number): Parameters;
  /** What of another file a block is the difference to; none where the method has no such blocks. */
  base?(parameters: Parameters): NamedBytes | undefined;
  /** Parameters with these bytes, once they were read. */
  withBase?(parameters: Parameters, bytes: Uint8Array): Parameters;
  /** The kind of content that the parameters are for, for people to read. */
  kind?(parameters: Parameters): string;
  /** At most 256 bytes. */
  writeParameters(parameters: Parameters, writer: ByteWriter): void;
  /** @throws PithError `invalid-field` on values that no encoder writes */
  readParameters(reader: ByteReader): Parameters;
  /**
   * Bytes of a payload that hold what the encoder learnt of the block before it coded it: a vocabulary, a network.
   *
   * @param head the payload's first {@link HEAD_LENGTH} bytes, or all of it
   * @param length bytes of the block's input
   * @param offset of the payload in the file
   * @throws PithError
   */
  learntLength?(head: Uint8Array, length: number, parameters: Parameters, offset: number): number;
  /** Bytes of memory that coding a block of `length` bytes takes, both ways. */
  memory(parameters: Parameters, length: number): number;
}

/** Bytes of another file, as many as the block's input has. */
interface NamedBytes {
  /** In that file. */
  readonly offset: number;
  /** With the seed 0. */
  readonly checksum: string;
}

/** Options of methods that have tables. */
export interface TableOptions {
  /** How often the level's tables are halved, so that a block takes less memory; default 0. */
  readonly halvings?: number | undefined;
}

/** Bytes of a payload that are enough to say what of it was learnt. */
export const HEAD_LENGTH = 16;

/** Whether a format is a method's, which codes bytes; the other is that of parts. */
export function isMethod(format: PayloadFormat): format is MethodDecoder {
  return "decodeBlock" in format;
}

/** The half of a method that decodes. */
export interface MethodDecoder<Parameters = unknown, Name extends string = string> extends PayloadFormat<
  Parameters,
  Name
> {
  /**
   * Undoes {@link Method.encodeBlock}. Never trusts the payload.
   *
   * @param length bytes of input to give back
   * @param offset where the payload lies in the file, for errors
   */
  decodeBlock(
    payload: Uint8Array,
    length: number,
    parameters: Parameters,
    offset: number,
  ): Generator<number, Uint8Array>;
}

/**
 * A way to code a block. Blocks are independent, so a method keeps nothing from one to the next.
 *
 * Coding is a generator, so that one implementation serves a caller that waits, one that must answer the event loop
 * between slices, and a worker that reports progress.
 */
export interface Method<Parameters = unknown, Name extends string = string> extends MethodDecoder<Parameters, Name> {
  /**
   * Whether payloads lie in memory that is to be given back: that of `takeSpare`.
   */
  readonly inSpare?: boolean;
  /**
   * Parameters for a block.
   *
   * @param input what is to be coded: the content after its transforms
   * @param level 1 (fast) to 10 (small)
   * @param options the method's own, checked
   */
  choose(input: Uint8Array, level: number, options?: unknown): Parameters;
  /**
   * Bytes of memory that coding a block of `length` bytes takes with what {@link Method.choose} gives, whatever is in the
   * block.
   */
  memoryAt(length: number, level: number, options?: unknown): number;
  /** Yields the number of bytes done so far, every 16 KiB to 64 KiB of input; returns the payload. */
  encodeBlock(input: Uint8Array, parameters: Parameters): Generator<number, Uint8Array>;
  /**
   * As {@link Method.encodeBlock}, with that of several parameters which makes the least; where a method has none of
   * this, its plans have one alone.
   *
   * @param choices the likeliest first
   * @param hasThread whether another thread is there for what can be done beside: the bytes are the same
   */
  encodeBest?(
    input: Uint8Array,
    choices: readonly Parameters[],
    hasThread?: boolean,
  ): Generator<number, { readonly parameters: Parameters; readonly payload: Uint8Array }>;
}
