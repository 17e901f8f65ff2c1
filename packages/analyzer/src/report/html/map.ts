import { LEVEL_NAMES, type Analysis } from "../../analysis.ts";
import { formatBytes, formatCount, formatShare, formatTimes } from "../numbers.ts";
import { fileTicks, mean, placeOf, stretches } from "./along.ts";
import { chart, shades, stretchedPath } from "./chart.ts";
import { behind, element, escape, htmlTable, paragraph, section } from "./markup.ts";

const ARCS_HEIGHT = 110;
const LABEL_HEIGHT = 18;
const STRIP_HEIGHT = 20;

/** Where patterns repeat: arcs between the places of blocks, and shades along the file. */
export function mapSection(analysis: Analysis): string {
  const { map, levels } = analysis;
  if (map.coarse.length === 0) {
    return section("map", "Where patterns repeat", [paragraph("The file has no whole block.")]);
  }
  const arcs = arcsOf(analysis);
  const top = arcs === "" ? 0 : ARCS_HEIGHT;
  const strips = LEVEL_NAMES.map((name, i) => {
    const y = top + i * (LABEL_HEIGHT + STRIP_HEIGHT) + LABEL_HEIGHT;
    const text = `${name}, ${formatCount(levels[i].patternSize)} bytes: ${formatShare(repeatShare(levels[i]))} came before`;
    return (
      element("text", { class: "tick", x: 2, y: y - 5 }, escape(text)) +
      element("rect", { class: "ground", y, width: "100%", height: STRIP_HEIGHT }) +
      shades(map[name], `fill-${name}`, y, STRIP_HEIGHT)
    );
  });
  const picture = chart({
    label:
      "Map of the file. " +
      levels
        .map((level) => `Of the ${level.name} patterns ${formatShare(repeatShare(level))} occurred before`)
        .join("; "),
    height: top + 3 * (LABEL_HEIGHT + STRIP_HEIGHT),
    content: (arcs === "" ? "" : element("svg", { width: "100%", height: ARCS_HEIGHT }, arcs)) + strips.join(""),
    xTicks: fileTicks(analysis.size),
  });
  const rows = stretches(map.coarse.length).map((stretch) => [
    placeOf(stretch, map.cellSize, analysis),
    ...LEVEL_NAMES.map((name) => formatShare(mean(map[name].slice(stretch.start, stretch.end)))),
  ]);
  return section("map", "Where patterns repeat", [
    paragraph(
      "The stronger the colour of a place, the more of its pieces occurred before it" +
        (arcs === "" ? ". No block occurs twice." : "; arcs join the first places of the blocks that recur most."),
    ),
    picture,
    behind(
      htmlTable(
        "Share of pieces that occurred before",
        [{ title: "place", align: "left" }, ...LEVEL_NAMES.map((title) => ({ title, align: "right" }) as const)],
        rows,
      ),
    ),
  ]);
}

function repeatShare({ repeats, total }: Analysis["levels"][number]): number {
  return total === 0 ? 0 : repeats.value / total;
}

/** Arcs between each two places of a block that follow each other; farther ones are higher. */
function arcsOf({ levels, size }: Analysis): string {
  const [coarse] = levels;
  const farthest = coarse.top.reduce(
    (most, { offsets }) => offsets.slice(1).reduce((far, offset, i) => Math.max(far, offset - offsets[i]), most),
    0,
  );
  return coarse.top
    .flatMap(({ offsets, signature, count }) =>
      offsets.slice(1).map((offset, i) => {
        const from = (1000 * (offsets[i] + coarse.patternSize / 2)) / size;
        const to = (1000 * (offset + coarse.patternSize / 2)) / size;
        const height = 960 * Math.sqrt((offset - offsets[i]) / farthest);
        return stretchedPath(
          "arc",
          `M${from.toFixed(1)} 1000A${((to - from) / 2).toFixed(2)} ${height.toFixed(1)} 0 0 1 ${to.toFixed(1)} 1000`,
          `${signature}, ${formatTimes(count)}: ${formatBytes(offsets[i])} and ${formatBytes(offset)}`,
        );
      }),
    )
    .join("");
}
