/** A model in several forms, as a Markdown page. */
import type { Where } from "../measure/where.ts";
import { thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";

/** Sizes in bytes. */
interface FormRow {
  readonly form: string;
  readonly bytes: number;
  /** Under codes of order 0, field by field. */
  readonly orderZero: number;
  /** By level, as they stand in the results. */
  readonly coded: readonly number[];
  /** Of programs, as they stand in the results; absent where one is not installed. */
  readonly peers: readonly (number | undefined)[];
}

export interface FormsResults extends Where {
  readonly format: 1;
  readonly file: string;
  readonly levels: readonly number[];
  readonly peers: readonly string[];
  readonly rows: readonly FormRow[];
}

export function toPage({ date, processor, node, file, levels, peers, rows }: FormsResults): string {
  const share = (part: number | undefined, whole: number): string =>
    part === undefined ? "–" : ((100 * part) / whole).toFixed(2);
  return `${[
    "# Weights in several forms",
    `A trained model, ${file}, as it is, rounded to floats of two bytes, and quantised as GGUF has it: by the reference code of ggml, ` +
      "but that of K-quants the scales are those of the extremes, where ggml looks around them for a smaller error. Matrices alone " +
      "are quantised, as programs for such files do it. Every file came back bit for bit. " +
      `${date.slice(0, 10)}, ${processor}, Node ${node}.`,
    repeating("weights-forms FILE", "the model"),
    "Percent of the form's own size. Order 0: of floats sign, exponent and mantissa of each tensor under adaptive codes, the best of " +
      "the analyzer's models; of blocks the entropy of the bytes of each of their fields, without the header.",
    table(
      ["form", "bytes", "order 0", ...levels.map((level) => `level ${level}`), ...peers],
      rows.map(({ form, bytes, orderZero, coded, peers: others }) => [
        form,
        thousands(bytes),
        ...[orderZero, ...coded, ...others].map((size) => share(size, bytes)),
      ]),
    ),
  ].join("\n\n")}\n`;
}
