import type { Analysis, LevelName, PatternNode, Statistics } from "../analysis.ts";

/**
 * The "ultra-compressed representation" of the paper: what its §3.3 says is kept of a file. Places are not: with them, it
 * could not be as small as the paper says. Of "reconstruction maps", its fourth part, the paper tells nothing.
 */
export interface Representation {
  /** All recurring patterns of each level, by their digest. */
  readonly recurring: readonly { readonly level: LevelName; readonly patterns: number; readonly digest: string }[];
  /** The recurring patterns that the report lists, in the order of their level and signature. */
  readonly patterns: readonly { readonly level: LevelName; readonly signature: string; readonly count: number }[];
  /** Which recurring pattern has which in it, of those of the report's tree, in the order of signatures. */
  readonly links: readonly { readonly parent: string; readonly child: string }[];
  /** Entropies of orders 0 to 3, autocorrelation at lag 1, density, score. */
  readonly statistics: readonly number[];
}

/** What is left of a file that the paper's algorithm has compressed. */
export function representationOf({
  levels,
  tree,
  statistics,
}: Pick<Analysis, "levels" | "tree" | "statistics">): Representation {
  return {
    recurring: levels.map(({ name, repeating, digest }) => ({ level: name, patterns: repeating.value, digest })),
    patterns: levels.flatMap(({ name, top }) =>
      top
        .map(({ signature, count }) => ({ level: name, signature, count }))
        .sort((a, b) => compare(a.signature, b.signature)),
    ),
    links: tree.flatMap(linksIn).sort((a, b) => compare(a.parent, b.parent) || compare(a.child, b.child)),
    statistics: statisticsOf(statistics),
  };
}

/** The numbers that are kept: entropies, autocorrelation, density, score. */
export function statisticsOf({ entropy, autocorrelation, patternDensity, selfReference }: Statistics): number[] {
  return [
    ...entropy.map(({ bitsPerByte }) => bitsPerByte),
    autocorrelation.product[0],
    patternDensity,
    selfReference.asPaper,
  ];
}

function linksIn({ signature, count, children, around }: PatternNode): { parent: string; child: string }[] {
  const own = count < 2 ? [] : [...children, ...around].filter((child) => child.count > 1);
  return [...own.map((child) => ({ parent: signature, child: child.signature })), ...children.flatMap(linksIn)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
