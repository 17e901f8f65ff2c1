import type { Claimed, Estimate, MetaAnalysis, PatternLevel, SignatureKind } from "../analysis.ts";
import { tableRatio } from "../paper/table-4-2.ts";

/** Bytes of what the paper keeps (§3.3). */
const COUNT_BYTES = 4;
const LINK_BYTES = 4;
const NUMBER_BYTES = 8;
const SIGNATURE_BYTES: Readonly<Record<SignatureKind, number>> = { xxh64: 8, md5: 16 };

/**
 * The paper's ratio (§3.2) for what it keeps of a file: the signatures of all patterns that recur, whatever the report
 * lists of them.
 *
 * @param numbers how many statistics are kept
 */
export function claimed(
  size: number,
  levels: readonly Pick<PatternLevel, "repeating">[],
  links: Estimate,
  numbers: number,
  signature: SignatureKind,
  { recursiveAmplification }: MetaAnalysis,
): Claimed {
  const patterns = levels.reduce((sum, { repeating }) => sum + Math.round(repeating.value), 0);
  const parts = {
    signatures: patterns * (SIGNATURE_BYTES[signature] + COUNT_BYTES),
    statistics: numbers * NUMBER_BYTES,
    hierarchy: Math.round(links.value) * LINK_BYTES,
  };
  const total = parts.signatures + parts.statistics + parts.hierarchy;
  return {
    representation: { ...parts, total },
    ratioBeforeAmplification: size / total,
    ratio: (size / total) * recursiveAmplification,
    tableRatio: tableRatio(size),
  };
}
