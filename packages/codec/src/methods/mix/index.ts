import { PithError } from "@pith/core";
import type { Method } from "../method.ts";
import { decodeMixed, encodeMixed, type MixSettings } from "./kernel.ts";
import { BINARY_MODELS, LEAST_TABLE_BITS, modelFor, MODELS, MOST_TABLE_BITS } from "./models.ts";

/** What a block of this method says of its model. */
export interface MixParameters {
  /** Index into the models: text-fast, text, text-strong, text-best, then the same four for binaries. */
  readonly model: number;
  /** Log2 of the bytes of one context's table: 10 to 24. */
  readonly tableBits: number;
  /** The content is text that went through the `words` transform. */
  readonly words: boolean;
  /** Machine code in the content is for 64-bit mode. */
  readonly x64: boolean;
}

/** Parameters for content of a known kind. */
export function mixParameters(
  kind: "text" | "binary",
  level: number,
  length: number,
  { words = false, x64 = false } = {},
): MixParameters {
  return { ...modelFor(kind, level, length), words, x64 };
}

function settings({ model, tableBits, words, x64 }: MixParameters): MixSettings {
  return { model: MODELS[model], tableBits, flags: (words ? 1 : 0) | (x64 ? 2 : 0) };
}

function memory({ model, tableBits }: MixParameters, length: number): number {
  const { contexts, fixedMemory } = MODELS[model];
  // Tables, the kernel's copy of the content, input and output; and what finds matches.
  return fixedMemory + contexts * 2 ** tableBits + 2 ** Math.min(tableBits + 1, 23) + 3 * length;
}

/** Context mixing: many models guess each bit, a mixer weighs them, the guess is coded. */
export const mix: Method<MixParameters> = {
  id: 1,
  name: "mix",
  choose: (input, level) => mixParameters("binary", level, input.length),
  kind: ({ model }) => (model < BINARY_MODELS ? "text" : "binary"),
  // One byte, since for a short message each counts: model, size of the tables, and the flag that its kind has.
  writeParameters({ model, tableBits, words, x64 }, writer) {
    writer.byte(model | ((tableBits - LEAST_TABLE_BITS) << 3) | (words || x64 ? 0x80 : 0));
  },
  readParameters(reader) {
    const offset = reader.offset;
    const byte = reader.byte();
    const model = byte & 7;
    const tableBits = LEAST_TABLE_BITS + ((byte >> 3) & 15);
    if (tableBits > MOST_TABLE_BITS) {
      throw new PithError("invalid-field", "the tables of a block's model have no such size", {
        offset,
        expected: `${LEAST_TABLE_BITS} to ${MOST_TABLE_BITS}`,
        got: tableBits,
      });
    }
    const flag = (byte & 0x80) !== 0;
    const text = model < BINARY_MODELS;
    return { model, tableBits, words: flag && text, x64: flag && !text };
  },
  memory,
  encodeBlock: (input, parameters) => encodeMixed(input, settings(parameters), memory(parameters, input.length)),
  decodeBlock: (payload, length, parameters, offset) =>
    decodeMixed(payload, length, settings(parameters), memory(parameters, length), offset),
};
