import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { describeDominated, dominatedLevels } from "../src/report/dominated.ts";
import { boxesAlong, overlap, placeLabels } from "../src/report/labels.ts";
import { toMarkdown } from "../src/report/markdown.ts";
import { toPicture } from "../src/report/picture.ts";
import type { Results } from "../src/report/results.ts";
import { linearScale, linearTicks, logarithmicScale, logarithmicTicks } from "../src/report/scale.ts";
import { summariseFiles } from "../src/report/summary.ts";
import { table } from "../src/report/table.ts";
import { writeReport } from "../src/report/write.ts";

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");
const results = JSON.parse(golden("run.json")) as Results;

test("the page of a run is the golden page", () => {
  expect(toMarkdown(results, ["run-text.svg", "run-binary.svg"])).toBe(golden("run.md"));
});

test.each(["text", "binary"] as const)("the picture of the %s files of a run is the golden picture", (kind) => {
  expect(toPicture(results, kind)).toBe(golden(`run-${kind}.svg`));
});

test("there is no picture of a kind that no file is of", () => {
  expect(toPicture(results, "dna")).toBeUndefined();
});

test("a report is the results, the page, and a picture a kind", () => {
  const written = new Map<string, string>();
  const files = writeReport(results, "/out", "run", (file, text) => written.set(file, text));
  expect(files).toEqual(["/out/run.json", "/out/run.md", "/out/run-text.svg", "/out/run-binary.svg"]);
  expect([...written.keys()]).toEqual(files);
  expect(JSON.parse(written.get("/out/run.json")!)).toEqual(results);
});

test("a contestant that failed on a file is in no summary over that file", () => {
  const names = (files: string[]) => summariseFiles(results, files).map(({ id }) => id);
  expect(names(["prose"])).toContain("brotli");
  expect(names(["prose", "program"])).not.toContain("brotli");
});

describe("a level that another beats in size and in time", () => {
  const faster = (results: Results, contestant: string, of: "compress" | "decompress"): Results => ({
    ...results,
    rows: results.rows.map((row) => (row.contestant === contestant ? { ...row, [of]: { ...row[of], speed: 9 } } : row)),
  });

  test("is none of the run", () => {
    expect(describeDominated(results)).toEqual([expect.stringContaining("no level is dominated")]);
  });

  test("is found for each kind of files, in the direction in which it is", () => {
    const found = dominatedLevels(faster(results, "pith-5", "decompress"));
    expect(found.map(({ kind, direction, level, by }) => [kind, direction, level.id, by.id])).toEqual([
      ["text", "decompress", "pith-1", "pith-5"],
      ["binary", "decompress", "pith-1", "pith-5"],
    ]);
    expect(describeDominated(faster(results, "pith-5", "decompress"))[0]).toMatch(
      /^dominated, text, decompress: pith -1 \(1\.\d+ bits per character, 1\.70 MB\/s\) by pith -5 /,
    );
  });

  test("is not compared with the library, whose time is without the start of Node", () => {
    expect(dominatedLevels(faster(results, "pith-5-library", "compress"))).toEqual([]);
  });
});

test("a table escapes bars and aligns numbers right", () => {
  expect(
    table(
      ["", "n"],
      [
        ["a|b", "1"],
        ["c", "1000"],
      ],
    ),
  ).toBe(["|      |    n |", "| ---- | ---: |", "| a\\|b |    1 |", "| c    | 1000 |"].join("\n"));
});

describe("scales", () => {
  test("lead from end to end, also backwards", () => {
    const scale = linearScale([1, 3], 100, 0);
    expect(scale.at(scale.low)).toBe(100);
    expect(scale.at(scale.high)).toBeCloseTo(0, 9);
    expect(scale.at(2)).toBeCloseTo(50, 9);
  });
  test("have round ticks", () => {
    expect(linearTicks(linearScale([1.2, 2.1], 0, 1)).map(({ value }) => value)).toEqual([1.2, 1.4, 1.6, 1.8, 2]);
    expect(logarithmicTicks(logarithmicScale([0.3, 12], 0, 1)).map(({ value }) => value)).toEqual([0.5, 1, 2, 5, 10]);
  });
  test("make do with powers of ten over many decades", () => {
    expect(logarithmicTicks(logarithmicScale([0.002, 300], 0, 1)).map(({ value }) => value)).toEqual([
      0.01, 0.1, 1, 10, 100,
    ]);
  });
  test("survive a single value", () => {
    const scale = linearScale([2], 0, 10);
    expect(scale.at(2)).toBeCloseTo(5, 9);
  });
});

test("names keep clear of a line through their points", () => {
  const points = [0, 1, 2].map((i) => ({ x: 100 + 80 * i, y: 150, text: `point ${i}` }));
  const frame = { x: 0, y: 0, width: 400, height: 300 };
  const line = boxesAlong(points);
  expect(line.length).toBeGreaterThan(20);
  const [{ y }] = placeLabels([points[1]], frame, 5, 12, line);
  expect(Math.abs(y - 150)).toBeGreaterThan(8);
});

test("names of close points stand apart and within the frame", () => {
  const frame = { x: 0, y: 0, width: 400, height: 300 };
  const points = [0, 1, 2, 3].map((i) => ({ x: 200 + 4 * i, y: 150 + 3 * i, text: `point ${i}` }));
  const boxes = placeLabels(points, frame, 5, 12).map(({ x, y, anchor, text }) => {
    const width = text.length * 7;
    return { x: x - { start: 0, middle: 0.5, end: 1 }[anchor] * width, y: y - 11, width, height: 12 };
  });
  for (const [i, box] of boxes.entries()) {
    expect(overlap(box, frame)).toBeCloseTo(box.width * box.height, 6);
    for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(0);
  }
});
