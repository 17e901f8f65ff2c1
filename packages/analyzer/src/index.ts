export {
  LEVEL_NAMES,
  SERIES_NAMES,
  type Achievable,
  type Analysis,
  type AnalysisParameters,
  type Autocorrelation,
  type Claimed,
  type CountClass,
  type EntropyProfile,
  type Estimate,
  type LevelName,
  type MetaAnalysis,
  type OrderEntropy,
  type Pattern,
  type PatternLevel,
  type PatternNode,
  type RepeatMap,
  type RepeatRemoval,
  type RepeatRuns,
  type SeriesName,
  type SignatureKind,
  type Statistics,
} from "./analysis.ts";
export { renderFragment, renderHtml } from "./report/html/page.ts";
export { REPORT_STYLE } from "./report/html/style.ts";
export { renderJson, type PithFigure, type Report } from "./report/report.ts";
export { claimSentences, sizeRows, type SizeRow } from "./report/sizes.ts";
export { renderText, type TextOptions } from "./report/text/text.ts";
export { SafetensorsAnalyzer, type SafetensorsAnalysis, type TensorAnalysis } from "./safetensors/analyzer.ts";
export { SafetensorsWatcher } from "./safetensors/watcher.ts";
export { type FieldStatistics } from "./safetensors/tensor-statistics.ts";
export { createAnalyzer, shardUnit, type Analyzer, type AnalyzerState, type ShardOptions } from "./analyzer.ts";
export { type AnalyzerOptions } from "./options.ts";
export { DATA_KINDS, generateData, type DataKind } from "./generator/generate.ts";
export { TABLE_4_2, type TableRow } from "./paper/table-4-2.ts";
export { analyzeStream, type AnalyzeStreamOptions } from "./stream/analyze-stream.ts";
export { refute, type Refutation } from "./refutation/refute.ts";
export { verifyRefutation, type RefutationCheck } from "./refutation/verify.ts";
export { representationOf, type Representation } from "./results/representation.ts";
export { reproduceRow, type ReproducedRow } from "./reproduction/reproduce.ts";
