/** What predicting a byte takes as a Markdown page. */
import { median } from "../measure/statistics.ts";
import { figure, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import { CALLS, type PredictorsResults } from "./results.ts";

export function toPage({ date, processor, node, file, before, length, rows }: PredictorsResults): string {
  const rounds = rows.at(0)?.seconds.update.length ?? 0;
  return `${[
    "# Predicting a byte",
    "Context-mixing models as predictors of bytes: `predict` gives the probabilities of all 256, `place` the six likeliest and the " +
      "place of the one that comes, `update` learns it, which is what coding it takes as well. On " +
      `${thousands(length)} bytes of ${file} behind ${thousands(before)} that were learnt before. ${date.slice(0, 10)}, ${processor}, ` +
      `Node ${node}; processor time, medians of ${rounds} rounds after one that does not count.`,
    repeating(`predictors FILE --first ${length} --before ${before}`, "the file"),
    "## Microseconds a byte",
    table(
      ["model", ...CALLS, "place ÷ predict"],
      rows.map(({ model, seconds }) => {
        const [predict, place, update] = CALLS.map((call) => (1e6 * median(seconds[call])) / length);
        return [model, figure(predict), figure(place), figure(update), figure(place / predict)];
      }),
    ),
  ].join("\n\n")}\n`;
}
