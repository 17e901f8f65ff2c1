import { describe, expect, test } from "@jest/globals";

import { renderFragment, renderHtml } from "../src/report/html/page.ts";
import { REPORT_STYLE } from "../src/report/html/style.ts";
import type { Report } from "../src/report/report.ts";
import { sampleReport } from "./report-sample.ts";

const report = sampleReport();
const html = renderHtml(report);

/** Checks that each element ends where it should, and returns all start tags. */
function parse(markup: string): { readonly name: string; readonly attributes: Map<string, string> }[] {
  const tags: { name: string; attributes: Map<string, string> }[] = [];
  const open: string[] = [];
  for (const [, end, name, attributes, empty] of markup.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][\w-]*="[^"<>]*")*)\s*(\/?)>/g,
  )) {
    if (end === "/") {
      expect(open.pop()).toBe(name);
      continue;
    }
    tags.push({
      name,
      attributes: new Map(
        [...attributes.matchAll(/([a-zA-Z][\w-]*)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      ),
    });
    if (empty !== "/" && name !== "meta") open.push(name);
  }
  expect(open).toEqual([]);
  return tags;
}

const tags = parse(html.replace("<!doctype html>", "").replace(/<style>[^]*<\/style>/, ""));

describe("the page", () => {
  test("is well-formed: nothing is left that looks like a broken tag", () => {
    const rest = html
      .replace("<!doctype html>", "")
      .replace(/<style>[^]*<\/style>/, "")
      .replace(/<\/?[a-z][a-z0-9]*(?:\s+[a-zA-Z][\w-]*="[^"<>]*")*\s*\/?>/g, "");
    expect(rest.match(/.{0,40}[<>].{0,40}/)).toBeNull();
    expect(rest.match(/.{0,40}(?:NaN|undefined|null|Infinity|\[object).{0,40}/)).toBeNull();
  });

  test("asks for nothing and runs nothing", () => {
    expect(html).not.toMatch(/https?:|url\(|@import|<script|<link|<img|<iframe|src=|href=/);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    for (const { attributes } of tags) {
      for (const name of attributes.keys()) expect(name).not.toMatch(/^on|^style$/);
    }
  });

  test("escapes what comes from the file", () => {
    expect(html).toContain("<title>sample &lt;&amp;&gt; file.bin: pattern analysis</title>");
    const safetensors = report.safetensors!;
    const evil = `"><script>alert('x')</script>\u0000`;
    const hostile: Report = {
      ...report,
      name: evil,
      safetensors: {
        ...safetensors,
        metadata: { [evil]: evil },
        tensors: safetensors.tensors.map((tensor) => ({ ...tensor, name: evil, model: `copy of ${evil}` })),
      },
    };
    const page = renderHtml(hostile);
    expect(page).not.toMatch(/<script|'x'/);
    expect(page.includes("\u0000")).toBe(false);
    parse(page.replace("<!doctype html>", "").replace(/<style>[^]*<\/style>/, ""));
  });

  test("names every picture, section and table for those who cannot see it", () => {
    const pictures = tags.filter(
      ({ name, attributes }) => name === "svg" && /^(chart|bar)$/.test(attributes.get("class") ?? ""),
    );
    expect(pictures.length).toBeGreaterThan(20);
    for (const { attributes } of pictures) {
      expect(attributes.get("role")).toBe("img");
      expect(attributes.get("aria-label")).toMatch(/\w/);
    }
    const ids = tags.flatMap(({ attributes }) => attributes.get("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, attributes } of tags) {
      if (name === "section") expect(ids).toContain(attributes.get("aria-labelledby"));
    }
    expect(html.split("<table>")).toHaveLength(html.split("<caption>").length);
    expect(html).toMatch(/^<html lang="en">$/m);
  });

  test("has the figures behind each picture as a table", () => {
    for (const id of ["map", "runs", "tree", "entropy", "autocorrelation"]) {
      const [section] = html.slice(html.indexOf(`aria-labelledby="report-${id}"`)).split("</section>");
      expect(section).toMatch(/<svg class="chart"/);
      expect(section).toMatch(/<details><summary>As a table<\/summary><div class="scroll"/);
    }
  });

  test("shows the paper's figure as what it is", () => {
    expect(html).toContain(
      '<li class="card claimed"><span class="name">The paper’s ratio</span><strong>1,544×</strong>',
    );
    expect(html).toContain("It cannot be undone.");
  });

  test("keeps its pictures within their frames", () => {
    for (const { name, attributes } of tags) {
      if (name !== "rect" && name !== "circle") continue;
      const share = (key: string): number => parseFloat(/^([\d.]+)%$/.exec(attributes.get(key) ?? "")?.[1] ?? "0");
      expect(share("x") + share("width")).toBeLessThanOrEqual(100.02);
      expect(share("cx")).toBeLessThanOrEqual(100);
      for (const key of ["width", "height"]) expect(attributes.get(key) ?? "").not.toMatch(/^-/);
    }
  });

  test("is a fragment with a frame around it", () => {
    expect(html).toContain(renderFragment(report));
  });
});

test("data without patterns is no trouble", () => {
  const { analysis } = report;
  const { statistics } = analysis;
  const [coarse, fine, micro] = analysis.levels.map((level) => ({ ...level, total: 0, top: [], counts: [] }));
  const page = renderHtml({
    name: "",
    pith: null,
    safetensors: null,
    analysis: {
      ...analysis,
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
    },
  });
  parse(page.replace("<!doctype html>", "").replace(/<style>[^]*<\/style>/, ""));
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(page).toContain("No block occurs twice.");
  expect(renderHtml({ ...report, analysis: { ...analysis, runs: null } })).toContain("They are not known");
});

describe("colours can be told apart from the page", () => {
  const pairs = [...REPORT_STYLE.matchAll(/--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  const palettes = [2, 3].map((scheme) => new Map(pairs.map((match) => [match[1], match[scheme]])));

  test("on a light page and on a dark one", () => {
    // Whichever the page that it stands in has, and not what the system has.
    expect(REPORT_STYLE).not.toContain("prefers-color-scheme");
    for (const palette of palettes) {
      for (const ground of ["page", "card"]) {
        // WCAG 2: 4.5 for text, 3 for what is in a picture.
        for (const text of ["ink", "quiet", "good", "claim"]) {
          expect(contrast(palette.get(text)!, palette.get(ground)!)).toBeGreaterThanOrEqual(4.5);
        }
        for (const part of ["coarse", "fine", "micro", "sign", "exponent", "mantissa", "bytes"]) {
          expect(contrast(palette.get(part)!, palette.get(ground)!)).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });
});

/** Contrast ratio as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((i) => {
    const part = parseInt(colour.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
