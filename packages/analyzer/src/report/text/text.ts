import { claimLines, sizeLines } from "./sizes.ts";
import { mapLines, runLines } from "./repeats.ts";
import { levelLines, metaLines, treeLines } from "./patterns.ts";
import { safetensorsLines } from "./safetensors.ts";
import { autocorrelationLines, entropyLines } from "./statistics.ts";
import { heading, printable, wrap } from "./lines.ts";
import { formatBytes, formatCount } from "../numbers.ts";
import type { Report } from "../report.ts";

/** How to write a report as text. */
export interface TextOptions {
  /** Characters a line, at least 40; default 80. */
  readonly width?: number | undefined;
  /** Whether to show all of each list: trees, tensors, peaks; default false: the foremost. */
  readonly full?: boolean | undefined;
}

const MINIMUM_WIDTH = 40;
const DEFAULT_WIDTH = 80;

/** The report for a terminal. */
export function renderText(report: Report, { width = DEFAULT_WIDTH, full = false }: TextOptions = {}): string {
  const columns = Math.max(MINIMUM_WIDTH, Math.floor(width));
  const { analysis, safetensors } = report;
  const { size, parameters } = analysis;
  const lines = [
    ...wrap(
      `${printable(report.name)}: ${formatBytes(size)}${size < 1000 ? "" : ` (${formatCount(size)} bytes)`}, ` +
        `blocks of ${formatCount(parameters.blockSize)} bytes, signature ${parameters.signature}`,
      columns,
    ),
    ...heading("What it comes to", columns),
    ...sizeLines(report, columns),
    ...heading("What the paper claims", columns),
    ...claimLines(analysis, columns),
    ...(safetensors === null ? [] : [...heading("Tensors", columns), ...safetensorsLines(safetensors, columns, full)]),
    ...heading("Patterns (levels 1 to 3)", columns),
    ...levelLines(analysis, columns),
    ...heading("Where they repeat", columns),
    ...mapLines(analysis, columns),
    ...runLines(analysis, columns),
    ...treeLines(analysis, columns, full),
    ...heading("Statistics (level 4)", columns),
    ...entropyLines(analysis, columns),
    ...autocorrelationLines(analysis, columns, full),
    ...heading("Levels against each other (level 5)", columns),
    ...metaLines(analysis, columns),
    ...(analysis.notes.length === 0 ? [] : heading("Notes", columns)),
    ...analysis.notes.flatMap((note) => bullet(note, columns)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function bullet(text: string, width: number): string[] {
  return wrap(text, width, 2).map((line, i) => (i === 0 ? `- ${line.slice(2)}` : line));
}
