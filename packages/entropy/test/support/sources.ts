/** Sources of symbols for tests: the same on every run. */
import type { Symbols } from "../../src/index.ts";

/** A generator of integers 0 … 2^32 − 1 (xorshift, 32 bits). */
export function randomWords(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
}

export interface Source {
  readonly name: string;
  readonly alphabetSize: number;
  readonly symbols: Symbols;
}

function make(name: string, alphabetSize: number, length: number, next: (i: number) => number): Source {
  const symbols = alphabetSize <= 256 ? new Uint8Array(length) : new Uint16Array(length);
  for (let i = 0; i < length; i++) symbols[i] = next(i);
  return { name, alphabetSize, symbols };
}

/** Falls by about `factor` from symbol to symbol. */
function geometric(word: () => number, alphabetSize: number, factor: number): () => number {
  return () => {
    let symbol = 0;
    while (symbol < alphabetSize - 1 && word() < factor * 2 ** 32) symbol++;
    return symbol;
  };
}

/** Sources that try a coder from all sides. */
export function sources(): Source[] {
  const word = randomWords(2024);
  const below = (n: number) => Math.floor((word() / 2 ** 32) * n);
  return [
    make("nothing", 256, 0, () => 0),
    make("one symbol", 256, 1, () => 77),
    make("a single symbol again and again", 256, 50_000, () => 200),
    make("the last symbol again and again", 1000, 50_000, () => 999),
    make("two symbols, one of them rare", 2, 50_000, () => (below(500) === 0 ? 1 : 0)),
    make("uniform bits", 2, 20_000, () => below(2)),
    make("uniform bytes", 256, 50_000, () => below(256)),
    make("skewed bytes", 256, 50_000, geometric(word, 256, 0.6)),
    make("very skewed bytes", 256, 50_000, geometric(word, 256, 0.02)),
    make("three symbols in turn", 3, 20_000, (i) => i % 3),
    make("symbols that change half way", 256, 50_000, (i) => (i < 25_000 ? below(8) : 128 + below(8))),
    make("a large alphabet, skewed", 65_536, 30_000, () => Math.floor(65_536 * (word() / 2 ** 32) ** 6)),
    make("a large alphabet, uniform", 65_536, 40_000, () => below(65_536)),
    make("an alphabet that is no power of two", 1000, 30_000, geometric(word, 1000, 0.97)),
  ];
}
