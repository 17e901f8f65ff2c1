/** The thesis's figures, of one's own statistics. */

import type { Counts } from "../counting/counts.ts";
import type { SwapState } from "../pairing/swap-search.ts";
import { differenceByDistance, neighboursOf } from "../tables/measures.ts";
import { barChart } from "./bar-chart.ts";
import { stepChart } from "./step-chart.ts";

/** Characters as they can be shown: the space as ␠. */
export function showCharacter(character: string): string {
  if (character === " ") return "␠";
  return character < "!" || character > "~" ? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}` : character;
}

/** Difference to the average entropy by distance (Figure 3), as SVG. */
export function differenceFigure(counts: Counts): string {
  const bars = differenceByDistance(counts).map(({ distance, value }) => ({
    label: signed(distance),
    value,
    tip: `${signed(distance)}: ${value.toExponential(2)}`,
  }));
  return barChart(
    "Difference to the average, by distance",
    "mean of (p(neighbour | character, distance) − p(neighbour))² over all characters and neighbours",
    [{ title: "", bars }],
  );
}

/** What stands around a character (Figures 4 to 7), a panel for each distance, as SVG. */
export function neighboursFigure(counts: Counts, character: string): string {
  const panels = neighboursOf(counts, character).map(({ distance, neighbours }) => ({
    title: `distance ${signed(distance)}`,
    bars: Array.from(counts.alphabet).map((each) => {
      const { probability } = neighbours.find((neighbour) => neighbour.character === each) ?? { probability: 0 };
      const name = showCharacter(each);
      return { label: name, value: probability, tip: `${name} ${(100 * probability).toFixed(2)} %` };
    }),
  }));
  return barChart(
    `Neighbours of ${showCharacter(character)}`,
    "probability of each character at each distance; below 0 is before",
    panels,
  );
}

/** The accuracy of searches as they went on (Figure 11), as SVG. */
export function searchFigure(searches: readonly SwapState[]): string {
  const lines = searches.map(({ swapSize, curve, steps }) => ({
    name: `${swapSize} pairs at a time`,
    points: curve.map(({ step, accuracy }) => ({ step, value: accuracy })),
    end: steps,
  }));
  const format = (accuracy: number): string => `${(100 * accuracy).toFixed(2)} %`;
  return stepChart("Search for pairs by swapping", "right characters among all of the text", "steps", lines, format);
}

function signed(distance: number): string {
  return distance > 0 ? `+${distance}` : `−${-distance}`;
}
