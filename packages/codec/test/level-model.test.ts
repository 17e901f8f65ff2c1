import { describe, expect, test } from "@jest/globals";
import { compress, info } from "@pith/codec";
import { firstWords, levelModel, type LevelModel } from "@pith/codec/level-model";
import { measure } from "@pith/entropy";

const PROSE = new TextEncoder().encode(
  "It was the cat that had the fish, and not the dog; the dog had nothing. \u201cNothing,\u201d said NOBODY. ".repeat(
    3,
  ) + "And when the winter came, all of them went home by the old road, as they had done in the year before, quietly. ",
);
const LINES = new TextEncoder().encode(
  Array.from({ length: 200 }, (_, i) => `${1000 + 7 * i};${i % 3 === 0 ? "open" : "shut"};${(i * i) % 97}\n`).join(""),
);
const RECORDS = Uint8Array.from({ length: 4000 }, (_, i) => (i % 8 < 4 ? i >> (8 * (i % 4)) : 0xc0 + ((i * i) % 7)));

/** Functions for x86's 64-bit mode that call a few others, each from many places. */
const X64 = Uint8Array.from(
  Array.from({ length: 200 }, (_, i) => {
    const distance = 32 * ((i * 7) % 5) - 20 * i;
    const called = [0, 8, 16, 24].map((shift) => (distance >> shift) & 255);
    return [
      0x55,
      0x48,
      0x89,
      0xe5,
      0x48,
      0x8b,
      0x47,
      (8 * i) & 0x78,
      0x48,
      0x8d,
      0x34,
      0x07,
      0xe8,
      ...called,
      0x5d,
      0xc3,
      0x90,
    ];
  }).flat(),
);

async function modelOf(content: Uint8Array, level: number): Promise<LevelModel> {
  const found = await levelModel(content, { level });
  if (found === undefined) throw new Error("there is no model");
  return found;
}

describe("a level's model of some content", () => {
  test.each([
    ["prose", PROSE, 5, ["words"]],
    ["prose", PROSE, 10, ["words"]],
    ["lines", LINES, 5, []],
    ["records", RECORDS, 6, []],
    ["machine code", X64, 5, ["call"]],
    ["machine code", X64, 6, ["call"]],
  ] as const)(
    "predicts %s as it is stored: the same bytes, but for what ends them; level %#",
    async (_, content, level, transforms) => {
      const found = await modelOf(content, level);
      const { bitsPerSymbol } = measure(found.createPredictor(), found.symbols);
      const [{ blocks }] = (await info(await compress(content, { level, open: false }))).frames;
      expect(found.transforms).toEqual(transforms);
      expect(blocks[0].transforms).toEqual(transforms);
      expect(blocks[0].method).toBe("mix");
      const bytes = (bitsPerSymbol * found.symbols.length) / 8;
      expect(Math.abs(bytes - blocks[0].payloadLength)).toBeLessThan(4 + 0.01 * bytes);
    },
  );

  test("says where in the content its symbols lie", async () => {
    const { symbols, symbolEnds, contentEnds } = await modelOf(PROSE, 5);
    expect(symbolEnds).toHaveLength(contentEnds.length);
    expect(symbolEnds.at(-1)).toBe(symbols.length);
    expect(contentEnds.at(-1)).toBe(PROSE.length);
    for (const ends of [symbolEnds, contentEnds])
      expect(Array.from(ends)).toEqual([...new Set(ends)].sort((a, b) => a - b));
    const text = new TextDecoder();
    const units = Array.from(contentEnds, (end, i) => text.decode(PROSE.subarray(contentEnds[i - 1] ?? 0, end)));
    expect(units.slice(0, 5)).toEqual(["", "It", " was", " the", " cat"]);
    expect(units).toContain(" NOBODY");
  });

  test("tells which words a code stands for, and those whose codes begin as it does", async () => {
    const { words, symbols, symbolEnds, contentEnds } = await modelOf(PROSE, 5);
    if (words === undefined) throw new Error("it is not coded by words");
    const unit = contentEnds.indexOf(10);
    const code = symbols.subarray(symbolEnds[unit - 1], symbolEnds[unit]);
    expect(firstWords(words, code, 3)).toEqual({ words: ["the"], count: 1 });
    const { words: some, count } = firstWords(words, Uint8Array.of(0xc1), 2);
    expect(some).toHaveLength(2);
    expect(count).toBeGreaterThan(50);
    expect(firstWords(words, Uint8Array.of(0x41), 2).count).toBe(0);
    expect(firstWords(words, Uint8Array.of(0xf3, 0xc1), 2).count).toBe(0);
  });

  test("there is none where a level has another method", async () => {
    expect(await levelModel(PROSE, { level: 2 })).toBeUndefined();
    await expect(levelModel(PROSE, { level: 11 })).rejects.toThrow(RangeError);
  });
});
