/** Two bars a rank: by the network, and by frequency alone. */
import { linearTicks } from "../../report/scale.ts";
import { scaleFromZero } from "../axes.ts";
import { MARGIN, bar, drawing, legend, line, text } from "../drawing.ts";
import { firstFive, type Figure3Results } from "./results.ts";

const WIDTH = 760;
const HEIGHT = 400;
const LEFT = 64;
const TOP = 66;
const BOTTOM = HEIGHT - 52;
const BARS = 20;

export function toPicture({ file, method, ranks, symbols }: Figure3Results): string {
  const total = ranks.reduce((sum, count) => sum + count, 0);
  const right = WIDTH - MARGIN;
  const shares = (counts: readonly number[]): number[] => counts.slice(0, BARS).map((count) => (100 * count) / total);
  const [ofRanks, ofSymbols] = [shares(ranks), shares(symbols)];
  const y = scaleFromZero([...ofRanks, ...ofSymbols], BOTTOM, TOP);
  const step = (right - LEFT) / ofRanks.length;
  const width = Math.min(24, step * 0.38);
  return drawing({
    width: WIDTH,
    height: HEIGHT,
    title: `Ranks of the symbols of ${file}, ${method}`,
    note: `% of all symbols; the first five ranks have ${(100 * firstFive(ranks)).toFixed(1)} %`,
    label: `Share of each rank: ${ofRanks.map((share, rank) => `${rank}: ${share.toFixed(1)} %`).join(", ")}.`,
    parts: [
      ...legend(right, 28, [
        ["first", "by the network"],
        ["paper", "by frequency"],
      ]),
      ...linearTicks(y).flatMap(({ value, position }) => [
        line(LEFT, position, right, position),
        text(LEFT - 8, position + 4, "tick", String(value), "end"),
      ]),
      ...ofRanks.flatMap((share, rank) => {
        const middle = LEFT + (rank + 0.5) * step;
        const draw = (at: number, value: number, style: "first" | "paper", what: string): string =>
          bar(at, y.at(value), width, BOTTOM - y.at(value), style, `rank ${rank}, ${what}: ${value.toFixed(2)} %`);
        return [
          draw(middle - width, share, "first", "by the network"),
          draw(middle, ofSymbols[rank], "paper", "by frequency"),
          text(middle, BOTTOM + 18, "tick", String(rank), "middle"),
        ];
      }),
      text(right, BOTTOM + 40, "note", "symbols thought likelier than the one that came", "end"),
    ],
  });
}
