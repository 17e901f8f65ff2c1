/** Two bars a method: compression and decompression. The longest may be a hundred times the shortest: logarithmic. */
import { logarithmicScale, logarithmicTicks } from "../../report/scale.ts";
import { MARGIN, bar, drawing, legend, line, text } from "../drawing.ts";
import { METHODS } from "../methods.ts";
import type { Figure4Results } from "./results.ts";

const WIDTH = 760;
const LEFT = 240;
const TOP = 66;
const LINE = 34;
const BAR = 12;

export function toPicture({ rows }: Figure4Results): string {
  const found = METHODS.flatMap(({ id, name }) => {
    const row = rows.find(({ method }) => method === id);
    return row === undefined ? [] : [{ name, ...row }];
  });
  const right = WIDTH - MARGIN;
  const bottom = TOP + found.length * LINE;
  const x = logarithmicScale(
    found.flatMap(({ compress, decompress }) => [compress, decompress]),
    LEFT,
    right,
  );
  return drawing({
    width: WIDTH,
    height: bottom + 44,
    title: "Seconds to compress and to decompress",
    note: "processor time, logarithmic",
    label: found
      .map(({ name, compress, decompress }) => `${name}: ${compress.toFixed(1)} s and ${decompress.toFixed(1)} s`)
      .join("; "),
    parts: [
      ...legend(right, 28, [
        ["first", "compress"],
        ["second", "decompress"],
      ]),
      ...logarithmicTicks(x).flatMap(({ value, position }) => [
        line(position, TOP, position, bottom),
        text(position, bottom + 20, "tick", String(value), "middle"),
      ]),
      ...found.flatMap(({ name, compress, decompress }, i) => {
        const middle = TOP + (i + 0.5) * LINE;
        return [
          text(LEFT - 12, middle + 4, "name", name, "end"),
          bar(LEFT, middle - BAR, x.at(compress) - LEFT, BAR, "first", `${name}, compress: ${compress.toFixed(1)} s`),
          bar(LEFT, middle, x.at(decompress) - LEFT, BAR, "second", `${name}, decompress: ${decompress.toFixed(1)} s`),
        ];
      }),
    ],
  });
}
