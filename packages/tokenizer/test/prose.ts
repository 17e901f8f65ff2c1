/** Sentences of a few dozen words, always the same. */
const WORDS =
  "the a of and to in that it was her his with as for had not but at on they this be from she which said were all one who";

export function prose(length: number): Uint8Array {
  const words = WORDS.split(" ");
  let seed = 1;
  let string = "";
  while (string.length < length) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    string += words[(seed >>> 16) % words.length] + ((seed >>> 8) % 9 === 0 ? ". " : " ");
  }
  return new TextEncoder().encode(string.slice(0, length));
}
