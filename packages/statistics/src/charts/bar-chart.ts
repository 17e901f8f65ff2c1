/** Pictures of bars: differences by distance, neighbours of a character (thesis, Figures 3 to 7). */

import { bar, gridLine, label, picture } from "./svg.ts";

/** Bars side by side. */
export interface BarPanel {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly tip: string }[];
}

const WIDTH = 760;
const MARGIN = 24;
const TOP = 64;
const PANEL = 150;
const GAP = 50;

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
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, bars.length);
  const width = Math.min(40, step * 0.8);
  return [
    ...(title === "" ? [] : [label(WIDTH - MARGIN, top + 4, "note", title, "end")]),
    gridLine(MARGIN, bottom, WIDTH - MARGIN, bottom),
    ...bars.flatMap(({ label: text, value, tip }, i) => {
      const middle = MARGIN + (i + 0.5) * step;
      const length = largest > 0 ? (value / largest) * (PANEL - 16) : 0;
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
