/** The model of messages: an instance of the kernel that can keep its state, and go back to it. */
import { instantiateKernel } from "@pith/core";
import { kernel as universal } from "#kernels/message-universal";
import type { MessageKernel } from "./generated/message-exports.ts";

/** Log2 of the bytes of one context's table. Part of the format: other tables give other probabilities. */
const TABLE_BITS = 18;
/** Most bytes of a message: what a number can name the end of. */
export const MOST_CONTENT = 65_536;
/** Most bytes of all priors that are learnt before it. */
export const MOST_PRIOR = 2 ** 20;

/** What a model knew at some time. */
export interface Knowledge {
  readonly memory: Uint8Array;
  readonly globals: readonly unknown[];
}

/** A model, before it knows anything or after. One message is coded at a time. */
export class Model {
  readonly kernel: MessageKernel;
  readonly #globals: readonly WebAssembly.Global[];

  constructor() {
    this.kernel = instantiateKernel(universal);
    this.#globals = Object.values(this.kernel).filter((item) => item instanceof WebAssembly.Global);
    this.start();
  }

  /** Knows nothing any more. */
  start(): void {
    this.kernel.start(MOST_PRIOR + MOST_CONTENT, TABLE_BITS, 0);
  }

  /** A copy of all that it knows: some 28 MB. */
  keep(): Knowledge {
    return {
      memory: new Uint8Array(this.kernel.memory.buffer).slice(),
      globals: this.#globals.map(({ value }): unknown => value),
    };
  }

  /** Knows what it knew then, and nothing else. */
  recall({ memory, globals }: Knowledge): void {
    new Uint8Array(this.kernel.memory.buffer).set(memory);
    this.#globals.forEach((global, i) => (global.value = globals[i]));
  }

  /** Learns bytes, without coding them. */
  learn(bytes: Uint8Array): void {
    new Uint8Array(this.kernel.memory.buffer).set(bytes, this.kernel.nextAddress());
    this.kernel.learn(bytes.length);
  }

  /** The bytes on which the interval's ends agree since the last byte. */
  agreed(): Uint8Array {
    return new Uint8Array(this.kernel.memory.buffer, this.kernel.agreedAddress(), this.kernel.agreedLength());
  }

  /** Starts to decode a number. */
  startDecoding(number: Uint8Array): void {
    new Uint8Array(this.kernel.memory.buffer).set(number, this.kernel.numberAddress());
    this.kernel.startDecoding(number.length);
  }
}
