import { view, withKernel } from "@pith/core/coding";
import { beginLetters, type Cells } from "../coding/chunks.ts";
import { kernelMemory, startKernel } from "../coding/kernel.ts";
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
export function letterSteps({ model, cells, context, asked }: LettersTask): Generator<number, Uint8Array> {
  // It was loaded before the task began.
  const resolver = resolverOf(model).toEncode();
  const { groups, kernel: embedded } = resolver;
  const length = cells.length - context;
  return withKernel(embedded, kernelMemory(resolver.tableBits, length), function* (kernel) {
    startKernel(kernel, { groups, resolver, crlf: false, capacity: length });
    new Uint16Array(kernel.memory.buffer, kernel.cellsAddress(), length).set(cells.subarray(context));
    if (asked.what === "corrections") view(kernel, kernel.textAddress(), length).set(asked.text);
    beginLetters(kernel, length, cells.subarray(0, context));
    if (asked.what === "corrections") return yield* encodeLetters(kernel, length);
    if (asked.what === "text") yield* decodeLetters(kernel, length, asked.corrections, asked.offset);
    else yield* guessLetters(kernel, length);
    return view(kernel, kernel.textAddress(), length).slice();
  });
}
