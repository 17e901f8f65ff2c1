/** The model of messages: an instance of the kernel that can go back to what it knew. */
import { instantiateKernel } from "@pith/core";
import { kernel as universal } from "#kernels/message-universal";
import type { MessageKernel } from "./generated/message-exports.ts";

/** Log2 of the bytes of one context's table. Part of the format: other tables give other probabilities. */
const TABLE_BITS = 19;
/** Most bytes of a message: what a number can name the end of. */
export const MOST_CONTENT = 65_536;
/** Most bytes of all priors that are learnt before it. */
export const MOST_PRIOR = 2 ** 20;

/** All that a model knew at some time. */
export interface Knowledge {
  readonly memory: Uint8Array;
  readonly globals: readonly unknown[];
}

/** A model, before it knows anything or after. One message is coded at a time. */
export class Model {
  readonly kernel: MessageKernel;
  readonly #globals: readonly WebAssembly.Global[];
  readonly #room: number;
  #marked: readonly unknown[] | undefined;

  /** @param room bytes that it learns and codes, at most */
  constructor(room: number = MOST_PRIOR + MOST_CONTENT) {
    this.#room = room;
    this.kernel = instantiateKernel(universal);
    this.#globals = Object.values(this.kernel).filter((item) => item instanceof WebAssembly.Global);
    this.start();
  }

  /** Knows nothing any more. */
  start(): void {
    this.#marked = undefined;
    this.kernel.start(this.#room, TABLE_BITS, 0);
  }

  /** What it learns from now on, {@link Model.back} forgets. */
  mark(): void {
    this.kernel.mark();
    this.#marked = this.#values();
  }

  /** Knows what it knew when it was marked, and costs what it learnt since. Does nothing if it was not. */
  back(): void {
    if (this.#marked === undefined) return;
    this.kernel.undo();
    this.#set(this.#marked);
  }

  /** What it learns from now on stays. */
  unmark(): void {
    this.kernel.unmark();
    this.#marked = undefined;
  }

  /** A copy of all that it knows: some 20 MB. */
  keep(): Knowledge {
    return { memory: new Uint8Array(this.kernel.memory.buffer).slice(), globals: this.#values() };
  }

  /** Knows what it knew then, and nothing else, and is not marked. */
  recall({ memory, globals }: Knowledge): void {
    this.#marked = undefined;
    new Uint8Array(this.kernel.memory.buffer).set(memory);
    this.#set(globals);
  }

  #values(): unknown[] {
    return this.#globals.map(({ value }): unknown => value);
  }

  #set(values: readonly unknown[]): void {
    this.#globals.forEach((global, i) => (global.value = values[i]));
  }

  /** Learns bytes, without coding them. */
  learn(bytes: Uint8Array): void {
    this.#put(bytes, this.kernel.nextAddress());
    this.kernel.learn(bytes.length);
  }

  /** Learns bytes, but for what only predictions teach. */
  prime(bytes: Uint8Array): void {
    this.#put(bytes, this.kernel.nextAddress());
    this.kernel.prime(bytes.length);
  }

  /** As {@link Model.prime}, twice as fast, of a model that was just started. */
  primeFirst(bytes: Uint8Array): void {
    this.#put(bytes, this.kernel.nextAddress());
    this.kernel.primeFirst(bytes.length);
  }

  /** Takes parameters. @throws RangeError for what are none of this model */
  takeParameters(bytes: Uint8Array): void {
    const address = this.kernel.numberAddress();
    this.#put(bytes, address);
    if (!this.kernel.takeParameters(address, address + bytes.length)) {
      throw new RangeError("parameters: expected those of this model");
    }
  }

  /** Takes a network's weights, which starts behind a line feed. @throws RangeError for others */
  takeNetwork(weights: Uint8Array): void {
    const expected = this.kernel.networkLength();
    if (weights.length !== expected)
      throw new RangeError(`network: expected ${expected} weights, got ${weights.length}`);
    this.#put(weights, this.kernel.networkAddress());
    this.kernel.takeNetwork();
  }

  /** The bytes on which the interval's ends agree since the last byte. */
  agreed(): Uint8Array {
    return new Uint8Array(this.kernel.memory.buffer, this.kernel.agreedAddress(), this.kernel.agreedLength());
  }

  /** Starts to decode a number. */
  startDecoding(number: Uint8Array): void {
    this.#put(number, this.kernel.numberAddress());
    this.kernel.startDecoding(number.length);
  }

  #put(bytes: Uint8Array, address: number): void {
    new Uint8Array(this.kernel.memory.buffer).set(bytes, address);
  }
}
