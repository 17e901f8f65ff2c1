/** Holds a kernel to the reference. */
import { expect } from "@jest/globals";
import { distribution, shareOfOnes } from "../reference/distribution.ts";
import type { ReferenceModel } from "../reference/model.ts";
import type { KernelStream } from "./kernel.ts";

const TOTAL = 2 ** 22;
/** One byte in so many is compared: what was learnt otherwise shows in all that follow. */
const COMPARED_EVERY = 3;
/** Of these, before one in so many all 255 bit probabilities are compared; else those of the bits that come. */
const ALL_EVERY = 43;

/** Sums of all nodes of the byte's binary tree; leaf `byte` is node 256 + `byte`. */
function sharesOf(probabilities: Uint32Array): Uint32Array {
  const shares = new Uint32Array(512);
  shares.set(probabilities, 256);
  for (let node = 255; node >= 1; node--) shares[node] = shares[2 * node] + shares[2 * node + 1];
  return shares;
}

/**
 * Runs both over the bytes. Before each byte that is compared, what the kernel gives to each of its bits must be what the
 * reference's probability makes of it; before some, that goes for every bit of every byte that might come.
 */
export function expectAgreement(kernel: KernelStream, reference: ReferenceModel, bytes: Uint8Array): void {
  bytes.forEach((byte, at) => {
    if (at % COMPARED_EVERY === 0) {
      const probabilities = kernel.predict();
      const shares = sharesOf(probabilities);
      if (shares[1] !== TOTAL) throw new Error(`byte ${at}: the probabilities sum to ${shares[1]}`);
      if (at % (COMPARED_EVERY * ALL_EVERY) === 0) expect(probabilities).toEqual(distribution(reference));
      for (let depth = 0; depth < 8; depth++) {
        const node = (byte | 256) >> (8 - depth);
        const expected = shareOfOnes(shares[node], 256 >> depth, reference.peekBit(node));
        if (shares[2 * node + 1] !== expected) {
          throw new Error(
            `byte ${at}, bit ${depth}: the kernel gives ${shares[2 * node + 1]} of ${shares[node]} to a one, the reference ${expected}`,
          );
        }
      }
    }
    reference.update(byte);
    kernel.update(byte);
  });
}
