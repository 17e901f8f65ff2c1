/** The numbers that say what an encoder chose, coded. */
import { PithError } from "@pith/core";
import { BinaryDecoder, BinaryEncoder } from "@pith/entropy";
import { decoding, encoding, type BitCoder } from "../../adaptive/bit-coder.ts";
import { NumberModel } from "../../adaptive/numbers.ts";
import type { EncoderChoices } from "./parts.ts";

const PADDINGS = ["ones", "zeros"] as const;

/** One model for each series of numbers. */
class ChoiceModels {
  readonly counts = new NumberModel();
  readonly padding = new NumberModel();
  readonly gaps = new NumberModel();
}

/** Whether choices are those of nearly all encoders. */
export function areUsual({ padding, runExceptions }: EncoderChoices): boolean {
  return padding === "ones" && runExceptions.every((exceptions) => exceptions.length === 0);
}

/** Codes what fills last bytes: how many numbers, and each; "ones" and "zeros" are those of 0 numbers and of 1. */
function writePadding(coder: BitCoder, models: ChoiceModels, padding: EncoderChoices["padding"]): void {
  if (typeof padding === "string") {
    models.counts.code(coder, PADDINGS.indexOf(padding));
    return;
  }
  models.counts.code(coder, PADDINGS.length + padding.length);
  for (const value of padding) models.padding.code(coder, value);
}

export function encodeChoices({ padding, runExceptions }: EncoderChoices): Uint8Array {
  const encoder = new BinaryEncoder();
  const coder = encoding(encoder);
  const models = new ChoiceModels();
  writePadding(coder, models, padding);
  models.counts.code(coder, runExceptions.length);
  for (const exceptions of runExceptions) {
    models.counts.code(coder, exceptions.length);
    let next = 0;
    for (const block of exceptions) {
      models.gaps.code(coder, block - next);
      next = block + 1;
    }
  }
  return encoder.finish();
}

/**
 * Undoes {@link encodeChoices}.
 *
 * @param length bytes of the whole file: there is not more to be said than that
 * @param offset where the bytes lie in the file, for errors
 * @throws PithError `truncated`, `trailing-data`, or `invalid-field` where the numbers are too large
 */
export function decodeChoices(bytes: Uint8Array, length: number, offset: number): EncoderChoices {
  const decoder = new BinaryDecoder(bytes, offset);
  const coder = decoding(decoder);
  const models = new ChoiceModels();
  let left = length;
  const limited = (name: string, model: NumberModel, most: number): number => {
    const value = model.code(coder, 0);
    if (value > most) throw new PithError("invalid-field", name, { offset, expected: `at most ${most}`, got: value });
    return value;
  };
  const count = (name: string): number => {
    const value = limited(name, models.counts, left);
    left -= value;
    return value;
  };
  const kind = count("bytes that are filled");
  const padding =
    kind < PADDINGS.length
      ? PADDINGS[kind]
      : Uint8Array.from({ length: kind - PADDINGS.length }, () => limited("what fills a byte", models.padding, 127));
  const runExceptions = Array.from({ length: count("scans") }, () => {
    let next = 0;
    return Array.from({ length: count("runs of blocks") }, () => {
      const block = next + limited("blocks between runs", models.gaps, 2 ** 30);
      next = block + 1;
      return block;
    });
  });
  decoder.checkEnd();
  return { padding, runExceptions };
}
