import { describe, expect, test } from "@jest/globals";

import type { Analysis } from "../src/analysis.ts";
import { renderJson, type Report } from "../src/report/report.ts";
import { renderText } from "../src/report/text/text.ts";
import { sampleReport } from "./report-sample.ts";

const report = sampleReport();

/** The sample's report with an analysis that differs in some parts. */
function withAnalysis(parts: Partial<Analysis>): Report {
  return { ...report, analysis: { ...report.analysis, ...parts } };
}

test("the JSON is the report", () => {
  expect(JSON.parse(renderJson(report))).toEqual(report);
});

describe("the text", () => {
  test.each([40, 52, 80, 132])("fits %i columns", (width) => {
    for (const full of [false, true]) {
      for (const line of renderText(report, { width, full }).split("\n")) {
        expect(line.length).toBeLessThanOrEqual(width);
      }
    }
  });

  test("shows what can be achieved beside what is claimed, and why that cannot be undone", () => {
    const text = renderText(report).replace(/\s+/g, " ");
    expect(text).toMatch(/original 1,048,576 100\.0 % █+ order 0, learnt on the way 602,932 57\.5 % █+/);
    expect(text).toMatch(/Pith, level 5 210,000 20\.0 %/);
    expect(text).toMatch(/repeated micro patterns removed 1,100,000 ± 2\.00 kB 104\.9 % █+▸/);
    expect(text).toMatch(/tensors, order 0 by field 740,000 70\.6 %/);
    expect(text).toContain("Ratio by the paper's formula (RSRC, section 3.2): 1,544×");
    expect(text).toContain("It cannot be undone.");
    expect(text).toContain("2^17,568 files apart, and there are 2^8,388,608 files of this size");
  });

  test("does not say that less than the file is kept where more is", () => {
    const { claimed } = report.analysis;
    const text = renderText(
      withAnalysis({
        size: 1_500,
        claimed: { ...claimed, representation: { ...claimed.representation, total: 2_000 } },
      }),
    );
    expect(text).toContain("It is no size.");
    expect(text).not.toContain("files apart");
  });

  test("says of a sample that it is one", () => {
    const text = renderText({ ...report, pith: { level: 9, contentLength: 100_000, size: 25_000, pieces: 4 } });
    expect(text.replace(/\s+/g, " ")).toMatch(
      /Pith, level 9 262,144 25\.0 % █+.? \(from a sample of 100\.00 kB in 4 pieces, which took 25,000 bytes;/,
    );
  });

  test("shows the foremost of long lists, and all when asked", () => {
    expect(renderText(report)).toContain("… and 7 more trees");
    expect(renderText(report)).toMatch(/└ \d more/);
    const full = renderText(report, { full: true });
    expect(full).not.toMatch(/more trees|└ \d more/);
    expect(full.split("\n").filter((line) => line.startsWith("coarse 0"))).toHaveLength(9);
  });

  test("lists tensors with the bits of their fields", () => {
    expect(renderText(report)).toMatch(/embedding\.weight +F32 +256×512 +524\.29 kB +1\.00 +2\.60 +22\.90 +26\.500/);
    expect(renderText(report)).toMatch(/layers\.0\.norm +I8 +– +131\.07 kB +5\.100/);
    expect(renderText({ ...report, safetensors: null })).not.toContain("Tensors");
  });

  test("steers no terminal, whatever a file or a tensor is called", () => {
    const evil = "\u001b[31mred\u0007\n";
    const safetensors = report.safetensors!;
    const text = renderText({
      ...report,
      name: evil,
      safetensors: { ...safetensors, tensors: safetensors.tensors.map((tensor) => ({ ...tensor, name: evil })) },
    });
    expect(text).toContain("?[31mred??");
    expect(text.replace(/\n/g, "")).not.toMatch(/\p{Cc}/u);
  });

  test("has something to say of data without patterns", () => {
    const { levels, statistics } = report.analysis;
    const [coarse, fine, micro] = levels.map((level) => ({ ...level, total: 0, top: [], counts: [] }));
    const text = renderText(
      withAnalysis({
        size: 3,
        levels: [coarse, fine, micro],
        tree: [],
        map: { cellSize: 1000, coarse: [], fine: [], micro: [] },
        runs: { lengths: [], longest: null },
        statistics: {
          ...statistics,
          profile: { ...statistics.profile, bitsPerByte: [] },
          autocorrelation: { ...statistics.autocorrelation, product: [], match: [], peaks: [] },
        },
        notes: [],
      }),
    );
    expect(text).toContain("No block occurs twice.");
    expect(text).toContain("the file has no whole block");
    expect(text).not.toContain("Notes");
    expect(renderText(withAnalysis({ runs: null }))).toContain("Repeat lengths are not known");
  });
});
