import { describe, expect, test } from "@jest/globals";
import { DATA_KINDS, TABLE_4_2, reproduceRow } from "../src/index.ts";
import { breakthroughFactor, tableRatio } from "../src/paper/table-4-2.ts";

describe("the paper's Table 4.2", () => {
  test("is met at its rows, and interpolated between them", () => {
    for (const { size, ratio } of TABLE_4_2) expect(tableRatio(size)).toBeCloseTo(ratio, 6);
    expect(tableRatio(Math.sqrt(2 ** 10 * 10 * 2 ** 10))).toBeCloseTo(Math.sqrt(6.48 * 30.52), 9);
    expect(tableRatio(1)).toBe(6.48);
    expect(tableRatio(1e12)).toBe(5_943_677);
  });

  test("leaves no amplification at the one size whose compressed size it states", () => {
    expect(breakthroughFactor(17_557_620_908)).toBeCloseTo(1, 6);
    expect(17_557_620_908 / 2954).toBeCloseTo(5_943_677, -1);
  });

  test.each(DATA_KINDS)("promises on %s data what nothing that can be undone keeps", async (kind) => {
    for (const row of TABLE_4_2.slice(0, 3)) {
      const { claimedRatio, representationRatio, achieved } = await reproduceRow(row, kind);
      expect(claimedRatio).toBeGreaterThan(row.size === 2 ** 10 ? 20 : achieved.entropy);
      expect(representationRatio).toBeGreaterThan(achieved.repeats);
      expect(achieved.order).toBeGreaterThanOrEqual(0);
      expect(achieved.entropy).toBeLessThan(8);
      if (kind === "random") expect(achieved.entropy).toBeLessThan(1.001);
    }
  });
});
