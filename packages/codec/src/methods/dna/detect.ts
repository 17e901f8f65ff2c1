import { BASES, HEADER_MARK, LF } from "./parts.ts";

/** Windows of the input that are looked at, and their bytes. */
const WINDOWS = 32;
const WINDOW = 2048;
/** Fewest bases that are worth their own model. */
const FEWEST_BASES = 16;
/** Share of the residues, in percent, that must be bases or N; and of those, in percent, the rarest may leave. */
const LEAST_SHARE = 97;
const MOST_N_SHARE = 90;

const SKIPPED = 0;
const BASE = 1;
const UNKNOWN = 2;
const OTHER = 3;

const kinds = new Uint8Array(256).fill(OTHER);
for (const byte of [0x0a, 0x0d]) kinds[byte] = SKIPPED;
for (const byte of [0x4e, 0x6e]) kinds[byte] = UNKNOWN;
for (const letter of BASES) {
  kinds[letter] = BASE;
  kinds[letter | 0x20] = BASE;
}

/**
 * Whether bytes look like nucleotide sequences: FASTA, or bare bases in either case, with N and few other letters
 * among them. Samples at most 64 KiB.
 *
 * @example
 * detectDna(new TextEncoder().encode(">chr1\nACGTNNACGTTGCAACGTTG\n")); // true
 * detectDna(new TextEncoder().encode("A CAT AT A GATE")); // false
 */
export function detectDna(input: Uint8Array): boolean {
  const counts = [0, 0, 0, 0];
  const stride = Math.max(WINDOW, Math.floor((input.length - WINDOW) / (WINDOWS - 1)));
  for (let n = 0, start = 0; n < WINDOWS && start < input.length; n++, start += stride) {
    countWindow(input, start, Math.min(input.length, start + WINDOW), counts);
  }
  const bases = counts[BASE];
  const unknown = counts[UNKNOWN];
  const residues = bases + unknown + counts[OTHER];
  return (
    bases >= FEWEST_BASES &&
    (bases + unknown) * 100 >= residues * LEAST_SHARE &&
    unknown * 100 <= residues * MOST_N_SHARE &&
    severalBases(input)
  );
}

/** Counts the kinds of bytes between two places, without headers and the end of the line that the first is in. */
function countWindow(input: Uint8Array, start: number, end: number, counts: number[]): void {
  let at = start;
  if (start > 0) {
    const lineFeed = input.subarray(start, end).indexOf(LF);
    if (lineFeed >= 0) at = start + lineFeed + 1;
  }
  let header = false;
  let lineStart = start === 0 || at > start;
  for (; at < end; at++) {
    const byte = input[at];
    if (lineStart && byte === HEADER_MARK) header = true;
    lineStart = byte === LF;
    if (lineStart) header = false;
    if (!header) counts[kinds[byte]]++;
  }
}

/** At least three of the four bases are among the first bytes: a run of one letter is left to other methods. */
function severalBases(input: Uint8Array): boolean {
  const seen = new Set<number>();
  const end = Math.min(input.length, WINDOW * WINDOWS);
  for (let at = 0; at < end && seen.size < 3; at++) if (kinds[input[at]] === BASE) seen.add(input[at] & ~0x20);
  return seen.size >= 3;
}
