import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import type { LevelName, PatternNode } from "../src/analysis.ts";
import { createAnalyzer } from "../src/index.ts";
import { fineHash, microHash, xxh64 } from "./reference/hashes.ts";
import { type ReferencePattern, patternsOf, pearson, repeatsOf } from "./reference/patterns.ts";
import { generated, nested } from "./support/content.ts";

const SCALE: Record<LevelName, number> = { coarse: 1, fine: 10, micro: 100 };
const HASHES: Record<LevelName, (bytes: Uint8Array) => bigint> = { coarse: xxh64, fine: fineHash, micro: microHash };

const hex = (hash: bigint): string => hash.toString(16).padStart(16, "0");

function analyse(content: Uint8Array, blockSize: number, region = 0) {
  const analyzer = createAnalyzer({ blockSize, region });
  analyzer.push(content);
  return analyzer.finish();
}

const sources = [
  { name: "nested blocks of 100 bytes", blockSize: 100, content: nested(100, 300, 7) },
  { name: "nested blocks of 700 bytes", blockSize: 700, content: nested(700, 200, 12, 3) },
  { name: "structured records", blockSize: 1000, content: generated("structured", 60_123) },
  { name: "text", blockSize: 300, content: generated("text", 30_000) },
  { name: "random bytes", blockSize: 2600, content: generated("random", 70_000) },
  { name: "one byte", blockSize: 1000, content: new Uint8Array(20_500).fill(7) },
  { name: "a single block", blockSize: 1000, content: generated("text", 1000) },
];

test("a digest tells apart what the lists do not", () => {
  // 100 blocks twice, the last of them three times, or another one instead.
  const content = generated("random", 200_000);
  content.copyWithin(100_000, 0, 100_000);
  const other = content.slice();
  content.copyWithin(199_000, 97_000, 98_000);
  other.copyWithin(199_000, 98_000, 99_000);
  const [first, second, third] = [content, other, content].map((bytes) => analyse(bytes, 1000).levels);
  first.forEach(({ repeating, digest }, i) => {
    expect(repeating).toEqual(second[i].repeating);
    expect(digest).not.toBe(second[i].digest);
    expect(digest).toBe(third[i].digest);
  });
});

