import {
  BASES,
  CR,
  HEADER_MARK,
  LF,
  mostNumbers,
  regularLines,
  type DnaParts,
  type DnaRecord,
  type ExceptionRun,
  type LineRuns,
} from "./parts.ts";

const LOWER = 0x20;
const NO_BASE = 4;

/** Code of the base that a byte is, in either case; NO_BASE for other bytes. */
const codes = new Uint8Array(256).fill(NO_BASE);
BASES.forEach((letter, code) => {
  codes[letter] = code;
  codes[letter | LOWER] = code;
});

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/**
 * Takes a file of sequences apart.
 *
 * @returns undefined where that would take more numbers than `mostNumbers`: the file is hardly DNA
 */
export function splitDna(input: Uint8Array): DnaParts | undefined {
  const crlf = everyLineEndIsCrlf(input);
  const residues = new ResidueSplitter(input.length);
  const records = new RecordSplitter();
  const headers: Uint8Array[] = [];
  const most = mostNumbers(input.length);

  for (let start = 0; start < input.length;) {
    const lineFeed = input.indexOf(LF, start);
    const next = lineFeed < 0 ? input.length : lineFeed + 1;
    const end = lineFeed < 0 ? input.length : crlf ? lineFeed - 1 : lineFeed;
    if (input[start] === HEADER_MARK && start < end) {
      headers.push(input.subarray(start + 1, end));
      records.header();
    } else {
      records.line(end - start);
      for (let at = start; at < end; at++) residues.push(input[at]);
    }
    if (residues.numbers + records.numbers > most) return undefined;
    start = next;
  }

  return {
    bases: residues.bases(),
    crlf,
    terminated: input.length > 0 && input[input.length - 1] === LF,
    headers: joinLines(headers),
    ...records.finish(),
    ...residues.finish(),
  };
}

function everyLineEndIsCrlf(input: Uint8Array): boolean {
  let any = false;
  for (let at = input.indexOf(LF); at >= 0; at = input.indexOf(LF, at + 1)) {
    if (at === 0 || input[at - 1] !== CR) return false;
    any = true;
  }
  return any;
}

function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    joined.set(line, at);
    at += line.length;
    joined[at++] = LF;
  }
  return joined;
}

/** Parts residues into bases, cases and exceptions. */
class ResidueSplitter {
  readonly #codes: Uint8Array;
  #bases = 0;
  #residues = 0;
  #lower: boolean | undefined;
  #lowerFirst = false;
  #caseChange = 0;
  readonly #caseRuns: number[] = [];
  readonly #exceptions: { gap: number; byte: number; length: number }[] = [];
  /** The residue after the last exception. */
  #exceptionEnd = 0;

  constructor(most: number) {
    this.#codes = new Uint8Array(most);
  }

  get numbers(): number {
    return this.#caseRuns.length + 3 * this.#exceptions.length;
  }

  push(byte: number): void {
    if (isLower(byte)) this.#seeCase(true);
    else if (isUpper(byte)) this.#seeCase(false);
    const code = codes[byte];
    if (code !== NO_BASE) this.#codes[this.#bases++] = code;
    else this.#except(isLower(byte) ? byte & ~LOWER : byte);
    this.#residues++;
  }

  #seeCase(lower: boolean): void {
    if (lower === this.#lower) return;
    if (this.#lower === undefined) this.#lowerFirst = lower;
    else {
      this.#caseRuns.push(this.#residues - this.#caseChange);
      this.#caseChange = this.#residues;
    }
    this.#lower = lower;
  }

  #except(byte: number): void {
    const gap = this.#residues - this.#exceptionEnd;
    const last = this.#exceptions.at(-1);
    if (gap === 0 && last !== undefined && last.byte === byte) last.length++;
    else this.#exceptions.push({ gap, byte, length: 1 });
    this.#exceptionEnd = this.#residues + 1;
  }

  bases(): Uint8Array {
    return this.#codes.subarray(0, this.#bases);
  }

  finish(): { lowerFirst: boolean; caseRuns: number[]; exceptions: ExceptionRun[] } {
    return { lowerFirst: this.#lowerFirst, caseRuns: this.#caseRuns, exceptions: this.#exceptions };
  }
}

interface OpenRecord {
  header: boolean;
  residues: number;
  lines: [length: number, repeats: number][];
}

/** Parts lines into records, and finds the width that explains most of them. */
class RecordSplitter {
  readonly #records: OpenRecord[] = [];
  #runs = 0;

  get numbers(): number {
    return this.#records.length + 2 * this.#runs;
  }

  header(): void {
    this.#open(true);
  }

  #open(header: boolean): OpenRecord {
    const record: OpenRecord = { header, residues: 0, lines: [] };
    this.#records.push(record);
    return record;
  }

  line(length: number): void {
    const record = this.#records.at(-1) ?? this.#open(false);
    record.residues += length;
    const last = record.lines.at(-1);
    if (last?.[0] === length) last[1]++;
    else {
      record.lines.push([length, 1]);
      this.#runs++;
    }
  }

  finish(): { width: number; records: DnaRecord[] } {
    const wrapped = this.#records.find(({ lines }) => lines.reduce((sum, [, repeats]) => sum + repeats, 0) > 1);
    const width = wrapped === undefined ? 0 : wrapped.lines[0][0];
    return {
      width,
      records: this.#records.map(({ header, residues, lines }) =>
        isRegular(lines, residues, width) ? { header, residues } : { header, residues, lines },
      ),
    };
  }
}

function isRegular(lines: LineRuns, residues: number, width: number): boolean {
  const regular = regularLines(residues, width);
  return (
    lines.length === regular.length &&
    lines.every(([length, repeats], i) => length === regular[i][0] && repeats === regular[i][1])
  );
}
