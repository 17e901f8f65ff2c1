import { giveKernel, takeKernel } from "@pith/core/coding";
import { kernel as checksumKernel } from "#kernels/checksum";
import { STRIPE } from "../generated/checksum-exports.ts";
import type { Checksum } from "./checksum-digits.ts";

/** Bytes between two steps: a few milliseconds. */
const STEP = 2 ** 23;
/** Bytes of the kernel's memory. */
const KERNEL_BYTES = 2 ** 20;

/** XXH64 of at least 32 bytes that come in pieces, by a kernel: several times as fast as in JavaScript, once it is set up. */
export class LongChecksum {
  readonly #kernel = takeKernel(checksumKernel, KERNEL_BYTES);
  readonly #slice: Uint8Array;
  /** Bytes of the slice that wait for it to be full. */
  #waiting = 0;

  /** @param seed 0 to 2^32 − 1 */
  constructor(seed: number) {
    const kernel = this.#kernel;
    this.#slice = new Uint8Array(kernel.memory.buffer, kernel.sliceAddress(), kernel.sliceLength());
    kernel.start(seed);
  }

  take(bytes: Uint8Array): void {
    const slice = this.#slice;
    for (let at = 0; at < bytes.length;) {
      const next = bytes.subarray(at, at + slice.length - this.#waiting);
      slice.set(next, this.#waiting);
      this.#waiting += next.length;
      at += next.length;
      if (this.#waiting < slice.length) return;
      this.#kernel.take(this.#waiting);
      this.#waiting = 0;
    }
  }

  /** The checksum of all that was taken. Ends the object's use. */
  finish(): Checksum {
    const kernel = this.#kernel;
    const rest = this.#waiting % STRIPE;
    kernel.take(this.#waiting - rest);
    this.#slice.copyWithin(0, this.#waiting - rest, this.#waiting);
    kernel.finish(rest);
    const [high, low] = [kernel.high(), kernel.low()].map((half) => (half >>> 0).toString(16).padStart(8, "0"));
    giveKernel(checksumKernel, kernel);
    return high + low;
  }
}

/**
 * XXH64 of at least 32 bytes.
 *
 * @param seed 0 to 2^32 − 1
 * @yields bytes done so far, every few milliseconds
 */
export function* longChecksum(bytes: Uint8Array, seed: number): Generator<number, Checksum> {
  const sum = new LongChecksum(seed);
  for (let at = 0; at < bytes.length; at += STEP) {
    if (at > 0) yield at;
    sum.take(bytes.subarray(at, at + STEP));
  }
  return sum.finish();
}
