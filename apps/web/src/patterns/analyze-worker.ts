/** The program of the worker that analyses a file. */
import {
  analyzeStream,
  looksLikeSafetensors,
  renderFragment,
  renderHtml,
  renderJson,
  REPORT_STYLE,
  SafetensorsAnalyzer,
  type PithFigure,
  type Report,
  type SafetensorsAnalysis,
} from "@pith/analyzer";
import { compress } from "@pith/codec";
import { PithError } from "@pith/core";
import { expose } from "comlink";
import { explain, type Problem } from "../shared/problems.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import { sampleOf } from "./sample.ts";

/** Level at which a sample is compressed. */
const LEVEL = 5;
/** Bytes of memory that the analysis may take; half of what the command takes, since phones have less. */
const MEMORY = 512 * 2 ** 20;
/** Bytes that tell model weights from other files. */
const START = 10;

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
      const weights = await watchWeights(file);
      const analysis = await analyzeStream(chunksOf(file, weights), {
        ...settings,
        size: file.size,
        memoryLimit: MEMORY,
        onProgress: ({ done }) => onProgress({ step: "analysing", done, total: file.size }),
      });
      const pith = await compressSample(file, onProgress);
      const report: Report = { name: file.name, analysis, pith, safetensors: weights?.finish() ?? null };
      return {
        type: "report",
        // The page has its own heading of the first level.
        fragment: renderFragment(report).replace(/<(\/?)h1>/g, "<$1h2>"),
        style: REPORT_STYLE,
        page: renderHtml(report),
        json: renderJson(report),
        warning: weights?.problem,
      };
    } catch (error) {
      return { type: "failed", problem: explain(error) };
    }
  },
};

export type Analyst = typeof analyst;

async function* chunksOf(file: File, weights: WeightsWatcher | undefined): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    weights?.push(value);
    yield value;
  }
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

/** Reads model weights as they pass; what is none after all is told, and left alone. */
class WeightsWatcher {
  problem: string | undefined;
  #analyzer: SafetensorsAnalyzer | undefined;

  constructor(size: number) {
    this.#analyzer = new SafetensorsAnalyzer(size);
  }

  push(chunk: Uint8Array): void {
    this.#guarded((analyzer) => analyzer.push(chunk));
  }

  finish(): SafetensorsAnalysis | undefined {
    return this.#guarded((analyzer) => analyzer.finish());
  }

  #guarded<Result>(action: (analyzer: SafetensorsAnalyzer) => Result): Result | undefined {
    if (this.#analyzer === undefined) return undefined;
    try {
      return action(this.#analyzer);
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      this.#analyzer = undefined;
      this.problem = `It looks like a file of model weights (safetensors) and is none, so tensors are not shown: ${error.message}.`;
      return undefined;
    }
  }
}

async function watchWeights(file: File): Promise<WeightsWatcher | undefined> {
  const start = new Uint8Array(await file.slice(0, START).arrayBuffer());
  const isWeights = file.name.toLowerCase().endsWith(".safetensors") || looksLikeSafetensors(start);
  return isWeights ? new WeightsWatcher(file.size) : undefined;
}

expose(analyst);
