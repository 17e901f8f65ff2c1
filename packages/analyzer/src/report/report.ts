import type { Analysis } from "../analysis.ts";
import type { SafetensorsAnalysis } from "../safetensors/analyzer.ts";

/** All that a report shows about one file. Plain data, as JSON. */
export interface Report {
  /** What to call the file. */
  readonly name: string;
  readonly analysis: Analysis;
  /** What Pith makes of it; null where nothing was compressed. */
  readonly pith: PithFigure | null;
  /** What it holds, where it is a file of model weights. */
  readonly safetensors: SafetensorsAnalysis | null;
}

/** A size that Pith reached. */
export interface PithFigure {
  readonly level: number;
  /** Bytes of content that were compressed: all, or a sample. */
  readonly contentLength: number;
  /** Bytes that it took. */
  readonly size: number;
  /** Pieces of which the sample consists, evenly spread; 1 where it is the beginning, or all. */
  readonly pieces: number;
}

/** The report as JSON, with two spaces a level. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
