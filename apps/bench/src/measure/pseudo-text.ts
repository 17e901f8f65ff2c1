/** Text that no one wrote: the same on every machine, of any length, about as compressible as real text. */

const WORD_BITS = 12;
const LETTERS = "etaoinshrdlucmfwypvbgkqjxz";

/** A generator of 32-bit numbers (xorshift); the seed is any integer. */
export function randomNumbers(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
}

/** Endless pieces of text of a few KB each: words of Zipf's law, in lines and sentences. */
export function* pseudoTextPieces(seed: number): Generator<Uint8Array, never> {
  const next = randomNumbers(seed);
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  const words = Array.from({ length: 1 << WORD_BITS }, () => {
    // The product of two draws prefers small numbers: short words, frequent letters.
    const length = 1 + below(3 + below(9));
    return Array.from({ length }, () => LETTERS[below(1 + below(LETTERS.length))]).join("");
  });
  // As many draws fall on the words 1, 2-3, 4-7, …: the chance of word n falls as 1/n. Integers, so exact everywhere.
  const word = (): string => {
    const rank = 1 << below(WORD_BITS);
    return words[rank + below(rank) - 1];
  };
  const encoder = new TextEncoder();
  for (;;) {
    let text = "";
    for (let sentence = 0; sentence < 40; sentence++) {
      const length = 4 + below(16);
      for (let i = 0; i < length; i++) text += `${i === 0 ? "" : " "}${word()}`;
      text += below(4) === 0 ? ".\n" : ". ";
    }
    yield encoder.encode(text);
  }
}

/** The first `size` bytes of that text. */
export function pseudoText(size: number, seed: number): Uint8Array {
  const content = new Uint8Array(size);
  let at = 0;
  const pieces = pseudoTextPieces(seed);
  while (at < size) {
    const piece = pieces.next().value.subarray(0, size - at);
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}
