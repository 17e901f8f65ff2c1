/** The kernel behind `encodeSymbols` and `decodeSymbols`. */
import { instantiateKernel } from "@pith/core";
import type { AdaptiveModelParameters } from "./adaptive-model.ts";
import { ByteSink } from "./byte-sink.ts";
import type { StreamEnd, Symbols } from "./check.ts";
import { kernel } from "#kernels/symbols";
import { SLICE, type SymbolsKernel } from "./generated/symbols-exports.ts";
import { corruptStream } from "./range-coder.ts";

interface Prepared {
  readonly exports: SymbolsKernel;
  readonly symbols: Uint16Array;
  readonly coded: Uint8Array;
}

// One is enough for a thread: an array is coded from its start to its end in one call, and each call starts afresh.
let shared: SymbolsKernel | undefined;

function prepare(alphabetSize: number, { increment, limit }: AdaptiveModelParameters): Prepared {
  const exports = (shared ??= instantiateKernel(kernel));
  exports.prepare(alphabetSize, increment, limit);
  // The views come last: growing memory detaches those made before.
  const { buffer } = exports.memory;
  return {
    exports,
    symbols: new Uint16Array(buffer, exports.symbolsAddress(), SLICE),
    coded: new Uint8Array(buffer, exports.codedAddress(), exports.codedCapacity()),
  };
}

/** Codes an array whose symbols are known to be in range. */
export function encodeByKernel(
  symbols: Symbols,
  alphabetSize: number,
  parameters: AdaptiveModelParameters,
): Uint8Array<ArrayBuffer> {
  const { exports, symbols: buffer, coded } = prepare(alphabetSize, parameters);
  const sink = new ByteSink();
  exports.startEncoding();
  for (let start = 0; start < symbols.length; start += SLICE) {
    const part = symbols.subarray(start, start + SLICE);
    buffer.set(part);
    sink.append(coded.subarray(0, exports.encodeSlice(part.length)));
  }
  sink.append(coded.subarray(0, exports.finishEncoding()));
  return sink.take();
}

/**
 * Starts decoding.
 *
 * @returns decodes the next symbols into its argument, as many as that holds, and returns how the stream ends if none
 *   follows; usable until the next array is coded
 */
export function decoderByKernel(
  bytes: Uint8Array,
  alphabetSize: number,
  parameters: AdaptiveModelParameters,
  offset: number,
): (into: Symbols) => StreamEnd {
  const { exports, symbols: buffer, coded } = prepare(alphabetSize, parameters);
  /** Where the coded buffer's first byte lies in the stream. */
  let base = 0;
  function fill(): number {
    const part = bytes.subarray(base, base + coded.length);
    coded.set(part);
    return part.length;
  }
  exports.startDecoding(fill());
  return (into) => {
    for (let start = 0; start < into.length; start += SLICE) {
      const part = Math.min(SLICE, into.length - start);
      const read = exports.decodeSlice(part);
      const fault = exports.faultPosition();
      if (fault >= 0) throw corruptStream(offset, base + fault, bytes.length);
      into.set(buffer.subarray(0, part), start);
      base += read;
      exports.refill(fill());
    }
    return { end: base - exports.unreadBytes(), finalByte: exports.finalByte() };
  };
}
