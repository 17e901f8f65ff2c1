import { englishDictionary, installEnglish } from "./english-dictionary.ts";
import { SLOTS } from "./slots.ts";

/**
 * The words by which English text is coded, about 36,000 in small letters, those with the shortest codes first: these are
 * the most frequent. Loads them (85 KB) when it is called.
 *
 * @example
 * const words = await englishWords();
 */
export async function englishWords(): Promise<string[]> {
  const { ENGLISH } = await import("./english.ts");
  installEnglish(ENGLISH);
  const { letters, starts } = englishDictionary();
  const decoder = new TextDecoder("latin1");
  const words: string[] = [];
  for (let slot = 0; slot < SLOTS; slot++) {
    if (starts[slot + 1] > starts[slot]) words.push(decoder.decode(letters.subarray(starts[slot], starts[slot + 1])));
  }
  return words;
}
