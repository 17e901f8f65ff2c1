import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { DATA_KINDS, TABLE_4_2, generateData } from "@pith/analyzer";
import { growthExponent } from "../src/analyze/growth.ts";
import { toPage } from "../src/analyze/page.ts";
import { toPicture } from "../src/analyze/picture.ts";
import { runPipeline } from "../src/analyze/pipeline.ts";
import type { PatternResults } from "../src/analyze/results.ts";
import type { TableEntry } from "../src/analyze/table.ts";
import { withTemporaryFolder } from "../src/commands/workspace.ts";

describe("the exponent of growth", () => {
  test.each([0.5, 1, 1.5, 2])("is found: %p", (exponent) => {
    const points = [1, 3, 10, 40].map((size) => ({ size, seconds: 7 * size ** exponent }));
    expect(growthExponent(points)).toBeCloseTo(exponent, 9);
  });

  test("needs two sizes", () => {
    expect(() => growthExponent([{ size: 5, seconds: 1 }])).toThrow(RangeError);
  });
});

const entries = TABLE_4_2.flatMap((row) =>
  DATA_KINDS.map((kind): TableEntry => ({
    row,
    kind,
    claimedRatio: row.ratio / 2,
    representationRatio: row.size / 500,
    achieved: { repeats: 1.25, entropy: 2.5, order: 3 },
    pith: { ratio: 4.5, level: 5, size: Math.min(row.size, 1e7) },
  })),
);
const where = { date: "2026-01-01T00:00:00.000Z", processor: "a processor", node: "20" };
const results: PatternResults = {
  format: 1,
  speed: {
    ...where,
    rows: [
      {
        kind: "text",
        size: 1e9,
        analyzerSeconds: [2],
        md5sumSeconds: [1.5],
        analyzerSpeed: 500,
        md5sumSpeed: 666,
        ratio: 0.75,
        analyzerCost: 3.5,
        md5sumCost: 1.5,
        peakMemory: 2 ** 29,
      },
    ],
    growth: { kind: "text", points: [{ size: 1e8, seconds: 0.3 }], exponent: 0.98 },
  },
  table: { ...where, entries },
};

describe("the results", () => {
  test("stand on the page row by row", () => {
    const page = toPage(results, "patterns.svg");
    expect(page).toContain("| 100MB   |     random |   631,672 |");
    expect(page).toContain("4.50 * |");
    expect(page).toContain("of the first 10,000,000 bytes");
    expect(page).toContain(
      "| text | 1,000,000,000 |            500 |          666 | 0.750 |                3.50 |   1.50 |         512 |",
    );
    expect(page).toContain("the power 0.98 of the size");
    expect(toPage({ format: 1, speed: undefined, table: undefined }, undefined)).toMatch(/^# .*\n$/);
  });

  test("make a picture with a line for the paper, and two for each kind", () => {
    const picture = toPicture(entries);
    expect(picture.match(/<polyline/g)).toHaveLength(1 + 2 * DATA_KINDS.length);
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
    expect(picture).toContain(">16.35GB<");
  });
});

test("a pipeline carries the generated data to its reader", async () => {
  const size = 3_000_000;
  const hash = createHash("md5");
  for (const chunk of generateData("text", size)) hash.update(chunk);
  await withTemporaryFolder(async (folder) => {
    const machine = { core: undefined, accounting: false };
    const { output } = await runPipeline("md5sum", "text", size, folder, machine);
    expect(output).toContain(hash.digest("hex"));
    const analysed = await runPipeline("analyzer", "text", size, folder, machine);
    expect(JSON.parse(analysed.output)).toMatchObject({
      size,
      distinct: [3000, expect.any(Number), expect.any(Number)],
    });
    expect(analysed.seconds).toBeGreaterThan(0);
  });
});
