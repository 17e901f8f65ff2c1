import { giveKernel, PithError, takeKernel } from "@pith/core";
import { checkFinalByte } from "@pith/core/bytes";
import { Pace } from "@pith/core/steps";
import type { MixKernel } from "../../generated/mix-exports.ts";
import type { Model } from "./models.ts";

/** What a block's coder is started with. */
export interface MixSettings {
  readonly model: Model;
  /** Log2 of the bytes of one context's table. */
  readonly tableBits: number;
  /** DICTIONARY: text went through the word dictionary; X86_64: machine code is for 64-bit mode. */
  readonly flags: number;
  /** Trained weights that the model's network starts from; undefined: it starts from random ones, or there is none. */
  readonly network?: Uint8Array | undefined;
}

/** Bytes, about a millisecond of the slower models. */
const FIRST_SLICE = 64;

function startKernel({ model, tableBits, flags, network }: MixSettings, length: number, memory: number): MixKernel {
  const kernel = takeKernel(model.kernel, memory);
  kernel.start(length, tableBits, flags);
  if (network !== undefined) startNetwork(kernel, network);
  return kernel;
}

/** @throws RangeError if the weights are those of another network */
function startNetwork(kernel: MixKernel, weights: Uint8Array): void {
  const length = kernel.networkLength();
  if (weights.length !== length) {
    throw new RangeError(`network: expected ${length} bytes of weights, got ${weights.length}`);
  }
  const address = kernel.networkAddress();
  view(kernel, address, length).set(weights);
  kernel.takeNetwork();
}

function view(kernel: MixKernel, address: number, length: number): Uint8Array {
  return new Uint8Array(kernel.memory.buffer, address, length);
}

/**
 * @param memory bytes that the block is expected to take
 * @yields bytes done so far
 */
export function* encodeMixed(input: Uint8Array, settings: MixSettings, memory: number): Generator<number, Uint8Array> {
  const kernel = startKernel(settings, input.length, memory);
  view(kernel, kernel.contentAddress(), input.length).set(input);
  const slices: Uint8Array[] = [];
  const take = (length: number): void => {
    slices.push(view(kernel, kernel.codedAddress(), length).slice());
  };
  const pace = new Pace(FIRST_SLICE, kernel.sliceLength());
  kernel.startEncoding();
  for (let done = 0; done < input.length;) {
    done += pace.slice(input.length - done, (count) => take(kernel.encode(count)));
    yield done;
  }
  take(kernel.finishEncoding());
  giveKernel(settings.model.kernel, kernel);
  return concatenate(slices);
}

/**
 * @param length bytes to give back
 * @param offset where the payload lies in the file, for errors
 * @yields bytes done so far
 * @throws PithError `truncated` or `trailing-data` if the coded bytes do not end with the payload
 */
export function* decodeMixed(
  payload: Uint8Array,
  length: number,
  settings: MixSettings,
  memory: number,
  offset: number,
): Generator<number, Uint8Array> {
  const kernel = startKernel(settings, length, memory);
  const pace = new Pace(FIRST_SLICE, kernel.sliceLength());
  const room = kernel.codedRoom();
  const base = kernel.codedAddress();
  /** Bytes of the payload that the kernel has read, and that it has been given. */
  let read = 0;
  const give = (): number => {
    const bytes = payload.subarray(Math.min(read, payload.length), read + room);
    view(kernel, base, bytes.length).set(bytes);
    return bytes.length;
  };
  kernel.startDecoding(give());
  let end = 0;
  for (let done = 0; done < length;) {
    let used = 0;
    done += pace.slice(length - done, (count) => (used = kernel.decode(count)));
    end = read + kernel.codedLength();
    // What lies before the payload's end is always there: a slice reads less than the room holds.
    read += used;
    if (end > payload.length) {
      throw new PithError("truncated", "the payload ends too early", { offset: offset + payload.length });
    }
    kernel.refill(give());
    yield done;
  }
  if (end < payload.length) {
    throw new PithError("trailing-data", "the payload goes on after its end", { offset: offset + end });
  }
  checkFinalByte(payload, kernel.codedFinalByte(), offset);
  const content = view(kernel, kernel.contentAddress(), length).slice();
  giveKernel(settings.model.kernel, kernel);
  return content;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
