import type { Analysis } from "../../analysis.ts";
import { formatBits, formatBytes, formatCount, formatFigure } from "../numbers.ts";
import { fileTicks, mean, placeOf, stretches } from "./along.ts";
import { areaPath, chart, stretchedPath } from "./chart.ts";
import { behind, htmlTable, paragraph, section } from "./markup.ts";

const HEIGHT = 150;
const BYTES_HEIGHT = 90;

/** Entropies of the orders, along the file, and the byte values. */
export function entropySection(analysis: Analysis): string {
  const { entropy, profile } = analysis.statistics;
  const { entropy: sizes } = analysis.achievable;
  const orders = htmlTable(
    "Entropy by order",
    [
      { title: "bytes known before it", align: "left" },
      { title: "bits per byte", align: "right" },
      { title: "± (one deviation)", align: "right" },
      { title: "too low by about", align: "right" },
      { title: "as a size", align: "right" },
    ],
    entropy.map(({ order, bitsPerByte, standardError, exact, shortfall }) => [
      String(order),
      formatBits(bitsPerByte),
      exact ? "exact" : formatFigure(standardError),
      shortfall < 0.0005 ? "–" : formatFigure(shortfall),
      formatBytes(sizes[order].size),
    ]),
  );
  return section("entropy", "Entropy", [
    orders,
    paragraph(
      "“Too low by” is what a figure owes to there being more contexts than data: a high order of a short file looks " +
        "predictable, and is not. The sizes would be those of a coder that knew all frequencies beforehand, for nothing.",
    ),
    ...(profile.bitsPerByte.length === 0 ? [] : along(analysis)),
    byteValues(analysis),
  ]);
}

function along(analysis: Analysis): string[] {
  const { bitsPerByte, cellSize } = analysis.statistics.profile;
  const least = bitsPerByte.reduce((low, bits) => Math.min(low, bits), 8);
  const most = bitsPerByte.reduce((high, bits) => Math.max(high, bits), 0);
  const picture = chart({
    label: `Entropy of order 0 along the file: from ${formatBits(least)} to ${formatBits(most)} bits per byte`,
    height: HEIGHT,
    content: stretchedPath("area", areaPath(bitsPerByte.map((bits) => bits / 8))),
    xTicks: fileTicks(analysis.size),
    yTicks: [0, 2, 4, 6, 8].map((bits) => ({ at: bits / 8, label: bits === 8 ? "8 bits per byte" : String(bits) })),
  });
  const rows = stretches(bitsPerByte.length).map((stretch) => [
    placeOf(stretch, cellSize, analysis),
    formatBits(mean(bitsPerByte.slice(stretch.start, stretch.end))),
  ]);
  const table = htmlTable(
    "Entropy of order 0 along the file",
    [
      { title: "place", align: "left" },
      { title: "bits per byte", align: "right" },
    ],
    rows,
  );
  return ["<h3>Along the file</h3>", picture, behind(table)];
}

function byteValues({ statistics, size }: Analysis): string {
  const { byteCounts } = statistics;
  const most = byteCounts.reduce((high, count) => Math.max(high, count), 1);
  const present = byteCounts.flatMap((count, value) => (count > 0 ? [{ value, count }] : []));
  const picture = chart({
    label: `How often each byte value occurs: ${present.length} of 256 values do`,
    height: BYTES_HEIGHT,
    // Square roots: a value that is a hundredth as frequent is still a tenth as high.
    content: stretchedPath("area", areaPath(byteCounts.map((count) => Math.sqrt(count / most)))),
    xTicks: [0, 64, 128, 192, 255].map((value) => ({ at: (value + 0.5) / 256, label: hexadecimal(value) })),
    xTitle: "byte value; heights are square roots",
  });
  const frequent = [...present].sort((a, b) => b.count - a.count).slice(0, 32);
  const table = htmlTable(
    "The most frequent byte values",
    [
      { title: "value", align: "left" },
      { title: "times", align: "right" },
      { title: "share", align: "right" },
    ],
    frequent.map(({ value, count }) => [
      hexadecimal(value),
      formatCount(count),
      `${formatFigure((100 * count) / size)} %`,
    ]),
  );
  return `<h3>Byte values</h3>\n${picture}\n${behind(table)}`;
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(2, "0")}`;
}
