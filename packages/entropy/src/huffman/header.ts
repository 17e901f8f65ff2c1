/**
 * Code lengths in few bytes: one after the other by the range coder, each under a model that knows the length before it,
 * so that stretches of alike lengths cost little. After a length of 0 comes how many more follow, so that a large
 * alphabet of which little is used costs what is used.
 */
import { PithError } from "@pith/core";
import { AdaptiveModel } from "../adaptive-model.ts";
import { RangeDecoder, RangeEncoder } from "../range-coder.ts";
import { LONGEST_CODE } from "./package-merge.ts";

/** Length counts are few, so the models learn fast. */
const MODEL = { increment: 16, limit: 4096 };
/** A run of up to 2^16 zeros is told by how many bits its length has, 0 … 16. */
const RUN_SIZES = 17;

class LengthModels {
  readonly #byPrevious: (AdaptiveModel | undefined)[] = [];
  readonly runSize = new AdaptiveModel(RUN_SIZES, MODEL);

  after(previous: number): AdaptiveModel {
    return (this.#byPrevious[previous] ??= new AdaptiveModel(LONGEST_CODE + 1, MODEL));
  }
}

/** @param lengths 0 … 24 each */
export function encodeLengths(lengths: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new RangeEncoder();
  const models = new LengthModels();
  let previous = 0;
  for (let symbol = 0; symbol < lengths.length;) {
    const length = lengths[symbol];
    encoder.encodeAdaptive(models.after(previous), length);
    previous = length;
    symbol++;
    if (length > 0) continue;
    const start = symbol;
    while (symbol < lengths.length && lengths[symbol] === 0) symbol++;
    const run = symbol - start + 1; // so that its first bit is a one
    const size = 31 - Math.clz32(run);
    encoder.encodeAdaptive(models.runSize, size);
    encoder.encode(run - (1 << size), 1, 1 << size);
  }
  return encoder.finish();
}

/**
 * The reverse of {@link encodeLengths}; the code may still be none.
 *
 * @param offset where the bytes lie, for errors
 * @throws PithError for bytes that no encoder wrote
 */
export function decodeLengths(bytes: Uint8Array, alphabetSize: number, offset: number): Uint8Array<ArrayBuffer> {
  const decoder = new RangeDecoder(bytes, offset);
  const models = new LengthModels();
  const lengths = new Uint8Array(alphabetSize);
  let previous = 0;
  for (let symbol = 0; symbol < alphabetSize;) {
    const length = decoder.decodeAdaptive(models.after(previous));
    lengths[symbol++] = previous = length;
    if (length > 0) continue;
    const size = decoder.decodeAdaptive(models.runSize);
    const rest = decoder.target(1 << size);
    decoder.consume(rest, 1, 1 << size);
    const run = (1 << size) + rest - 1;
    if (run > alphabetSize - symbol) {
      throw new PithError("invalid-field", "a run of unused symbols leaves the alphabet", {
        offset: offset + Math.min(decoder.end, bytes.length),
        expected: `at most ${alphabetSize - symbol}`,
        got: run,
      });
    }
    symbol += run;
  }
  decoder.checkEnd();
  return lengths;
}
