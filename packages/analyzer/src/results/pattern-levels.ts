import { LEVEL_NAMES, type CountClass, type LevelName, type Pattern, type PatternLevel } from "../analysis.ts";
import { type CountedPattern, type PatternCounter, PIECES, TABLES } from "../patterns/pattern-counter.ts";
import { estimate, shifted } from "./estimate.ts";

/** Patterns listed for each level. */
const TOP = 32;

/** Bytes of a pattern of a level. */
export function patternSize(name: LevelName, blockSize: number): number {
  return blockSize / piecesInBlock(name);
}

/** Patterns of a level in a block. */
export function piecesInBlock(name: LevelName): number {
  return PIECES ** TABLES[name];
}

/** A signature as it is printed: all its digits. */
export function signatureText(hash: bigint, bits: number): string {
  return hash.toString(16).padStart(bits / 4, "0");
}

/** Levels 1 to 3. */
export function patternLevels(
  counter: PatternCounter,
  digests: readonly string[],
): [PatternLevel, PatternLevel, PatternLevel] {
  const [coarse, fine, micro] = LEVEL_NAMES.map((name, i) => patternLevel(counter, name, digests[i]));
  return [coarse, fine, micro];
}

function patternLevel(counter: PatternCounter, name: LevelName, digest: string): PatternLevel {
  const table = TABLES[name];
  const size = patternSize(name, counter.blockSize);
  const total = counter.blocks * piecesInBlock(name);
  const kept = counter.kept(table);
  const level = counter.sampleLevel(table);
  const scale = 2 ** level;
  const classes = counter.countClasses(table);
  // An estimate may exceed what there can be.
  const unbounded = estimate(kept, level);
  const distinct = { ...unbounded, value: Math.min(total, unbounded.value) };
  const counts = classes.map(({ patterns, occurrences }, i): CountClass => {
    const from = i === 0 ? 1 : 2 ** (i - 1) + 1;
    return { from, to: 2 ** i, patterns: patterns * scale, occurrences: occurrences * scale };
  });
  return {
    name,
    patternSize: size,
    total,
    distinct,
    repeating: estimate(kept - classes[0].patterns, level),
    repeats: shifted(total, -1, distinct),
    density: distinct.value / total,
    sampling: { rate: 1 / scale, kept },
    // Of all that are told apart, not only of the sample: n² / 2 pairs.
    collisionProbability: -Math.expm1(-(distinct.value ** 2) / 2 ** (counter.signatureBits + 1)),
    counts: counts.slice(0, counts.findLastIndex(({ patterns }) => patterns > 0) + 1),
    digest,
    top: counter.topPatterns(table, TOP).map((pattern) => describe(counter, pattern, name, size)),
  };
}

function describe(counter: PatternCounter, pattern: CountedPattern, name: LevelName, size: number): Pattern {
  const { hash, count, place } = pattern;
  const places = name === "coarse" ? counter.placesOf(hash) : [];
  const offset = place * size;
  return {
    signature: signatureText(hash, counter.signatureBits),
    count,
    offset,
    offsets: places.length > 0 ? places.map((block) => block * size) : [offset],
  };
}
