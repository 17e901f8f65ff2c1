/**
 * The parts of a file of sequences: what the bases are, and what else it takes to give back the file byte for byte.
 *
 * A file is lines; a line that begins with `>` is a header and starts a record; the bytes of all other lines, without
 * the line ends, are residues. A residue is a base (A, C, G, T in either case) or an exception (N, other ambiguity
 * codes, amino acids, any byte at all).
 */
export interface DnaParts {
  /** One base a byte: A 0, G 1, C 2, T 3. */
  readonly bases: Uint8Array;
  /** Lines end with CR LF rather than LF. */
  readonly crlf: boolean;
  /** The last line has a line end, too. */
  readonly terminated: boolean;
  /** The text of the headers, without `>`, each with LF behind it. */
  readonly headers: Uint8Array;
  /** Residues of a whole line; 0 where each record is one line. */
  readonly width: number;
  readonly records: readonly DnaRecord[];
  /** The first residue with a case is in lower case. */
  readonly lowerFirst: boolean;
  /** Residues after which the case changes, each counted from the change before. */
  readonly caseRuns: readonly number[];
  readonly exceptions: readonly ExceptionRun[];
}

export interface DnaRecord {
  /** Only the first record of a file may lack one. */
  readonly header: boolean;
  /** Residues in all. */
  readonly residues: number;
  /** Where they do not follow from the file's width. */
  readonly lines?: LineRuns;
}

/** One byte that is no base, in upper case where it has one, a number of times in a row. */
export interface ExceptionRun {
  /** Residues since the last exception. */
  readonly gap: number;
  readonly byte: number;
  readonly length: number;
}

/** `A`, `G`, `C`, `T` in the order of their codes: purines first, so that the first decision is the surer one. */
export const BASES = Uint8Array.of(0x41, 0x47, 0x43, 0x54);

export const LF = 0x0a;
export const CR = 0x0d;
export const HEADER_MARK = 0x3e;

/** Lengths of lines and how often each comes in a row. */
export type LineRuns = readonly (readonly [length: number, repeats: number])[];

/** The lines of a record that the file's width explains: whole lines and then what is left. */
export function regularLines(residues: number, width: number): LineRuns {
  if (residues === 0) return [];
  if (width === 0 || residues <= width) return [[residues, 1]];
  const whole = Math.floor(residues / width);
  const rest = residues % width;
  return rest === 0
    ? [[width, whole]]
    : [
        [width, whole],
        [rest, 1],
      ];
}

/**
 * Most numbers (line lengths, case runs, exceptions, records) that the parts of a block may hold: a block that needs
 * more is hardly DNA, and is coded as text.
 */
export function mostNumbers(length: number): number {
  return (length >>> 2) + 16;
}
