import { formatBytes, formatCount, formatFigure, formatShare } from "../numbers.ts";
import type { Report } from "../report.ts";
import { claimSentences, sizeRows, type SizeRow } from "../sizes.ts";
import { element, escape, htmlTable, paragraph, percent, section } from "./markup.ts";

/** The figures that matter, foremost. */
export function keyFigures(report: Report): string {
  const { analysis } = report;
  const { size } = analysis;
  const rows = sizeRows(report);
  const cards = [card("Original", formatBytes(size), `${formatCount(size)} bytes`, "")];
  for (const group of ["pith", "weights"] as const) {
    const row = rows.find((candidate) => candidate.group === group);
    if (row !== undefined) {
      const name = group === "pith" ? `${row.label} reaches` : "Its tensors, order 0 by field";
      cards.push(card(name, formatBytes(row.size), size === 0 ? "–" : `${formatShare(row.size / size)} of it`, "good"));
    }
  }
  const [order0] = analysis.statistics.entropy;
  cards.push(card("Entropy of a byte", `${order0.bitsPerByte.toFixed(2)} bits`, "order 0, of 8", ""));
  cards.push(card("The paper’s ratio", claimSentences(analysis).figure, "no size: cannot be undone", "claimed"));
  return `<ul class="cards">${cards.join("")}</ul>`;
}

function card(name: string, value: string, note: string, style: string): string {
  return (
    `<li class="card ${style}"><span class="name">${escape(name)}</span>` +
    `<strong>${escape(value)}</strong><span class="note">${escape(note)}</span></li>`
  );
}

/** All sizes as bars, which are a table at the same time. */
export function sizesSection(report: Report): string {
  const { size } = report.analysis;
  const rows = sizeRows(report);
  const longest = Math.max(...rows.map((row) => row.size), 1);
  const notes = [...new Set(rows.map(({ note }) => note))].filter((note) => note !== "");
  const mark = ({ note }: SizeRow): string => (note === "" ? "" : ` <sup>${notes.indexOf(note) + 1}</sup>`);
  return section("sizes", "What it comes to", [
    paragraph("Sizes from which the file can be restored, to the bit."),
    htmlTable(
      "Sizes",
      [
        { title: "way", align: "left" },
        { title: "bytes", align: "right" },
        { title: "share", align: "right" },
        { title: "of the original", align: "left" },
      ],
      rows.map((row) => [
        escape(row.label) + mark(row),
        formatCount(row.size) + (row.standardError < 0.5 ? "" : `<small>± ${formatFigure(row.standardError)}</small>`),
        size === 0 ? "–" : formatShare(row.size / size),
        bar(row, size, longest),
      ]),
    ),
    ...(notes.length === 0
      ? []
      : [`<ol class="notes">${notes.map((note) => `<li>${escape(note)}</li>`).join("")}</ol>`]),
    paragraph(
      "Order k is an adaptive coder that looks at the k bytes before, and starts out knowing nothing. Models that look " +
        "at more, as Pith’s do, go below it.",
    ),
  ]);
}

/** A bar, with a line where the original ends. */
function bar({ group, size, label }: SizeRow, original: number, longest: number): string {
  return element(
    "svg",
    { class: "bar", role: "img", "aria-label": `${label}: ${formatBytes(size)}`, width: "100%", height: 14 },
    element("rect", { class: `bar-${group}`, width: percent(size / longest), y: 1, height: 12, rx: 2 }) +
      (longest > original
        ? element("line", {
            class: "limit",
            x1: percent(original / longest),
            x2: percent(original / longest),
            y1: 0,
            y2: 14,
          })
        : ""),
  );
}

/** The paper's figure under its own name. */
export function claimSection({ analysis }: Report): string {
  const { figure, formula, reason } = claimSentences(analysis);
  const { representation, tableRatio } = analysis.claimed;
  return section("claim", "What the paper claims", [
    `<div class="claim"><p><strong>${escape(figure)}</strong> is the “compression ratio” by the formula of the RSRC paper ` +
      `(section 3.2).</p>`,
    paragraph(`${formula}.`),
    paragraph(reason),
    "</div>",
    htmlTable(
      "What is kept",
      [
        { title: "part", align: "left" },
        { title: "bytes", align: "right" },
      ],
      [
        ["signatures and counts of the recurring patterns", formatCount(representation.signatures)],
        ["statistics", formatCount(representation.statistics)],
        ["links from pattern to parent", formatCount(representation.hierarchy)],
        ["<strong>all that is kept</strong>", formatCount(representation.total)],
      ],
    ),
    paragraph(`For data of this size, Table 4.2 of the paper says ${formatFigure(tableRatio)}×.`),
  ]);
}
