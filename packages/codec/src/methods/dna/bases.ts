import { giveKernel, PithError, takeKernel } from "@pith/core";
import { checkFinalByte } from "@pith/core/bytes";
import { Pace } from "@pith/core/steps";
import type { DnaKernel } from "../../generated/dna-exports.ts";
import { KERNELS } from "../../generated/kernels.ts";

const dnaKernel = KERNELS.dna;
/** Bases, about a millisecond. */
const FIRST_SLICE = 256;

function startKernel(length: number, tableBits: number, memory: number): DnaKernel {
  const kernel = takeKernel(dnaKernel, memory);
  kernel.start(length, tableBits);
  return kernel;
}

function view(kernel: DnaKernel, address: number, length: number): Uint8Array {
  return new Uint8Array(kernel.memory.buffer, address, length);
}

/**
 * Codes bases, one a byte, 0 to 3. No bases make no bytes.
 *
 * @param tableBits log2 of the contexts of a table
 * @param memory bytes that this is expected to take
 * @yields bases done so far
 */
export function* encodeBases(bases: Uint8Array, tableBits: number, memory: number): Generator<number, Uint8Array[]> {
  if (bases.length === 0) return [];
  const kernel = startKernel(bases.length, tableBits, memory);
  const pace = new Pace(FIRST_SLICE, kernel.sliceLength());
  const slices: Uint8Array[] = [];
  const take = (length: number): void => {
    slices.push(view(kernel, kernel.codedAddress(), length).slice());
  };
  kernel.startEncoding();
  for (let done = 0; done < bases.length;) {
    done += pace.slice(bases.length - done, (count) => {
      view(kernel, kernel.basesAddress(), count).set(bases.subarray(done, done + count));
      take(kernel.encode(count));
    });
    yield done;
  }
  take(kernel.finishEncoding());
  giveKernel(dnaKernel, kernel);
  return slices;
}

/**
 * Undoes {@link encodeBases}.
 *
 * @param length bases to give back
 * @param offset where the coded bytes lie in the file, for errors
 * @yields bases done so far
 * @throws PithError `truncated` or `trailing-data` if the coded bytes do not end where the bases do
 */
export function* decodeBases(
  coded: Uint8Array,
  length: number,
  tableBits: number,
  memory: number,
  offset: number,
): Generator<number, Uint8Array> {
  const bases = new Uint8Array(length);
  /** Coded bytes that the kernel has read, and where the bases so far end. */
  let read = 0;
  let end = 0;
  let finalByte = -1;
  if (length > 0) {
    const kernel = startKernel(length, tableBits, memory);
    const pace = new Pace(FIRST_SLICE, kernel.sliceLength());
    const room = kernel.codedRoom();
    const give = (): number => {
      const bytes = coded.subarray(Math.min(read, coded.length), read + room);
      view(kernel, kernel.codedAddress(), bytes.length).set(bytes);
      return bytes.length;
    };
    kernel.startDecoding(give());
    for (let done = 0; done < length;) {
      let used = 0;
      const count = pace.slice(length - done, (most) => (used = kernel.decode(most)));
      end = read + kernel.codedLength();
      if (end > coded.length) {
        throw new PithError("truncated", "the coded bases end too early", { offset: offset + coded.length });
      }
      bases.set(view(kernel, kernel.basesAddress(), count), done);
      read += used;
      kernel.refill(give());
      done += count;
      yield done;
    }
    finalByte = kernel.codedFinalByte();
    giveKernel(dnaKernel, kernel);
  }
  if (end < coded.length) {
    throw new PithError("trailing-data", "the coded bases go on after their end", { offset: offset + end });
  }
  checkFinalByte(coded, finalByte, offset);
  return bases;
}
