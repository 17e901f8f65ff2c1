import { describe, expect, test } from "@jest/globals";
import { encodeFraming, decodeFraming, THESIS_TABLE } from "@pith/framing";

import { earliness } from "../src/evaluation/deciders/decider.ts";
import { lessonsOf } from "../src/evaluation/deciders/lessons.ts";
import { NEIGHBOURS } from "../src/evaluation/deciders/neighbours.ts";
import { growTree, LEAF } from "../src/evaluation/deciders/tree.ts";
import { DECIDERS, evaluate, shareOf, trainDecider } from "../src/index.ts";
import { Random } from "../src/random.ts";
import { sampleText } from "./support/text.ts";

const text = sampleText(12_000, 2);
const other = sampleText(4000, 3);

/** Share that taking each code's more frequent letter would get right. */
function shareOfFrequent(): number {
  const { codes, isSecond } = lessonsOf(other, THESIS_TABLE);
  const seconds = new Array<number>(15).fill(0);
  const totals = new Array<number>(15).fill(0);
  for (const [i, code] of codes.entries()) {
    seconds[code] += isSecond[i];
    totals[code]++;
  }
  return totals.reduce((sum, total, code) => sum + Math.max(seconds[code], total - seconds[code]), 0) / codes.length;
}

describe.each(DECIDERS)("a %s", (kind) => {
  const { decoder, bytes, forest } = trainDecider(kind, text, THESIS_TABLE, 7);

  test("tells letters apart better than their frequencies do", () => {
    const { ambiguous } = evaluate(other, THESIS_TABLE, decoder);
    expect(shareOf(ambiguous)).toBeGreaterThan(shareOfFrequent() + 0.05);
  });

  test("copies what is known, and takes every code for one of its letters", () => {
    const cells = decodeFraming(encodeFraming(other));
    const decoded = decoder.decode(cells);
    expect(decoded).toHaveLength(cells.length);
    const strange = cells.findIndex((cell, i) =>
      cell < 256 ? decoded[i] !== cell : !THESIS_TABLE.groups[cell - 256].includes(String.fromCharCode(decoded[i])),
    );
    expect(strange).toBe(-1);
    expect(() => decoder.decode(Uint16Array.of(256 + 15))).toThrow(/^cells\[0\]: expected at most 270, got 271/);
  });

  test("is the same for a seed, and has a size", () => {
    const again = trainDecider(kind, text, THESIS_TABLE, 7);
    const cells = decodeFraming(encodeFraming(other));
    expect(again.decoder.decode(cells)).toEqual(decoder.decode(cells));
    expect(again.bytes).toBe(bytes);
    expect(bytes).toBeGreaterThan(100);
    expect(forest === undefined).toBe(kind === "network");
  });
});

test("codes of more than two letters, and kinds that are none, are refused", () => {
  const groups = ["fdp", "k", ...THESIS_TABLE.groups.slice(2)];
  expect(() => trainDecider("tree", text, { bits: 4, groups })).toThrow(/^codes: expected one or two characters each/);
  expect(() => trainDecider("oracle" as "tree", text, THESIS_TABLE)).toThrow(/^kind: expected one of tree, /);
});

describe("a tree", () => {
  const random = new Random(5);
  const count = 600;
  const neighbours = Uint8Array.from({ length: count * NEIGHBOURS }, () => random.below(20));
  const at = (row: number, neighbour: number): number => neighbours[row * NEIGHBOURS + neighbour];
  const weights = new Float64Array(count).fill(1);
  const growth = { depth: 4, leastWeight: 1, tried: NEIGHBOURS, random };
  const fitTo = (rule: (row: number) => boolean) => {
    const targets = Float64Array.from({ length: count }, (_, row) => (rule(row) ? 1 : -1));
    return growTree(
      { neighbours, targets, weights },
      Uint32Array.from({ length: count }, (_, i) => i),
      growth,
      127,
    );
  };

  test("finds the one question that matters, whichever values it is about", () => {
    const rule = (row: number): boolean => [1, 4, 5, 17].includes(at(row, 3));
    const tree = fitTo(rule);
    expect(tree.asked.slice(0, 3)).toEqual([3, LEAF, LEAF]);
    for (let row = 0; row < count; row++) expect(tree.ask(neighbours, row * NEIGHBOURS) > 0).toBe(rule(row));
    expect(tree.bytes).toBe(5 + 2);
    expect(earliness([tree])).toEqual([0, 1, 2, 3, 4, 5, 6].map((neighbour) => (neighbour === 3 ? 1 : 0.5)));
  });

  test("asks two questions where two matter", () => {
    const rule = (row: number): boolean => at(row, 0) < 10 === at(row, 6) % 2 < 1;
    const tree = fitTo((row) => at(row, 0) < 10 && at(row, 6) % 2 < 1);
    const right = Array.from({ length: count }, (_, row) => row).filter(
      (row) => tree.ask(neighbours, row * NEIGHBOURS) > 0 === (at(row, 0) < 10 && rule(row)),
    );
    expect(right).toHaveLength(count);
  });
});
