import { describe, expect, test } from "@jest/globals";
import { THESIS_TABLE } from "@pith/framing";
import { measureBuffering } from "../src/letters/buffering.ts";
import { cutsOf, measureMessages, shortLines } from "../src/letters/messages.ts";
import { toPage } from "../src/letters/page.ts";
import { measureSearch } from "../src/letters/search.ts";
import { measureTexts } from "../src/letters/texts.ts";
import { measureTokens, measureWidths } from "../src/letters/widths.ts";
import { measureWords } from "../src/letters/words.ts";
import type { CorpusFile } from "../src/measure/corpus.ts";
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

describe("on a text", () => {
  const content =
    "it was a dark and stormy night; the rain fell in torrents, except at occasional intervals, when it was checked by a " +
    "violent gust of wind which swept up the streets. ";
  const text = content.repeat(8);
  const files = (folder: string): CorpusFile[] => [
    { name: "night.txt", path: `${folder}/night.txt`, size: text.length, kind: "text" },
  ];
  const still = (): void => undefined;

  test("words are looked up, and every byte comes back", async () => {
    await withFiles({ "night.txt": text }, async (folder) => {
      const [{ before, after, length }] = await measureWords(files(folder), still);
      expect(length).toBe(text.length);
      expect(after.words.right).toBeGreaterThan(before.words.right);
      expect(after.ambiguous.of).toBe(before.ambiguous.of);
      expect(after.inStream).toBeLessThanOrEqual(before.inStream);
    });
  });

  test("words are found among codes, each where it stands", async () => {
    await withFiles({ "night.txt": text }, async (folder) => {
      const [{ words, found, right }] = await measureSearch(files(folder), still);
      const all = content.match(/[a-z]+/g) ?? [];
      expect([words, right]).toEqual([new Set(all).size, 8 * all.length]);
      expect(found).toBeGreaterThanOrEqual(right);
    });
  });

  test("codes are of several widths, and of several characters", async () => {
    await withFiles({ "night.txt": text }, async (folder) => {
      const training = encoder.encode(content.repeat(3));
      const widths = await measureWidths(files(folder), training, THESIS_TABLE.groups, still);
      expect(widths.map(({ bits }) => bits)).toEqual([2, 3, 4, 6]);
      for (const { size, length, coded, ambiguous, right } of widths) {
        expect(size).toBeLessThan(length);
        expect(coded).toBeLessThanOrEqual(length);
        expect(right).toBeLessThanOrEqual(ambiguous);
      }
      const tokens = measureTokens(files(folder), training, still);
      expect(tokens.map(({ bits }) => bits)).toEqual([8, 12]);
      for (const { coded, codes } of tokens) expect(codes).toBeLessThan(coded);
    });
  });

  test("framing is timed with and without a buffer", async () => {
    await withFiles({}, (folder) => {
      const { rows, length } = measureBuffering(encoder.encode(text), folder, 2);
      expect(length).toBe(text.length);
      expect(rows.map(({ size, seconds }) => [size, seconds.length])).toEqual([
        [1, 2],
        [65_536, 2],
      ]);
    });
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
          encodable: 0.95,
          inRuns: 0.85,
          framed: 715,
          decoders: [
            {
              decoder: "resolver-large",
              ambiguous: 400,
              right: 399,
              coded: { right: 799, of: 800 },
              characters: { right: 989, of: 990 },
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
  expect(page).toMatch(/\| a\.txt +\| +95\.0 \| +85\.0 \| 71\.50 \|/);
  expect(page).toMatch(/\| a\.txt +\| +1,000 +\| +99\.90 \|/);
  expect(page).toContain("72.00 (0.200)");
  expect(page).toContain("52.00 (0.500)");
  expect(page).not.toContain("## Messages");
  expect(page).toMatch(/\| resolver +\| +10\.0 \| +0\.250 \|/);
});
