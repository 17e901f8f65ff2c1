import { finish } from "@pith/core/steps";
import { Dictionary } from "./dictionary.ts";
import { unpackingWords } from "./packing.ts";

/** The words, packed, as `english.ts` has them: too large to be carried along by those who only read headers. */
let packed: string | undefined;
let english: Dictionary | undefined;

/** Gives the words, `ENGLISH`, to all who need them in this thread. */
export function installEnglish(words: string): void {
  packed = words;
}

/** The dictionary of English; unpacked at the first call (about 50 ms), then kept (about 2 MB). */
export function englishDictionary(): Dictionary {
  return finish(loadEnglish());
}

/** As {@link englishDictionary}, in steps of a few milliseconds. @yields nothing of use */
export function* loadEnglish(): Generator<number, Dictionary> {
  if (packed === undefined) throw new Error("the dictionary of English was not installed");
  english ??= new Dictionary(yield* unpackingWords(fromBase64(packed)));
  return english;
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
