/** Sequences of bases to train on. */
import { readFileSync } from "node:fs";

/** Bases of a sequence; one in some is held back whole. */
const SEQUENCE = 2 ** 16;
const LETTERS = "AGCT";
/** A sequence with more G and C than this is rich in them. */
const RICH = 0.6;

/** The bases of a file, A 0, G 1, C 2, T 3; lines of FASTA that name a sequence, and other letters, are left out. */
export function symbolsOfBases(bytes) {
  const text = Buffer.from(bytes).toString("latin1").replace(/^>.*$/gm, "").toUpperCase();
  return Uint8Array.from(text.replace(/[^ACGT]/g, ""), (letter) => LETTERS.indexOf(letter));
}

/** The bases of a file, cut into sequences. */
export function readBases(path) {
  const symbols = symbolsOfBases(readFileSync(path));
  const count = Math.ceil(symbols.length / SEQUENCE);
  return Array.from({ length: count }, (_, i) => ({ path, text: symbols.subarray(i * SEQUENCE, (i + 1) * SEQUENCE) }));
}

/**
 * A sequence as it is learnt for the nth time: odd numbers read the other strand. Where G and C abound, every second pair
 * of numbers takes A for G and T for C, and the reverse: genomes that abound in A and T are as common as those that do not.
 */
export function asLearnt(symbols, number) {
  const strong = symbols.reduce((sum, symbol) => sum + (symbol === 1 || symbol === 2 ? 1 : 0), 0);
  const isMirrored = strong > RICH * symbols.length && (number >> 1) % 2 === 1;
  // A 0, G 1, C 2, T 3: the complement of s is 3 − s.
  const bases = isMirrored ? symbols.map((symbol) => symbol ^ 1) : symbols;
  return number % 2 === 1 ? bases.map((symbol) => 3 - symbol).reverse() : bases;
}
