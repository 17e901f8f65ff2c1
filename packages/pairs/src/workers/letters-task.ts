import { giveKernel } from "@pith/core";
import { beginLetters, type Cells } from "../coding/chunks.ts";
import { startKernel, view } from "../coding/kernel.ts";
import { decodeLetters, encodeLetters, guessLetters } from "../coding/letters.ts";
import { type PairsModel, resolverOf } from "../coding/resolvers.ts";

/** The letters of one chunk of a stream, as a task that a worker can do. */
export interface LettersTask {
  readonly type: "letters";
  readonly model: PairsModel;
  /** The chunk's cells, those of its left context before them. */
  readonly cells: Cells;
  /** How many those are. */
  readonly context: number;
  /** What is asked for: corrections for a text, the text that they make, or what it is without any. */
  readonly asked:
    | { readonly what: "corrections"; readonly text: Uint8Array }
    | { readonly what: "text"; readonly corrections: Uint8Array; readonly offset: number }
    | { readonly what: "guess" };
}

/** Does it. @yields cells done so far @returns corrections, or a text in small letters */
export function* letterSteps({ model, cells, context, asked }: LettersTask): Generator<number, Uint8Array> {
  // It was loaded before the task began.
  const resolver = resolverOf(model).toEncode();
  const { groups, kernel: embedded } = resolver;
  const length = cells.length - context;
  const kernel = startKernel({ kernel: embedded, groups, resolver, crlf: false, capacity: length });
  new Uint16Array(kernel.memory.buffer, kernel.cellsAddress(), length).set(cells.subarray(context));
  if (asked.what === "corrections") view(kernel, kernel.textAddress(), length).set(asked.text);
  beginLetters(kernel, length, cells.subarray(0, context));
  let result: Uint8Array | undefined;
  if (asked.what === "corrections") result = yield* encodeLetters(kernel, length);
  else if (asked.what === "text") yield* decodeLetters(kernel, length, asked.corrections, asked.offset);
  else yield* guessLetters(kernel, length);
  result ??= view(kernel, kernel.textAddress(), length).slice();
  giveKernel(embedded, kernel);
  return result;
}
