import { describe, expect, test } from "@jest/globals";
import { THESIS_TABLE } from "@pith/framing";

import {
  barChart,
  countRange,
  differenceFigure,
  neighboursFigure,
  searchFigure,
  showCharacter,
  textBars,
  type SwapState,
} from "../src/index.ts";
import { ticksUpTo } from "../src/charts/bar-chart.ts";
import { sampleText } from "./support/text.ts";

describe("bars of text", () => {
  test("are as long as their values, to an eighth of a character", () => {
    const bars = [
      { label: "a", value: 8, note: "8" },
      { label: "bb", value: 2.0625, note: "2" },
      { label: "c", value: 0, note: "0" },
    ];
    expect(textBars(bars, 4)).toBe(" a ████ 8\nbb █    2\n c      0\n");
    expect(textBars(bars, 8, 16)).toBe(" a ████     8\nbb █        2\n c          0\n".replace("█  ", "█  "));
  });

  test("of nothing are none, and of zeros have no length", () => {
    expect(textBars([], 10)).toBe("");
    expect(textBars([{ label: "a", value: 0, note: "0" }], 3)).toBe("a     0\n");
  });
});

describe("pictures", () => {
  const text = sampleText(5000);
  const counts = countRange(text, 0, text.length);
  const state: SwapState = {
    table: THESIS_TABLE,
    swapSize: 2,
    steps: 10,
    accuracy: 0.9,
    curve: [
      { step: 0, accuracy: 0.8 },
      { step: 4, accuracy: 0.9 },
    ],
    random: 1,
  };

  test.each([
    ["difference by distance", differenceFigure(counts), 7],
    ["neighbours", neighboursFigure(counts, "b"), 7 * 28],
  ])("of %s have a bar for each number, with a tip", (_name, svg, bars) => {
    expect(svg.match(/<rect class="bar"/g)).toHaveLength(bars);
    expect(svg.match(/<title>/g)).toHaveLength(bars);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("have round numbers on their axis, up to the largest bar", () => {
    expect([0.0123, 4, 9.9, 277e-6, 3e-7, 0].map(ticksUpTo)).toEqual([
      [0.005, 0.01],
      [1, 2, 3, 4],
      [2, 4, 6, 8],
      [0.0001, 0.0002],
      [1e-7, 2e-7, 3e-7],
      [],
    ]);
    const bars = [{ label: "a", value: 4, tip: "4" }];
    expect(
      barChart("t", "n", [{ title: "", bars }]).match(/<text class="tick"[^>]*text-anchor="end">\d/g),
    ).toHaveLength(5);
  });

  test("of a search have a line that goes up in steps to the end", () => {
    const svg = searchFigure([state, { ...state, swapSize: 3 }]);
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    const [line] = /points="([^"]*)"/.exec(svg)!.slice(1);
    const points = line.split(" ").map((point) => point.split(",").map(Number));
    expect(points).toHaveLength(4);
    expect(points[1][1]).toBe(points[0][1]);
    expect(points[2][0]).toBe(points[1][0]);
    expect(points[2][1]).toBeLessThan(points[1][1]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("of a search that found nothing, and of nothing at all, are pictures too", () => {
    expect(searchFigure([{ ...state, steps: 0, curve: [{ step: 0, accuracy: 0.8 }] }])).not.toMatch(/NaN|Infinity/);
    expect(barChart("a < b & c", 'a "note"', [])).toContain("a &lt; b &amp; c");
  });

  test("show characters that cannot be seen", () => {
    expect(["a", " ", "\n", "\x7f"].map(showCharacter)).toEqual(["a", "␠", "\\x0a", "\\x7f"]);
  });
});