describe.each(sources)("levels 1 to 3 of $name", ({ blockSize, content }) => {
  const analysis = analyse(content, blockSize);
  const references = Object.fromEntries(
    Object.entries(SCALE).map(([name, scale]) => [name, patternsOf(content, blockSize, blockSize / scale)]),
  ) as Record<LevelName, ReferencePattern[]>;
  const reference = (name: LevelName): ReferencePattern[] => references[name];

  test("count the patterns that the plain reference counts", () => {
    for (const level of analysis.levels) {
      const patterns = reference(level.name);
      const total = patterns.reduce((sum, { places }) => sum + places.length, 0);
      expect(level.patternSize).toBe(blockSize / SCALE[level.name]);
      expect(level.total).toBe(total);
      expect(level.distinct).toEqual({ value: patterns.length, exact: true, standardError: 0 });
      expect(level.repeating.value).toBe(patterns.filter(({ places }) => places.length > 1).length);
      expect(level.repeats.value).toBe(total - patterns.length);
      expect(level.density).toBe(patterns.length / total);
      expect(level.sampling).toEqual({ rate: 1, kept: patterns.length });
    }
  });

  test("keep a link for each finer pattern that recurs in one that does", () => {
    const recurring = (name: LevelName): ReferencePattern[] =>
      reference(name).filter(({ places }) => places.length > 1);
    const firsts = (name: LevelName): Set<number> => new Set(recurring(name).map(({ places }) => places[0]));
    const linked = (name: LevelName, parent: LevelName): number => {
      const parents = firsts(parent);
      return recurring(name).filter(({ places }) => parents.has(Math.floor(places[0] / 10))).length;
    };
    const links = linked("fine", "coarse") + linked("micro", "fine");
    expect(analysis.claimed.representation.hierarchy).toBe(4 * links);
  });

  test("list the most frequent patterns by their signatures and places", () => {
    for (const { name, patternSize, top } of analysis.levels) {
      const expected = reference(name)
        .filter(({ places }) => places.length > 1)
        .sort((a, b) => b.places.length - a.places.length || a.places[0] - b.places[0])
        .slice(0, 32)
        .map(({ bytes, places }) => ({
          signature: hex(HASHES[name](bytes)),
          count: places.length,
          offset: places[0] * patternSize,
          offsets: places.slice(0, name === "coarse" ? 8 : 1).map((place) => place * patternSize),
        }));
      expect(top).toEqual(expected);
    }
  });

  test("class the patterns by count", () => {
    for (const { name, counts } of analysis.levels) {
      const patterns = reference(name);
      for (const { from, to, patterns: number, occurrences } of counts) {
        const inClass = patterns.filter(({ places }) => places.length >= from && places.length <= to);
        expect(number).toBe(inClass.length);
        expect(occurrences).toBe(inClass.reduce((sum, { places }) => sum + places.length, 0));
      }
      expect(counts.reduce((sum, { patterns: number }) => sum + number, 0)).toBe(patterns.length);
      expect(counts.at(-1)!.patterns).toBeGreaterThan(0);
    }
  });

  test("map where pieces are that occurred before", () => {
    const { cellSize, ...shares } = analysis.map;
    for (const { name, patternSize } of analysis.levels) {
      const repeats = repeatsOf(content, blockSize, patternSize);
      const perCell = cellSize / patternSize;
      expect(shares[name]).toHaveLength(Math.ceil(repeats.length / perCell));
      shares[name].forEach((share, cell) => {
        const inCell = repeats.slice(cell * perCell, (cell + 1) * perCell);
        expect(share).toBeCloseTo(inCell.filter(Boolean).length / inCell.length, 12);
      });
    }
  });

  test("find the runs of repeated blocks", () => {
    const marks = repeatsOf(content, blockSize, blockSize)
      .map((isRepeat) => (isRepeat ? "x" : " "))
      .join("");
    const runs = [...marks.matchAll(/x+/g)].map(({ 0: { length }, index }) => ({ length, index }));
    const { lengths, longest } = analysis.runs!;
    for (const { from, to, runs: number, blocks } of lengths) {
      const inClass = runs.filter(({ length }) => length >= from && length <= to);
      expect([number, blocks]).toEqual([inClass.length, inClass.reduce((sum, { length }) => sum + length, 0)]);
    }
    expect(lengths.reduce((sum, { runs: number }) => sum + number, 0)).toBe(runs.length);
    const [first] = runs.sort((a, b) => b.length - a.length || a.index - b.index);
    const expected = runs.length === 0 ? null : { offset: first.index * blockSize, size: first.length * blockSize };
    expect(longest).toEqual(expected);
  });

  test("hang every piece under the pattern in which it occurs first", () => {
    const check = (node: PatternNode, parent: PatternNode | undefined): void => {
      const pattern = reference(node.level).find(({ places }) => places[0] * node.size === node.offset)!;
      expect(node.signature).toBe(hex(HASHES[node.level](pattern.bytes)));
      expect(node.count).toBe(pattern.places.length);
      if (parent === undefined) {
        expect([node.level, node.multiplicity, node.correlation]).toEqual(["coarse", 1, null]);
      } else {
        expect(node.offset).toBeGreaterThanOrEqual(parent.offset);
        expect(node.offset).toBeLessThan(parent.offset + parent.size);
        checkRelation(node, pattern, parent);
      }
      // What is not in the tree occurs once, and so does all in it.
      const finer = analysis.levels[analysis.levels.findIndex(({ name }) => name === node.level) + 1];
      if ((finer as typeof finer | undefined) !== undefined) {
        const firsts = reference(finer.name)
          .map(({ places }) => ({ count: places.length, offset: places[0] * finer.patternSize }))
          .filter(({ offset }) => offset >= node.offset && offset < node.offset + node.size);
        for (const { count, offset } of firsts) {
          if (count > 1) expect(node.children.map((child) => child.offset)).toContain(offset);
        }
      }
      for (const child of node.children) check(child, node);
    };

    const checkRelation = (node: PatternNode, pattern: ReferencePattern, parent: PatternNode): void => {
      const inFirst = pattern.places.filter((place) => place * node.size < parent.offset + parent.size);
      expect(node.multiplicity).toBe(inFirst.length);
      // By the definition: two indicators over all pieces of this size.
      const parentPlaces = reference(parent.level).find(
        ({ places }) => places[0] * parent.size === parent.offset,
      )!.places;
      const numbers = inFirst.map((place) => place % 10);
      const length = analysis.levels.find(({ name }) => name === node.level)!.total;
      const isNode = new Array<number>(length).fill(0);
      for (const place of pattern.places) isNode[place] = 1;
      const isThere = new Array<number>(length).fill(0);
      for (const place of parentPlaces) for (const number of numbers) isThere[place * 10 + number] = 1;
      const isEverywhere = pattern.places.length === length;
      expect(node.correlation).toBeCloseTo(isEverywhere ? 1 : pearson(isNode, isThere), 9);
    };

    expect(analysis.tree.length).toBeLessThanOrEqual(16);
    const [first] = analysis.levels[0].top;
    if ((first as typeof first | undefined) !== undefined) expect(analysis.tree[0].offset).toBe(first.offset);
    for (const root of analysis.tree.slice(0, 2)) check(root, undefined);
  });
});

