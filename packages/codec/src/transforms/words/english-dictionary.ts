import { Dictionary } from "./dictionary.ts";
import { ENGLISH } from "./english.ts";
import { unpackWords } from "./packing.ts";

let english: Dictionary | undefined;

/** The dictionary of English; unpacked at the first call (about 50 ms), then kept (about 2 MB). */
export function englishDictionary(): Dictionary {
  english ??= new Dictionary(unpackWords(fromBase64(ENGLISH)));
  return english;
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
