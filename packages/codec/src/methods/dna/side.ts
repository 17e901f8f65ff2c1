import { BinaryDecoder, BinaryEncoder } from "@pith/entropy";
import { PithError } from "@pith/core";
import { decoding, encoding } from "../../adaptive/bit-coder.ts";
import { NumberModel } from "../../adaptive/numbers.ts";
import { mostNumbers, type DnaParts, type DnaRecord, type ExceptionRun } from "./parts.ts";

/** The parts of a file that are neither bases nor headers nor flags. */
export type DnaSide = Pick<DnaParts, "width" | "records" | "caseRuns" | "exceptions">;

/** One model for each series of numbers. */
class SideModels {
  readonly counts = new NumberModel();
  readonly residues = new NumberModel();
  readonly lengths = new NumberModel();
  readonly repeats = new NumberModel();
  readonly upperRuns = new NumberModel();
  readonly lowerRuns = new NumberModel();
  readonly gaps = new NumberModel();
  readonly bytes = new NumberModel();
  readonly exceptionRuns = new NumberModel();
}

export function encodeSide({ width, records, caseRuns, exceptions }: DnaSide): Uint8Array {
  const encoder = new BinaryEncoder();
  const coder = encoding(encoder);
  const models = new SideModels();
  models.counts.code(coder, records.length);
  models.lengths.code(coder, width);
  if (records.length > 0) models.counts.code(coder, records[0].header ? 1 : 0);
  for (const { residues, lines = [] } of records) {
    models.residues.code(coder, residues);
    models.counts.code(coder, lines.length);
    for (const [length, repeats] of lines) {
      models.lengths.code(coder, length);
      models.repeats.code(coder, repeats);
    }
  }
  models.counts.code(coder, caseRuns.length);
  caseRuns.forEach((run, i) => (i % 2 === 0 ? models.upperRuns : models.lowerRuns).code(coder, run));
  models.counts.code(coder, exceptions.length);
  for (const { gap, byte, length } of exceptions) {
    models.gaps.code(coder, gap);
    models.bytes.code(coder, byte);
    models.exceptionRuns.code(coder, length);
  }
  return encoder.finish();
}

/**
 * Undoes {@link encodeSide}.
 *
 * @param length bytes of the whole file: what the parts say must not go beyond it
 * @param offset where the bytes lie in the file, for errors
 * @throws PithError `truncated`, `trailing-data`, or `invalid-field` where the parts make more than `length` bytes
 */
export function decodeSide(bytes: Uint8Array, length: number, offset: number): DnaSide {
  const decoder = new BinaryDecoder(bytes, offset);
  const coder = decoding(decoder);
  const models = new SideModels();
  let numbersLeft = mostNumbers(length);

  const limited = (name: string, model: NumberModel, most: number): number => {
    const value = model.code(coder, 0);
    if (value > most) throw new PithError("invalid-field", name, { offset, expected: `at most ${most}`, got: value });
    return value;
  };
  const count = (name: string, numbersEach: number): number => {
    const value = limited(name, models.counts, Math.floor(numbersLeft / numbersEach));
    numbersLeft -= value * numbersEach;
    return value;
  };

  const recordCount = count("records", 1);
  const width = limited("residues of a line", models.lengths, length);
  const firstHasHeader = recordCount > 0 && limited("headers of the first record", models.counts, 1) === 1;
  const records: DnaRecord[] = [];
  let residuesLeft = length;
  for (let i = 0; i < recordCount; i++) {
    const residues = limited("residues", models.residues, residuesLeft);
    residuesLeft -= residues;
    const runs = count("runs of lines", 2);
    const header = i > 0 || firstHasHeader;
    if (runs === 0) {
      records.push({ header, residues });
      continue;
    }
    const lines: [number, number][] = [];
    let left = residues;
    for (let n = 0; n < runs; n++) {
      const lineLength = limited("residues of a line", models.lengths, left);
      const repeats = limited("lines", models.repeats, lineLength === 0 ? length : Math.floor(left / lineLength));
      left -= lineLength * repeats;
      lines.push([lineLength, repeats]);
    }
    if (left > 0) {
      throw new PithError("invalid-field", "the lines of a record lack residues", {
        offset,
        expected: residues,
        got: residues - left,
      });
    }
    records.push({ header, residues, lines });
  }

  const residues = length - residuesLeft;
  const caseRuns: number[] = [];
  let casesLeft = residues;
  for (let i = count("changes of case", 1); i > 0; i--) {
    const model = caseRuns.length % 2 === 0 ? models.upperRuns : models.lowerRuns;
    const run = limited("residues of one case", model, casesLeft);
    casesLeft -= run;
    caseRuns.push(run);
  }

  const exceptions: ExceptionRun[] = [];
  let basesLeft = residues;
  for (let i = count("runs of exceptions", 3); i > 0; i--) {
    const gap = limited("bases before an exception", models.gaps, basesLeft);
    basesLeft -= gap;
    const byte = limited("an exception", models.bytes, 255);
    const run = limited("an exception's run", models.exceptionRuns, basesLeft);
    basesLeft -= run;
    exceptions.push({ gap, byte, length: run });
  }

  decoder.checkEnd();
  return { width, records, caseRuns, exceptions };
}
