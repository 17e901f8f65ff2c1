import type { Analysis, PatternNode } from "../../analysis.ts";
import { formatCorrelation, formatCount, formatTimes } from "../numbers.ts";
import { chart } from "./chart.ts";
import { behind, element, escape, htmlTable, paragraph, percent, section } from "./markup.ts";

/** Trees that are drawn; those beyond are in the table. */
const DRAWN = 6;
const ROW_HEIGHT = 24;
const GAP = 8;
/** Rows of the table at most; all are in the JSON. */
const MAXIMUM_ROWS = 300;
/** Shades between which a number on them can be read, on a light page as on a dark one. */
const LIGHTEST = 0.08;
const DARKEST = 0.6;
/** Share of the width that a piece needs for a number. */
const NUMBER_WIDTH = 0.08;

/** The pattern trees: each block with the fine patterns that occur first in it, and the micro ones in those. */
export function treeSection({ tree }: Analysis): string {
  if (tree.length === 0) return section("tree", "Pattern tree", [paragraph("No pattern repeats.")]);
  const most = Math.max(...tree.map(largestCount));
  const rows = tree.flatMap((root) => rowsOf(root, 0));
  const pictures = tree.slice(0, DRAWN).map((root) => `<figure>${captionOf(root)}${draw(root, most)}</figure>`);
  return section("tree", "Pattern tree", [
    paragraph(
      "Blocks, the fine patterns that occur first in them, and the micro patterns that occur first in those, each where " +
        "it lies in its block. The stronger the colour, the more often it occurs in the file.",
    ),
    `<div class="trees">${pictures.join("\n")}</div>`,
    behind(
      htmlTable(
        rows.length > MAXIMUM_ROWS
          ? `The first ${formatCount(MAXIMUM_ROWS)} of ${formatCount(rows.length)} patterns that repeat, by tree`
          : "Patterns that repeat, by tree",
        [
          { title: "pattern", align: "left" },
          { title: "level", align: "left" },
          { title: "first at byte", align: "right" },
          { title: "times", align: "right" },
          { title: "times in its parent", align: "right" },
          { title: "correlation with it", align: "right" },
        ],
        rows.slice(0, MAXIMUM_ROWS),
      ),
    ),
  ]);
}

function captionOf({ signature, count, offset }: PatternNode): string {
  return `<figcaption><code>${escape(signature)}</code> × ${formatCount(count)}, first at byte ${formatCount(offset)}</figcaption>`;
}

function largestCount({ count, children }: PatternNode): number {
  return children.reduce((most, child) => Math.max(most, largestCount(child)), count);
}

/** Levels that have patterns in this tree. */
function depthOf({ children }: PatternNode): number {
  return 1 + Math.max(0, ...children.map(depthOf));
}

function draw(root: PatternNode, most: number): string {
  return chart({
    label:
      `The block ${root.signature}, which occurs ${formatTimes(root.count)}, with ` +
      `${formatCount(root.children.length)} fine patterns in it`,
    height: depthOf(root) * (ROW_HEIGHT + GAP) - GAP,
    content: drawNode(root, root, 0, most),
  });
}

/** A node over its children, each where it lies in the root. */
function drawNode(node: PatternNode, root: PatternNode, depth: number, most: number): string {
  const { level, signature, count, offset, size, children, correlation } = node;
  const x = (offset - root.offset) / root.size;
  const width = size / root.size;
  const y = depth * (ROW_HEIGHT + GAP);
  const shade = most === 1 ? LIGHTEST : LIGHTEST + ((DARKEST - LIGHTEST) * Math.log(count)) / Math.log(most);
  const title =
    `${level} ${signature}: ${formatTimes(count)}, first at byte ${formatCount(offset)}` +
    (correlation === null ? "" : `, correlation with its parent ${formatCorrelation(correlation)}`);
  const box = element(
    "rect",
    {
      class: `node fill-${level}`,
      x: percent(x),
      width: percent(width),
      y,
      height: ROW_HEIGHT,
      "fill-opacity": shade,
    },
    element("title", {}, escape(title)),
  );
  const number = `×${formatCount(count)}`;
  const text =
    width >= NUMBER_WIDTH && number.length <= 5
      ? element(
          "text",
          {
            class: "value",
            x: percent(x + width / 2),
            y: y + ROW_HEIGHT - 8,
            "text-anchor": "middle",
          },
          number,
        )
      : "";
  const stem =
    children.length === 0
      ? ""
      : children
          .map((child) => {
            const at = percent((child.offset - root.offset + child.size / 2) / root.size);
            return element("line", { class: "stem", x1: at, x2: at, y1: y + ROW_HEIGHT, y2: y + ROW_HEIGHT + GAP });
          })
          .join("");
  return box + text + stem + children.map((child) => drawNode(child, root, depth + 1, most)).join("");
}

/** Rows of those that repeat, indented by level. */
function rowsOf(node: PatternNode, depth: number, where = ""): string[][] {
  const { level, signature, count, offset, multiplicity, correlation, children, around } = node;
  const below = [
    ...children.flatMap((child) => rowsOf(child, depth + 1)),
    ...around.flatMap((child) => rowsOf(child, depth + 1, ", around it")),
  ];
  if (count < 2 && below.length === 0) return [];
  return [
    [
      `${"&#8195;".repeat(depth)}<code>${escape(signature)}</code>`,
      level + where,
      formatCount(offset),
      formatCount(count),
      depth === 0 ? "–" : formatCount(multiplicity),
      correlation === null ? "–" : formatCorrelation(correlation),
    ],
    ...below,
  ];
}
