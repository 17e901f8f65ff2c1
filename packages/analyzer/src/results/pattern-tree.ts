import { LEVEL_NAMES, type LevelName, type PatternNode } from "../analysis.ts";
import { type CountedPattern, type PatternCounter, PIECES, TABLES } from "../patterns/pattern-counter.ts";
import { patternSize, piecesInBlock, signatureText } from "./pattern-levels.ts";

/** Trees at most; half of them are those of the most frequent blocks, if these are so many. */
const ROOTS = 16;

/**
 * The trees of the most frequent patterns: see {@link PatternNode}.
 *
 * @param region blocks on either side of a block whose fine patterns are around it
 */
export function patternTree(counter: PatternCounter, region: number): PatternNode[] {
  const roots = counter.patternsIn(TABLES.coarse, rootBlocks(counter));
  const fine = counter.patternsIn(TABLES.fine, regionsOf(placesOf(roots), region));
  const micro = counter.patternsIn(TABLES.micro, placesOf(fine));
  const finer = { coarse: groupByParent(fine), fine: groupByParent(micro), micro: new Map<number, CountedPattern[]>() };

  const node = (pattern: CountedPattern, name: LevelName, parent: CountedPattern | undefined): PatternNode => {
    const size = patternSize(name, counter.blockSize);
    const childName = LEVEL_NAMES[LEVEL_NAMES.indexOf(name) + 1];
    return {
      level: name,
      signature: signatureText(pattern.hash, counter.signatureBits),
      count: pattern.count,
      offset: pattern.place * size,
      size,
      multiplicity: pattern.multiplicity,
      correlation: parent === undefined ? null : phi(pattern, parent, counter.blocks * piecesInBlock(name)),
      children: (finer[name].get(pattern.place) ?? [])
        .map((child) => node(child, childName, pattern))
        // What occurs once, and has nothing in it that occurs again, is no pattern.
        .filter(({ count, children }) => count > 1 || children.length > 0),
      around: name === "coarse" ? around(pattern) : [],
    };
  };
  const around = ({ place }: CountedPattern): PatternNode[] =>
    regionsOf([place], region)
      .filter((block) => block !== place)
      .flatMap((block) => finer.coarse.get(block) ?? [])
      .filter(({ count }) => count > 1)
      .map((pattern) => node(pattern, "fine", undefined));
  return roots
    .sort((a, b) => b.count - a.count || a.place - b.place)
    .map((pattern) => node(pattern, "coarse", undefined));
}

/** The blocks in which the most frequent patterns of each level occur first. */
function rootBlocks(counter: PatternCounter): number[] {
  const blocks = new Set<number>();
  for (const name of LEVEL_NAMES) {
    for (const { place } of counter.topPatterns(TABLES[name], ROOTS)) {
      const most = name === "coarse" ? ROOTS / 2 : ROOTS;
      if (blocks.size < most) blocks.add(Math.floor(place / piecesInBlock(name)));
    }
  }
  return [...blocks];
}

/** These blocks and those beside them, ascending. */
function regionsOf(blocks: readonly number[], region: number): number[] {
  const all = blocks.flatMap((block) => Array.from({ length: 2 * region + 1 }, (_, i) => block - region + i));
  return [...new Set(all)].filter((block) => block >= 0).sort((a, b) => a - b);
}

function placesOf(patterns: readonly CountedPattern[]): number[] {
  return patterns.map(({ place }) => place);
}

/** Patterns by the place of the larger one in which they occur first. */
function groupByParent(patterns: readonly CountedPattern[]): Map<number, CountedPattern[]> {
  const groups = new Map<number, CountedPattern[]>();
  for (const pattern of patterns) {
    const parent = Math.floor(pattern.place / PIECES);
    groups.set(parent, [...(groups.get(parent) ?? []), pattern]);
  }
  return groups;
}

/** Of all pieces of the child's size: correlation of being the child with being where an occurrence of the parent has it. */
function phi(child: CountedPattern, parent: CountedPattern, pieces: number): number {
  // All of the latter are among the former, which leaves this of the formula.
  const there = child.multiplicity * parent.count;
  if (there === child.count) return 1;
  return Math.sqrt((there * (pieces - child.count)) / (child.count * (pieces - there)));
}
