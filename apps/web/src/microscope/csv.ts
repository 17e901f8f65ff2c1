/** What was measured, as a table for other programs. */
import { characterAt, codePoint, hexOf } from "../shared/characters.ts";
import { csvOf } from "../shared/csv.ts";
import type { Measurement } from "./measurement.ts";

const COLUMNS = ["place", "character", "code", "bits", "probability", "rank"] as const;

/** A line for each character that is measured. */
export function csvOfMeasurement(measurement: Measurement): string {
  return csvOf(COLUMNS, rowsOf(measurement));
}

function* rowsOf({ characters, costs, characterRanks, done }: Measurement): Generator<readonly (string | number)[]> {
  for (let i = 0; i < done; i++) {
    const character = characterAt(characters, i);
    const code = characters.isBytes
      ? hexOf(characters.bytes[i])
      : Array.from(character, (part) => codePoint(part.codePointAt(0) ?? 0)).join(" ");
    const probability = (2 ** -costs[i]).toPrecision(4);
    yield [i, character, code, costs[i].toFixed(4), probability, characterRanks[i]];
  }
}