test("an MD5 signature is what md5sum prints, whole and on all levels", () => {
  for (const blockSize of [100, 300, 1000, 5600]) {
    const content = nested(blockSize, 23, 6);
    const analyzer = createAnalyzer({ blockSize, signature: "md5" });
    analyzer.push(content);
    const { levels, tree } = analyzer.finish();
    for (const { patternSize, distinct, repeating, top, collisionProbability } of levels) {
      const patterns = patternsOf(content, blockSize, patternSize);
      expect(distinct.value).toBe(patterns.length);
      expect(repeating.value).toBe(patterns.filter(({ places }) => places.length > 1).length);
      expect(top.length).toBeGreaterThan(2);
      expect(collisionProbability).toBeLessThan(1e-30);
      for (const { signature, offset, count } of top) {
        const piece = content.subarray(offset, offset + patternSize);
        expect(signature).toBe(createHash("md5").update(piece).digest("hex"));
        expect(count).toBe(patterns.find(({ places }) => places[0] * patternSize === offset)?.places.length);
      }
    }
    expect(levels[0].top[0].offsets.length).toBeGreaterThan(1);
    expect(tree[0].children.length).toBeGreaterThan(0);
    for (const { signature } of tree[0].children) expect(signature).toMatch(/^[0-9a-f]{32}$/);
  }
});

describe.each([0, 1, 3])("a region of %i blocks on either side", (region) => {
  const blockSize = 700;
  const content = nested(blockSize, 200, 12, 3);
  const { tree, claimed, levels, parameters } = analyse(content, blockSize, region);
  const recurring = (size: number): ReferencePattern[] =>
    patternsOf(content, blockSize, size).filter(({ places }) => places.length > 1);
  const fine = recurring(blockSize / 10);

  test("has the fine patterns that recur and occur first in the blocks beside", () => {
    expect(parameters.region).toBe(region);
    expect(tree.length).toBeGreaterThan(3);
    for (const { offset, around } of tree) {
      const block = offset / blockSize;
      const beside = fine
        .map(({ places, bytes }) => ({ first: places[0], signature: hex(fineHash(bytes)) }))
        .filter(({ first }) => Math.floor(first / 10) !== block && Math.abs(Math.floor(first / 10) - block) <= region)
        .sort((a, b) => a.first - b.first);
      expect(around.map(({ signature }) => signature)).toEqual(beside.map(({ signature }) => signature));
      for (const { correlation, count } of around) expect([correlation, count > 1]).toEqual([null, true]);
    }
    expect(tree.some(({ around }) => around.length > 0)).toBe(region > 0);
  });

  test("links each fine pattern to every block that recurs and is so near", () => {
    const blocks = new Set(recurring(blockSize).map(({ places }) => places[0]));
    const finePlaces = new Set(fine.map(({ places }) => places[0]));
    let links = recurring(blockSize / 100).filter(({ places }) => finePlaces.has(Math.floor(places[0] / 10))).length;
    for (const place of finePlaces) {
      for (let block = Math.floor(place / 10) - region; block <= Math.floor(place / 10) + region; block++) {
        if (blocks.has(block)) links++;
      }
    }
    expect(claimed.representation.hierarchy).toBe(4 * links);
    expect(levels.map(({ digest }) => digest)).toEqual(analyse(content, blockSize).levels.map(({ digest }) => digest));
  });
});
