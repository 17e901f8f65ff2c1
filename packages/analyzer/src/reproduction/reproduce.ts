import type { TaskOptions } from "@pith/core";
import type { AnalyzerOptions } from "../options.ts";
import { type DataKind, generateData } from "../generator/generate.ts";
import { analyzeStream } from "../stream/analyze-stream.ts";
import type { TableRow } from "../paper/table-4-2.ts";

/** A row of the paper's Table 4.2 on generated data of its size: what is claimed beside what can be undone. */
export interface ReproducedRow {
  readonly row: TableRow;
  readonly kind: DataKind;
  /** The paper's formula on this data: size / representation · amplification. */
  readonly claimedRatio: number;
  /** The same without the amplification: how much smaller what is kept is, from which nothing can be restored. */
  readonly representationRatio: number;
  /** Ratios that can be undone. */
  readonly achieved: {
    /** Repeats removed on all three levels. */
    readonly repeats: number;
    /** An adaptive coder of the best of the orders 0 to 3. */
    readonly entropy: number;
    /** The order that was best. */
    readonly order: number;
  };
}

/** Analyses generated data of one kind and of the size of a row. */
export async function reproduceRow(
  row: TableRow,
  kind: DataKind,
  options: AnalyzerOptions & TaskOptions = {},
): Promise<ReproducedRow> {
  const { size } = row;
  const { claimed, achievable } = await analyzeStream(generateData(kind, size), { ...options, size });
  const [best] = [...achievable.entropy].sort((a, b) => a.adaptiveSize - b.adaptiveSize);
  const all = achievable.repeats[achievable.repeats.length - 1];
  return {
    row,
    kind,
    claimedRatio: claimed.ratio,
    representationRatio: claimed.ratioBeforeAmplification,
    achieved: { repeats: size / all.size.value, entropy: size / best.adaptiveSize, order: best.order },
  };
}
