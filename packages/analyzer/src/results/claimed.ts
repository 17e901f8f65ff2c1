import type { Claimed, MetaAnalysis, SignatureKind } from "../analysis.ts";
import { tableRatio } from "../paper/table-4-2.ts";
import type { Representation } from "./representation.ts";

/** Bytes of what the paper keeps (§3.3). */
const COUNT_BYTES = 4;
const LINK_BYTES = 4;
const NUMBER_BYTES = 8;
/** A signature of the finer levels, and a fast one of blocks. */
const HASH_BYTES = 8;
const MD5_BYTES = 16;

/** The paper's ratio (§3.2) for what it keeps of a file. */
export function claimed(
  size: number,
  { patterns, links, statistics }: Representation,
  signature: SignatureKind,
  { recursiveAmplification }: MetaAnalysis,
): Claimed {
  const signatureBytes = patterns.map(({ level }) =>
    level === "coarse" && signature === "md5" ? MD5_BYTES : HASH_BYTES,
  );
  const parts = {
    signatures: signatureBytes.reduce((sum, bytes) => sum + bytes + COUNT_BYTES, 0),
    statistics: statistics.length * NUMBER_BYTES,
    hierarchy: links.length * LINK_BYTES,
  };
  const total = parts.signatures + parts.statistics + parts.hierarchy;
  return {
    representation: { ...parts, total },
    ratioBeforeAmplification: size / total,
    ratio: (size / total) * recursiveAmplification,
    tableRatio: tableRatio(size),
  };
}
