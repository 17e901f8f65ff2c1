/** Three bars a stream, one a coder. */
import { linearTicks } from "../../report/scale.ts";
import { scaleFromZero } from "../axes.ts";
import { MARGIN, bar, drawing, legend, line, text, type Series } from "../drawing.ts";
import type { CoderName, DictionaryRun } from "./results.ts";

const WIDTH = 860;
const LEFT = 340;
const TOP = 66;
const LINE = 40;
const BAR = 10;

const BARS: readonly (readonly [Series, CoderName])[] = [
  ["paper", "order 0"],
  ["second", "xz -9e"],
  ["first", "brotli -q 11"],
];

export function toPicture({ file, characters, rows }: DictionaryRun): string {
  const right = WIDTH - MARGIN;
  const bottom = TOP + rows.length * LINE;
  const bits = (size: number): number => (size * 8) / characters;
  const x = scaleFromZero(
    rows.flatMap(({ sizes }) => Object.values(sizes).map(bits)),
    LEFT,
    right,
  );
  return drawing({
    width: WIDTH,
    height: bottom + 44,
    title: `What coders make of ${file} and of its ranks`,
    note: "bits per character; shorter is smaller",
    label: rows
      .map(
        ({ stream, sizes }) =>
          `${stream}: ${BARS.map(([, coder]) => `${coder} ${shown(sizes[coder], bits)}`).join(", ")}`,
      )
      .join("; "),
    parts: [
      ...legend(right, 28, BARS),
      ...linearTicks(x).flatMap(({ value, position }) => [
        line(position, TOP, position, bottom),
        text(position, bottom + 20, "tick", String(value), "middle"),
      ]),
      ...rows.flatMap(({ stream, sizes }, i) => {
        const top = TOP + i * LINE + (LINE - BARS.length * BAR) / 2;
        return [
          text(LEFT - 12, TOP + (i + 0.5) * LINE + 4, "small", stream, "end"),
          ...BARS.flatMap(([style, coder], n) => {
            const size = sizes[coder];
            if (size === undefined) return [];
            const tip = `${stream}, ${coder}: ${bits(size).toFixed(3)}`;
            return [bar(LEFT, top + n * BAR, x.at(bits(size)) - LEFT, BAR - 1, style, tip)];
          }),
        ];
      }),
    ],
  });
}

function shown(size: number | undefined, bits: (size: number) => number): string {
  return size === undefined ? "not there" : bits(size).toFixed(2);
}
