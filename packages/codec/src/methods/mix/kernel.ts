import { decodeSlices, encodeSlices, view, withKernel, type Marks } from "@pith/core/coding";
import { NETWORK_GIVEN, type MixKernel } from "../../generated/mix-exports.ts";
import { GIVEN, NetworkAhead } from "./ahead.ts";
import type { Model } from "./models.ts";
import { startNetwork } from "./start-network.ts";

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

/** Bytes, some milliseconds of the slower models: their tables are in memory that nobody has touched. */
const FIRST_SLICE = 8;

function start(kernel: MixKernel, { tableBits, flags, network }: MixSettings, length: number): void {
  kernel.start(length, tableBits, flags);
  if (network !== undefined) startNetwork(kernel, network);
}

/** Likewise, where another thread has the network. */
function startWithout(kernel: MixKernel, { tableBits, flags, network }: MixSettings, length: number): void {
  kernel.start(length, tableBits, flags | NETWORK_GIVEN);
  if (network !== undefined) kernel.takeNetwork();
}

/**
 * @param memory bytes that the block is expected to take
 * @param hasThread whether there is a thread for the model's network, where it has one: the bytes are the same
 * @yields bytes done so far
 * @throws LostThreadError if that thread ends too early
 */
export function encodeMixed(
  input: Uint8Array,
  settings: MixSettings,
  memory: number,
  marks: Marks,
  hasThread = false,
): Generator<number, Uint8Array> {
  const extent = { count: input.length, first: FIRST_SLICE, marks };
  return withKernel(settings.model.kernel, memory, function* (kernel) {
    const hasAhead = hasThread && kernel.networkLength() > 0;
    const ahead = hasAhead ? NetworkAhead.of(settings.model, input, settings.network) : undefined;
    if (ahead === undefined) start(kernel, settings, input.length);
    else startWithout(kernel, settings, input.length);
    try {
      yield 0;
      return yield* encodeSlices(kernel, extent, (done, length) => {
        ahead?.take(done, length, view(kernel, kernel.givenAddress(), length * GIVEN));
        view(kernel, kernel.contentAddress() + done, length).set(input.subarray(done, done + length));
        return kernel.encode(length);
      });
    } finally {
      ahead?.end();
    }
  });
}

/**
 * @param length bytes to give back
 * @param offset where the payload lies in the file, for errors
 * @yields bytes done so far
 * @throws PithError `truncated` or `trailing-data` if the coded bytes do not end with the payload
 */
export function decodeMixed(
  payload: Uint8Array,
  length: number,
  settings: MixSettings,
  memory: number,
  offset: number,
): Generator<number, Uint8Array> {
  const extent = { count: length, first: FIRST_SLICE };
  return withKernel(settings.model.kernel, memory, function* (kernel) {
    start(kernel, settings, length);
    yield 0;
    const content = new Uint8Array(length);
    const coded = { bytes: payload, offset, name: "coded bytes" };
    yield* decodeSlices(kernel, extent, coded, (done, count) => {
      const used = kernel.decode(count);
      content.set(view(kernel, kernel.contentAddress() + done, count), done);
      return used;
    });
    return content;
  });
}
