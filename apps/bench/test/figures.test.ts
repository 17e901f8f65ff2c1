import { describe, expect, test } from "@jest/globals";
import { fillFigures } from "../src/figures/fill.ts";
import { figureOf } from "../src/figures/page-tables.ts";
import { summaryTable } from "../src/figures/summary-table.ts";
import { outdated, updateAll } from "../src/figures/update.ts";
import { ROOT } from "../src/paths.ts";
import { readFileSync } from "node:fs";
import type { Results } from "../src/report/results.ts";

const PAGE = `# A page

The first five have 82.83 % of all; time grows with
the power 0.68.

| | a | b * |
|---|--:|--:|
| **one** | 1.5 (2.5) | – |
| two | 1,234 | 4 |

## Sizes

| size | data | a |
|---|---|--:|
| 1KB | text | 7 |
| 1KB | random | 1.00 (3) |
`;

describe("a figure", () => {
  test.each([
    ["one / a", "1.5 (2.5)"],
    ["one / a / second", "2.5"],
    ["two / a", "1,234"],
    ["one / b", "–"],
    ["Sizes / 1KB random / a / first", "1.00"],
    ["1KB text / a", "7"],
    ["Sizes", "\n| size | data | a |\n|---|---|--:|\n| 1KB | text | 7 |\n| 1KB | random | 1.00 (3) |\n"],
    ["~ The first five have", "82.83"],
    ["~ with the power", "0.68"],
  ])("is found by the words around it: %s", (place, value) => {
    expect(figureOf(PAGE, place)).toBe(value);
  });

  test.each(["one / c", "three / a", "Sizes / one / a", "one / b / first", "Speed", "~ nowhere"])(
    "that is not there is an error: %s",
    (place) => {
      expect(() => figureOf(PAGE, place)).toThrow(/expected/);
    },
  );
});

describe("a document", () => {
  const pageOf = (name: string): string => {
    expect(name).toBe("page");
    return PAGE;
  };

  test("has its figures put where the marks are, and nothing else changed", () => {
    const before =
      "It is <!-- figure page / one / a / first -->9<!-- / --> % and <!-- figure page ~ power -->?<!-- / -->.";
    const after =
      "It is <!-- figure page / one / a / first -->1.5<!-- / --> % and <!-- figure page ~ power -->0.68<!-- / -->.";
    expect(fillFigures(before, pageOf)).toBe(after);
    expect(fillFigures(after, pageOf)).toBe(after);
  });

  test("may show how marks are written, between fences", () => {
    const text = "a\n```\n<!-- figure page / x -->1<!-- / -->\n```\n<!-- figure page / one / a / first -->0<!-- / -->";
    expect(fillFigures(text, pageOf)).toBe(text.replace(">0<", ">1.5<"));
  });

  test("may have whole blocks", () => {
    const text = "<!-- figure page / all -->old<!-- / -->";
    expect(fillFigures(text, pageOf, { "page / all": () => "| a |" })).toBe(
      "<!-- figure page / all -->\n| a |\n<!-- / -->",
    );
  });

  test("that asks for what no page has is told where", () => {
    expect(() => fillFigures("<!-- figure page / one / z -->9<!-- / -->", pageOf)).toThrow(/^figure page one \/ z: /);
  });
});

test("the summary has a row a contestant that says something of its own, and means of the speeds", () => {
  const run = JSON.parse(readFileSync(new URL("golden/run.json", import.meta.url), "utf8")) as Results;
  const rows = summaryTable(run).split("\n");
  expect(rows[0]).toBe(`|  | ${run.files.map(({ name }) => name).join(" | ")} | compress | decompress |`);
  expect(rows.some((row) => row.startsWith("| **pith"))).toBe(true);
  expect(rows.every((row) => !row.includes("@pith/codec"))).toBe(true);
});

test("pages, pictures and the figures in documents are those of the results", () => {
  expect(outdated(ROOT, updateAll(ROOT))).toEqual([]);
});
