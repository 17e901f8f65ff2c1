import { BASES, CR, HEADER_MARK, LF, regularLines, type DnaParts } from "./parts.ts";

const LOWER = 0x20;

/** Bytes of the file that parts make. */
export function joinedLength({ crlf, terminated, headers, width, records }: Omit<DnaParts, "bases">): number {
  const lines = countLines({ width, records });
  const lineEnds = lines > 0 && !terminated ? lines - 1 : lines;
  const residues = records.reduce((sum, record) => sum + record.residues, 0);
  // A header's LF in `headers` stands for its mark.
  return headers.length + residues + lineEnds * (crlf ? 2 : 1);
}

/** Lines of the file that parts make, with headers. */
export function countLines({ width, records }: Pick<DnaParts, "width" | "records">): number {
  let lines = 0;
  for (const { header, residues, lines: runs } of records) {
    if (header) lines++;
    for (const [, repeats] of runs ?? regularLines(residues, width)) lines += repeats;
  }
  return lines;
}

/** Puts a file of sequences together again. */
export function joinDna(parts: DnaParts): Uint8Array {
  const output = new Uint8Array(joinedLength(parts));
  const residues = joinResidues(parts);
  const { crlf, headers, width } = parts;
  let at = 0;
  let residue = 0;
  let headerAt = 0;

  const endLine = (): void => {
    if (crlf && at < output.length) output[at++] = CR;
    if (at < output.length) output[at++] = LF;
  };
  const line = (length: number): void => {
    output.set(residues.subarray(residue, residue + length), at);
    at += length;
    residue += length;
    endLine();
  };

  for (const record of parts.records) {
    if (record.header) {
      const end = headers.indexOf(LF, headerAt);
      output[at++] = HEADER_MARK;
      output.set(headers.subarray(headerAt, end), at);
      at += end - headerAt;
      headerAt = end + 1;
      endLine();
    }
    for (const [length, repeats] of record.lines ?? regularLines(record.residues, width)) {
      for (let n = 0; n < repeats; n++) line(length);
    }
  }
  return output;
}

function joinResidues({ bases, records, lowerFirst, caseRuns, exceptions }: DnaParts): Uint8Array {
  const residues = new Uint8Array(records.reduce((sum, record) => sum + record.residues, 0));
  let at = 0;
  let base = 0;
  const copyBases = (count: number): void => {
    for (const end = at + count; at < end;) residues[at++] = BASES[bases[base++]];
  };
  for (const { gap, byte, length } of exceptions) {
    copyBases(gap);
    residues.fill(byte, at, at + length);
    at += length;
  }
  copyBases(residues.length - at);

  let lower = lowerFirst;
  let start = 0;
  for (const run of [...caseRuns, Infinity]) {
    const end = Math.min(residues.length, start + run);
    if (lower) for (let i = start; i < end; i++) if (isLetter(residues[i])) residues[i] |= LOWER;
    lower = !lower;
    start = end;
  }
  return residues;
}

export function isLetter(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}
