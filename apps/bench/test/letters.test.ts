import { describe, expect, test } from "@jest/globals";
import { cutsOf, measureMessages, shortLines } from "../src/letters/messages.ts";
import { toPage } from "../src/letters/page.ts";
import { measureTexts } from "../src/letters/texts.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { withFiles } from "./fakes.ts";

const encoder = new TextEncoder();

describe("messages", () => {
  test("are the lines of 100 to 300 bytes", () => {
    const lines = [99, 100, 300, 301, 0, 150].map((length) => "x".repeat(length));
    const found = shortLines(encoder.encode(lines.join("\n")));
    expect(found.map(({ length }) => length)).toEqual([100, 300, 150]);
  });

  test("are cuts from all over a text, the same each time", () => {
    const text = pseudoText(50_000, 1);
    const cuts = cutsOf(text, 40);
    expect(cuts.length).toBeGreaterThan(38);
    for (const { length } of cuts) {
      expect(length).toBeGreaterThanOrEqual(100);
      expect(length).toBeLessThanOrEqual(300);
    }
    expect(cuts.at(-1)?.byteOffset).toBeGreaterThan(45_000);
    expect(cutsOf(text, 40)).toEqual(cuts);
  });

  test("are measured in each way of writing, the shortest of a number of bits being no longer than the others", async () => {
    const { count, brotli, forms } = await measureMessages("some", cutsOf(pseudoText(5000, 2), 4));
    expect(count).toBe(4);
    expect(brotli).toBeGreaterThan(0.3);
    for (const bits of [4, 3]) {
      const [plain, modelled, shortest] = forms.filter((form) => form.bits === bits).map(({ mean }) => mean);
      expect(shortest).toBeLessThanOrEqual(Math.min(plain, modelled));
    }
  });
});

test("texts are measured by every decoder, in both framings", async () => {
  const content = "it was a dark and stormy night; the rain fell in torrents, except at occasional intervals. ".repeat(
    9,
  );
  await withFiles({ "night.txt": content }, async (folder) => {
    const [result] = await measureTexts(
      [{ name: "night.txt", path: `${folder}/night.txt`, size: content.length, kind: "text" }],
      () => undefined,
    );
    expect(result.length).toBe(content.length);
    expect(result.decoders).toHaveLength(4);
    for (const { ambiguous, right, thesis, inStream } of result.decoders) {
      expect(ambiguous).toBeGreaterThan(300);
      expect(right).toBeGreaterThan(0.7 * ambiguous);
      expect(right).toBeLessThanOrEqual(ambiguous);
      expect(inStream.size).toBeLessThan(thesis.size);
      expect(thesis.corrections).toBeLessThan(thesis.size);
    }
  });
});

test("the page has the parts that were measured, ratios taken within each round", () => {
  const page = toPage({
    format: 1,
    texts: {
      date: "2026-01-02T03:04:05.000Z",
      processor: "a processor",
      node: "20.19.0",
      rows: [
        {
          name: "a.txt",
          length: 1000,
          decoders: [
            {
              decoder: "resolver-large",
              ambiguous: 400,
              right: 399,
              thesis: { size: 720, corrections: 2 },
              inStream: { size: 520, corrections: 5 },
            },
          ],
        },
      ],
    },
    speed: {
      date: "2026-01-02T03:04:05.000Z",
      processor: "a processor",
      node: "20.19.0",
      length: 8e6,
      reference: { name: "zip -1", seconds: [0.1, 0.2, 0.4] },
      rows: [{ name: "resolver", seconds: [0.4, 0.8, 0.8] }],
    },
  });
  expect(page).toMatch(/\| a\.txt +\| +1,000 +\| +99\.750 \|/);
  expect(page).toContain("72.00 (0.200)");
  expect(page).toContain("52.00 (0.500)");
  expect(page).not.toContain("## Messages");
  expect(page).toMatch(/\| resolver +\| +10\.0 \| +0\.250 \|/);
});
