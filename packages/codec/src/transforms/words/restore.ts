/** Codes to text by the kernel; what it finds wrong is looked at again by `decodeWords`, which says what that is. */
import { instantiateKernel, type Kernel } from "@pith/core";
import { view } from "@pith/core/coding";
import type { WordsKernel } from "../../generated/words-exports.ts";
import { decodeWords } from "./decode.ts";
import type { Dictionary } from "./dictionary.ts";

type Words = Kernel<WordsKernel>;

interface Instance {
  readonly of: Words;
  readonly kernel: WordsKernel;
  readonly dictionary: Dictionary;
}

/** An instance that waits for the next block. */
let waiting: Instance | undefined;

function takeInstance(of: Words, dictionary: Dictionary): Instance {
  const instance = waiting?.of === of && waiting.dictionary === dictionary ? waiting : newInstance(of, dictionary);
  waiting = undefined;
  instance.kernel.start();
  return instance;
}

function newInstance(of: Words, dictionary: Dictionary): Instance {
  const kernel = instantiateKernel(of);
  const { letters, starts } = dictionary;
  kernel.reserve(letters.length, starts.length - 1);
  new Uint32Array(kernel.memory.buffer, kernel.startsAddress(), starts.length).set(starts);
  view(kernel, kernel.lettersAddress(), letters.length).set(letters);
  return { of, kernel, dictionary };
}

/**
 * As {@link decodeWords}.
 *
 * @param start where the codes begin in `input`
 * @param length of the text, in bytes
 * @param offset where `input` lies in the file, for errors
 * @yields bytes of the text so far
 * @throws PithError
 */
export function* restoreWords(
  kernel: Words,
  input: Uint8Array,
  start: number,
  length: number,
  offset: number,
  dictionary: Dictionary,
): Generator<number, Uint8Array> {
  return (
    (yield* restored(kernel, input.subarray(start), length, dictionary)) ??
    (yield* decodeWords(input, start, length, offset, dictionary))
  );
}

/** @returns undefined if the codes are not those of a text of that length */
function* restored(
  of: Words,
  codes: Uint8Array,
  length: number,
  dictionary: Dictionary,
): Generator<number, Uint8Array | undefined> {
  const instance = takeInstance(of, dictionary);
  const { kernel } = instance;
  const output = new Uint8Array(length);
  let done = 0;
  for (let at = 0; at < codes.length; at += kernel.taken()) {
    const slice = codes.subarray(at, at + kernel.sliceLength());
    view(kernel, kernel.codesAddress(), slice.length).set(slice);
    const made = kernel.decode(slice.length, at + slice.length === codes.length ? 1 : 0);
    if (kernel.wrong() !== 0 || made > length - done) return undefined;
    output.set(view(kernel, kernel.textAddress(), made), done);
    done += made;
    yield done;
  }
  waiting = instance;
  return done === length ? output : undefined;
}
