import type { Analysis } from "../../analysis.ts";
import { formatBytes, formatCount, formatShare } from "../numbers.ts";
import type { Report } from "../report.ts";
import { claimSentences, sizeRows, type SizeRow } from "../sizes.ts";
import { bar } from "./bars.ts";
import { wrap } from "./lines.ts";

/** The sizes as bars; what is longer than the original ends in an arrow. */
export function sizeLines(report: Report, width: number): string[] {
  const { size } = report.analysis;
  const rows = sizeRows(report);
  const labels = rows.map(({ label }) => label);
  const figures = rows.map((row) => figureOf(row));
  const shares = rows.map((row) => (size === 0 ? "–" : formatShare(row.size / size)));
  const widths = [labels, figures, shares].map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const barWidth = width - widths.reduce((sum, each) => sum + each + 2, 0);
  return rows.flatMap((row, i) => {
    const share = size === 0 ? 0 : row.size / size;
    const note = row.note === "" ? [] : wrap(`(${row.note})`, width, 2);
    if (barWidth < -2) return [labels[i], `  ${figures[i]}, ${shares[i]}`, ...note];
    const cells = [labels[i].padEnd(widths[0]), figures[i].padStart(widths[1]), shares[i].padStart(widths[2])];
    if (barWidth >= 8) cells.push(bar(share, barWidth - 1) + (share > 1 ? "▸" : ""));
    return [cells.join("  ").trimEnd(), ...note];
  });
}

function figureOf({ size, standardError }: SizeRow): string {
  return standardError < 0.5 ? formatCount(size) : `${formatCount(size)} ± ${formatBytes(standardError)}`;
}

/** The paper's ratio under its own name. */
export function claimLines(analysis: Analysis, width: number): string[] {
  const { figure, formula, reason } = claimSentences(analysis);
  return [
    ...wrap(`Ratio by the paper's formula (RSRC, section 3.2): ${figure}`, width),
    ...wrap(formula, width, 2),
    ...wrap(reason, width),
  ];
}
