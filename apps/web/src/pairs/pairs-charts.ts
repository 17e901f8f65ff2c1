/** The charts of the letter pairs view. Loaded on demand, with the library that draws them. */
import { axisX, axisY, barY, gridY, plot, ruleX, text } from "@observablehq/plot";
import type { ByDistance, Neighbours } from "@pith/statistics";
import { CHART_STYLE } from "../shared/chart-style.ts";
import { signed, visible } from "./names.ts";
import { NEIGHBOURS_HEIGHT, DIFFERENCES_HEIGHT } from "./chart-sizes.ts";

/** How much the neighbours at each distance say (thesis, Figure 3). */
export function differencesChart(differences: readonly ByDistance[], width: number): Element {
  const thousandths = differences.map(({ distance, value }) => ({ distance: signed(distance), value: 1000 * value }));
  return plot({
    width,
    height: DIFFERENCES_HEIGHT,
    marginTop: 26,
    marginBottom: 40,
    marginLeft: 32,
    marginRight: 8,
    style: CHART_STYLE,
    x: { type: "band", padding: 0.25, domain: thousandths.map(({ distance }) => distance) },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 4 }),
      axisY({ tickSize: 0, ticks: 4, label: "thousandths", labelArrow: "none" }),
      axisX({ tickSize: 0, label: "distance, in characters", labelArrow: "none" }),
      barY(thousandths, { x: "distance", y: "value", fill: "var(--ember)" }),
    ],
  });
}

/** What stands around a character, a panel for each distance (thesis, Figures 4 to 7). */
export function neighboursChart(neighbours: readonly Neighbours[], alphabet: string, width: number): Element {
  const bars = neighbours.flatMap(({ distance, neighbours: likeliest }) =>
    likeliest.map(({ character, probability }) => ({
      distance: signed(distance),
      character: visible(character),
      percent: 100 * probability,
    })),
  );
  const distances = neighbours.map(({ distance }) => signed(distance));
  const characters = Array.from(alphabet, visible);
  return plot({
    width,
    height: NEIGHBOURS_HEIGHT,
    marginLeft: 32,
    marginRight: 34,
    marginTop: 6,
    style: CHART_STYLE,
    x: { type: "band", label: null, padding: 0.2, domain: characters },
    y: { label: null, ticks: 2 },
    fy: { domain: distances, label: null, axis: null, padding: 0.28 },
    marks: [
      gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 2 }),
      axisY({ tickSize: 0, ticks: 2, tickFormat: (percent: number) => `${percent}` }),
      axisX({
        tickSize: 0,
        tickFormat: (character: string, i: number) => (width > 420 || i % 2 === 0 ? character : ""),
      }),
      ruleX([0], { stroke: "none" }),
      barY(bars, { fy: "distance", x: "character", y: "percent", fill: "var(--moss)" }),
      text(distances, {
        fy: (distance: string) => distance,
        text: (distance: string) => distance,
        frameAnchor: "right",
        dx: 30,
        fill: "var(--ink)",
        fontSize: 13,
      }),
    ],
  });
}
