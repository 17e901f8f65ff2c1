/** Whole arrays of symbols under one adaptive model. */
import { checkBytes } from "@pith/core";
import { AdaptiveModel, adaptiveModelParameters, type AdaptiveModelOptions } from "./adaptive-model.ts";
import {
  checkCount,
  checkStreamEnd,
  checkSymbols,
  symbolArray,
  type DecodedSymbols,
  truncatedStream,
  type DecodeOptions,
  type StreamEnd,
  type Symbols,
} from "./check.ts";
import { RangeDecoder, RangeEncoder } from "./range-coder.ts";
import { decoderByKernel, encodeByKernel } from "./symbols-kernel.ts";

/** Which implementation codes; the bytes are the same. */
export interface EngineOptions {
  /** Default: the kernel, except for a few thousand symbols or less, which are done before a kernel is set up. */
  readonly engine?: "kernel" | "typescript" | undefined;
}

const KERNEL_PAYS_FROM = 4096;

/** Symbols between two checks that the data has not ended, and the first room for them. */
const CHUNK = 65536;

function useKernel(engine: EngineOptions["engine"], count: number): boolean {
  switch (engine) {
    case undefined:
      return count >= KERNEL_PAYS_FROM;
    case "kernel":
      return true;
    case "typescript":
      return false;
    default:
      throw new RangeError(`engine: expected "kernel" or "typescript", got ${JSON.stringify(engine)}`);
  }
}

/**
 * Codes an array of symbols under an adaptive model that starts with equal counts. Neither the number of symbols nor
 * the options are part of the bytes.
 *
 * @param symbols each 0 … alphabetSize − 1
 * @param alphabetSize 2 … 65,536
 * @throws RangeError for a symbol, an alphabet or options out of their range; TypeError for another kind of array
 *
 * @example
 * const bytes = encodeSymbols(symbols, 256);
 * decodeSymbols(bytes, symbols.length, 256); // the symbols
 */
export function encodeSymbols(
  symbols: Symbols,
  alphabetSize: number,
  options: AdaptiveModelOptions & EngineOptions = {},
): Uint8Array<ArrayBuffer> {
  const parameters = adaptiveModelParameters(alphabetSize, options);
  checkSymbols(symbols, alphabetSize);
  if (useKernel(options.engine, symbols.length)) return encodeByKernel(symbols, alphabetSize, parameters);
  const encoder = new RangeEncoder();
  const model = new AdaptiveModel(alphabetSize, parameters);
  for (const symbol of symbols) encoder.encodeAdaptive(model, symbol);
  return encoder.finish();
}

/**
 * The reverse of {@link encodeSymbols}. Memory grows with what is decoded, so that a count that the bytes do not bear
 * out costs nothing; decoding stops where the bytes have ended.
 *
 * The format has no checksum: damaged bytes may give other symbols instead of an error.
 *
 * @param bytes what the encoder returned, no more and no less
 * @param count number of symbols
 * @param alphabetSize that of the encoder, as are the model's options
 * @returns a Uint8Array for alphabets of up to 256, a Uint16Array for larger ones
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` for bytes that no encoder wrote for this count,
 *   `memory-limit` for a count above `maximumCount`
 */
export function decodeSymbols(
  bytes: Uint8Array,
  count: number,
  alphabetSize: number,
  options: AdaptiveModelOptions & EngineOptions & DecodeOptions = {},
): DecodedSymbols {
  const parameters = adaptiveModelParameters(alphabetSize, options);
  checkBytes("bytes", bytes);
  checkCount(count, options);
  const { offset = 0 } = options;
  const decode = useKernel(options.engine, count)
    ? decoderByKernel(bytes, alphabetSize, parameters, offset)
    : decoderByTypeScript(bytes, alphabetSize, parameters, offset);

  let symbols = symbolArray(Math.min(count, CHUNK), alphabetSize);
  let last: StreamEnd = { end: 0, finalByte: -1 };
  for (let done = 0; done < count;) {
    if (done === symbols.length) {
      const grown = symbolArray(Math.min(count, 2 * done), alphabetSize);
      grown.set(symbols);
      symbols = grown;
    }
    const chunk = symbols.subarray(done, done + CHUNK);
    last = decode(chunk);
    done += chunk.length;
    if (last.end > bytes.length) throw truncatedStream(last.end, bytes.length, offset);
  }
  checkStreamEnd(last, bytes, offset);
  return symbols;
}

function decoderByTypeScript(
  bytes: Uint8Array,
  alphabetSize: number,
  parameters: AdaptiveModelOptions,
  offset: number,
): (into: Symbols) => StreamEnd {
  const decoder = new RangeDecoder(bytes, offset);
  const model = new AdaptiveModel(alphabetSize, parameters);
  return (into) => {
    for (let i = 0; i < into.length; i++) into[i] = decoder.decodeAdaptive(model);
    return { end: decoder.end, finalByte: decoder.finalByte };
  };
}
