import type { Analysis, LevelName } from "../analysis.ts";
import { formatBytes, formatCount, formatFigure, formatPlural, formatRatio } from "./numbers.ts";
import type { PithFigure, Report } from "./report.ts";

/** A size that stands beside the others. */
export interface SizeRow {
  /** What it is of. */
  readonly group: "original" | "entropy" | "repeats" | "weights" | "pith";
  readonly label: string;
  /** In bytes. */
  readonly size: number;
  /** One standard deviation in bytes; 0 where the size is exact. */
  readonly standardError: number;
  /** What one has to know about it; empty if nothing. */
  readonly note: string;
}

const LEVEL_LABELS: Readonly<Record<LevelName | "all", string>> = {
  coarse: "repeated blocks removed",
  fine: "repeated fine patterns removed",
  micro: "repeated micro patterns removed",
  all: "all three, one after the other",
};

/** All sizes that can be reached and undone again, and the original. */
export function sizeRows({ analysis, pith, safetensors }: Report): SizeRow[] {
  const { size, achievable, statistics } = analysis;
  const rows: SizeRow[] = [{ group: "original", label: "original", size, standardError: 0, note: "" }];
  for (const { order, adaptiveSize } of achievable.entropy) {
    rows.push({
      group: "entropy",
      label: `order ${order}, learnt on the way`,
      size: adaptiveSize,
      standardError: 0,
      note: statistics.entropy[order].exact ? "" : "from a sample, in proportion: rather too much",
    });
  }
  for (const { level, size: removed } of achievable.repeats) {
    rows.push({
      group: "repeats",
      label: LEVEL_LABELS[level],
      size: removed.value,
      standardError: removed.standardError,
      note: "",
    });
  }
  if (safetensors !== null) {
    rows.push({
      group: "weights",
      label: "tensors, order 0 by field",
      size: safetensors.orderZero,
      standardError: 0,
      note: "each tensor under the best listed model, learning included",
    });
  }
  if (pith !== null) rows.push(pithRow(analysis, pith));
  return rows;
}

function pithRow({ size }: Analysis, { level, contentLength, size: reached, pieces }: PithFigure): SizeRow {
  const row = { group: "pith", label: `Pith, level ${level}`, standardError: 0 } as const;
  if (contentLength === size) return { ...row, size: reached, note: "measured: what the command writes" };
  return {
    ...row,
    size: (reached / contentLength) * size,
    note:
      (pieces === 1
        ? `from the first ${formatBytes(contentLength)}`
        : `from a sample of ${formatBytes(contentLength)} in ${formatPlural(pieces, "piece")}`) +
      `, which took ${formatCount(reached)} bytes; what repeats at a distance is not in it`,
  };
}

/** The paper's figure, in sentences: what it is, and why it is no size. */
export function claimSentences({ size, claimed, meta, parameters }: Analysis): {
  readonly figure: string;
  readonly formula: string;
  readonly reason: string;
} {
  const { representation, ratio, ratioBeforeAmplification } = claimed;
  return {
    figure: formatRatio(ratio),
    formula:
      `${formatCount(size)} bytes / ${formatCount(representation.total)} bytes kept = ` +
      `${formatRatio(ratioBeforeAmplification)}, times a recursive amplification of ` +
      `${formatFigure(meta.recursiveAmplification)} (meta efficiency ${formatFigure(meta.metaEfficiency)} × ` +
      `breakthrough factor ${formatFigure(meta.breakthroughFactor)})`,
    reason: claimReason(size, representation.total, parameters.signature),
  };
}

function claimReason(size: number, kept: number, signature: string): string {
  const amplification = "The amplification multiplies a number: there are no bytes behind it.";
  if (kept >= size) {
    return `It is no size. What is kept, signatures (${signature}) and statistics, is longer than the file, and still does not hold it. ${amplification}`;
  }
  return (
    `It cannot be undone. What is kept are signatures (${signature}) and statistics, ${formatCount(kept)} bytes: ` +
    `they can tell at most 2^${formatCount(8 * kept)} files apart, and there are 2^${formatCount(8 * size)} files of this ` +
    `size, so no program can find its way back from them to this one. ${amplification}`
  );
}
