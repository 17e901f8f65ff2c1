import { describe, expect, test } from "@jest/globals";

import {
  formatBits,
  formatBytes,
  formatCorrelation,
  formatCount,
  formatFigure,
  formatPlural,
  formatRatio,
  formatShare,
  formatShortBytes,
} from "../src/report/numbers.ts";
import { shorten, shortenPeaks } from "../src/report/resample.ts";
import { bar, sparkline } from "../src/report/text/bars.ts";
import { table, wrap } from "../src/report/text/lines.ts";

describe("numbers", () => {
  test.each([
    [formatBytes, 0, "0 B"],
    [formatBytes, 999, "999 B"],
    [formatBytes, 999.6, "1.00 kB"],
    [formatBytes, 17_557_620_908, "17.56 GB"],
    [formatBytes, 3e15, "3000.00 TB"],
    [formatShortBytes, 2_000_000, "2 MB"],
    [formatShortBytes, 2_500_000, "2.5 MB"],
    [formatShortBytes, 262_144, "262.14 kB"],
    [formatShortBytes, 100, "100 B"],
    [formatCount, 5_943_677.2, "5,943,677"],
    [formatCount, -0.2, "0"],
    [formatFigure, 0, "0"],
    [formatFigure, 0.001234, "0.00123"],
    [formatFigure, 1.5, "1.5"],
    [formatFigure, 12.345, "12.3"],
    [formatFigure, 4_560.4, "4,560"],
    [formatFigure, -0.31, "−0.31"],
    [formatFigure, 1e-9, "1.00e-9"],
    [formatFigure, 3e20, "3.00e20"],
    [formatShare, 0.1464, "14.6 %"],
    [formatShare, 0, "0.0 %"],
    [formatShare, 1e-6, "0.0001 %"],
    [formatBits, 5.3214, "5.321"],
    [formatBits, -0.0001, "0.000"],
    [formatCorrelation, 0.423, "+0.42"],
    [formatCorrelation, -0.08, "−0.08"],
    [formatCorrelation, -0.001, "0.00"],
    [formatRatio, 5_943_677, "5,943,677×"],
  ] as const)("%p of %p", (format, value, expected) => {
    expect(format(value)).toBe(expected);
  });

  test("of things", () => {
    expect([formatPlural(1, "tensor"), formatPlural(2_000, "tensor")]).toEqual(["1 tensor", "2,000 tensors"]);
  });
});

describe("series", () => {
  test("are shortened to means", () => {
    expect(shorten([1, 3, 5, 7, 100, 0], 3)).toEqual([2, 6, 50]);
    expect(shorten([1, 2], 5)).toEqual([1, 2]);
    expect(shorten([], 5)).toEqual([]);
    expect(shorten([1, 2, 3, 4, 5, 6, 7], 3)).toHaveLength(3);
  });

  test("lose no spike where it matters", () => {
    expect(shortenPeaks([0.1, -0.9, 0.2, 0.3], 2)).toEqual([-0.9, 0.3]);
  });
});

describe("pictures of characters", () => {
  test("bars are as long as their share, to an eighth", () => {
    expect(bar(0.5, 4)).toBe("██");
    expect(bar(0.53, 4)).toBe("██▏");
    expect([bar(0, 4), bar(1e-9, 4), bar(3, 4), bar(-1, 4)]).toEqual(["", "▏", "████", ""]);
  });

  test("columns are as high as their values", () => {
    expect(sparkline([0, 0.001, 0.5, 1, 2], 1)).toBe(" ▁▅██");
    expect(sparkline([1], 0)).toBe(" ");
  });
});

describe("lines", () => {
  test("break between words", () => {
    expect(wrap("a bc def g", 6, 2)).toEqual(["  a bc", "  def", "  g"]);
    expect(wrap("unbreakable", 4)).toEqual(["unbreakable"]);
  });

  test("of a table fit the width by what is in the middle of a name", () => {
    const columns = [
      { title: "name", align: "left" },
      { title: "n", align: "right" },
    ] as const;
    expect(table(columns, [["a.long.name.of.a.tensor", "12"]], 16)).toEqual(["name           n", "a.long…ensor  12"]);
  });
});
