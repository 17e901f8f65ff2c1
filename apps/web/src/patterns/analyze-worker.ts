/** The program of the worker that analyses a file. */
import "../shared/trusted-types.ts";
import {
  analyzeStream,
  renderFragment,
  renderHtml,
  renderJson,
  REPORT_STYLE,
  SafetensorsWatcher,
  type PithFigure,
  type Report,
} from "@pith/analyzer";
import { compress } from "@pith/codec";
import { expose } from "comlink";
import { explain, type Problem } from "../shared/problems.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import type { Repeat } from "./repeats.tsx";
import { sampleOf } from "./sample.ts";
import { verdictOf } from "./verdict.ts";

/** Level at which a sample is compressed. */
const LEVEL = 5;
/** Bytes of memory that the analysis may take; half of what the command takes, since phones have less. */
const MEMORY = 512 * 2 ** 20;

/** How far an analysis is. */
export interface AnalysisProgress {
  readonly step: "analysing" | "compressing";
  /** Bytes. */
  readonly done: number;
  readonly total: number;
}

/** A report, in all its forms. */
export interface AnalysisReport {
  readonly type: "report";
  /** What it comes to. */
  readonly verdict: string;
  readonly repeats: readonly Repeat[];
  /** Markup for an element of class `report`, whose headings begin at the second level. */
  readonly fragment: string;
  /** Style sheet of the fragment. */
  readonly style: string;
  /** A page that stands alone. */
  readonly page: string;
  readonly json: string;
  /** What could not be shown; undefined if nothing. */
  readonly warning: string | undefined;
}

export type AnalysisOutcome = AnalysisReport | { readonly type: "failed"; readonly problem: Problem };

const analyst = {
  async analyze(
    file: File,
    settings: AnalysisSettings,
    onProgress: (progress: AnalysisProgress) => void,
  ): Promise<AnalysisOutcome> {
    try {
      const weights = new SafetensorsWatcher(file.name, file.size);
      const analysis = await analyzeStream(chunksOf(file, weights), {
        ...settings,
        size: file.size,
        memoryLimit: MEMORY,
        onProgress: ({ done }) => onProgress({ step: "analysing", done, total: file.size }),
      });
      const pith = await compressSample(file, onProgress);
      const report: Report = { name: file.name, analysis, pith, safetensors: weights.finish() ?? null };
      return {
        type: "report",
        verdict: verdictOf(report),
        repeats: repeatsOf(report),
        fragment: foldable(renderFragment(report)),
        style: REPORT_STYLE,
        page: renderHtml(report),
        json: renderJson(report),
        warning: warningOf(weights),
      };
    } catch (error) {
      return { type: "failed", problem: explain(error) };
    }
  },
};

export type Analyst = typeof analyst;

/** A report's sections, so that each can be folded; the page has its own heading of the first level. */
function foldable(fragment: string): string {
  return fragment
    .replace(/<(\/?)h1>/g, "<$1h2>")
    .replace(
      /<section ([^>]*)>(<h2 [^>]*>.*?<\/h2>)(.*?)<\/section>/gs,
      '<section $1><details class="fold" open><summary>$2</summary>$3</details></section>',
    );
}

/** Patterns of a level that are offered to be looked at. */
const OFFERED = 4;

/** What comes again most, of each level. */
function repeatsOf({ analysis: { levels } }: Report): Repeat[] {
  return levels.flatMap(({ patternSize, top }) =>
    top.slice(0, OFFERED).map(({ count, offset, offsets }) => ({
      size: patternSize,
      count,
      offsets: offsets.length === 0 ? [offset] : offsets,
    })),
  );
}

async function* chunksOf(file: File, weights: SafetensorsWatcher): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    weights.push(value);
    yield value;
  }
}

function warningOf({ problem }: SafetensorsWatcher): string | undefined {
  if (problem === undefined) return undefined;
  return `It looks like a file of model weights (safetensors) and is none, so tensors are not shown: ${problem.message}.`;
}

async function compressSample(file: File, onProgress: (progress: AnalysisProgress) => void): Promise<PithFigure> {
  const { content, pieces } = sampleOf(file);
  const bytes = new Uint8Array(await content.arrayBuffer());
  const total = bytes.length;
  const compressed = await compress(bytes, {
    level: LEVEL,
    onProgress: ({ done }) => onProgress({ step: "compressing", done, total }),
  });
  return { level: LEVEL, contentLength: total, size: compressed.length, pieces };
}

expose(analyst);
