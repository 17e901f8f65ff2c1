/** Pictures of bars: differences by distance, neighbours of a character (thesis, Figures 3 to 7). */

import { bar, gridLine, label, picture } from "./svg.ts";

/** Bars side by side. */
export interface BarPanel {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly tip: string }[];
}

const WIDTH = 760;
const MARGIN = 24;
/** Where bars begin: the numbers of the axis stand before. */
const LEFT = 72;
const TOP = 64;
const PANEL = 150;
const GAP = 50;

/** Numbers on the axis, at most. */
const MOST_TICKS = 4;

/** Round numbers above 0 up to a value, evenly spaced. */
export function ticksUpTo(largest: number): number[] {
  if (!(largest > 0)) return [];
  const power = Math.floor(Math.log10(largest / MOST_TICKS));
  const steps = [1, 2, 5, 10].map((digit) => digit * 10 ** power);
  const step = steps.find((one) => largest / one < MOST_TICKS + 1) ?? largest;
  return Array.from({ length: Math.floor(largest / step + 1e-9) }, (_, i) => Number(((i + 1) * step).toPrecision(6)));
}

/** A number of the axis: 0.05, 0.0002, 3e-7. */
function tickText(value: number): string {
  return value < 1e-5 ? value.toExponential() : String(value);
}

/**
 * Panels one below the other, all to one scale.
 *
 * @param note below the title: what the bars are
 */
export function barChart(title: string, note: string, panels: readonly BarPanel[]): string {
  const largest = Math.max(0, ...panels.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const height = TOP + panels.length * (PANEL + GAP);
  const parts = panels.flatMap((panel, i) => drawPanel(panel, TOP + i * (PANEL + GAP), largest));
  const description = `${title}: ${note}. ${panels.map(describe).join(" ")}`;
  return picture(WIDTH, height, description, [
    label(MARGIN, 26, "title", title),
    label(MARGIN, 45, "note", note),
    ...parts,
  ]);
}

function drawPanel({ title, bars }: BarPanel, top: number, largest: number): string[] {
  const bottom = top + PANEL;
  const step = (WIDTH - LEFT - MARGIN) / Math.max(1, bars.length);
  const width = Math.min(40, step * 0.8);
  const heightOf = (value: number): number => (largest > 0 ? (value / largest) * (PANEL - 16) : 0);
  return [
    ...(title === "" ? [] : [label(WIDTH - MARGIN, top + 4, "note", title, "end")]),
    ...[0, ...ticksUpTo(largest)].flatMap((value) => [
      gridLine(LEFT, bottom - heightOf(value), WIDTH - MARGIN, bottom - heightOf(value)),
      label(LEFT - 8, bottom - heightOf(value) + 4, "tick", tickText(value), "end"),
    ]),
    ...bars.flatMap(({ label: text, value, tip }, i) => {
      const middle = LEFT + (i + 0.5) * step;
      const length = heightOf(value);
      return [
        bar(middle - width / 2, bottom - length, width, length, tip),
        label(middle, bottom + 17, "tick", text, "middle"),
      ];
    }),
  ];
}

function describe({ title, bars }: BarPanel): string {
  return `${title}: ${bars.map(({ tip }) => tip).join(", ")}.`;
}
