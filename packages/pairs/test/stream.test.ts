import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { ALPHABETICAL_TABLE, parseCodeTable, THESIS_TABLE } from "@pith/framing";
import fc from "fast-check";
// The built package: workers run from there.
import { decodePairs, encodePairs, findInPairs, type LetterTableModel, type PairsEncodeOptions } from "@pith/pairs";
import { ENGLISH, texts } from "./helpers/english.ts";

const english = new TextEncoder().encode(ENGLISH);
const here = { threads: 0 };

/** Takes the first letter of each group. */
const naive: LetterTableModel = {
  hash: 0x12345678,
  create: (groups) => ({
    decode: (cells) => Uint8Array.from(cells, (cell) => (cell < 256 ? cell : groups[cell - 256].charCodeAt(0))),
  }),
};

const WAYS: readonly [string, PairsEncodeOptions][] = [
  ["in-stream by the resolver", { decoder: "small" }],
  ["in-stream by the table", { decoder: "table" }],
  ["in-stream by the table, with another code table", { decoder: "table", table: ALPHABETICAL_TABLE }],
  ["the thesis's framing by the resolver", { framing: "thesis", decoder: "small" }],
  ["the thesis's framing by the table", { framing: "thesis", decoder: "table" }],
];

describe.each(WAYS)("%s", (_, way) => {
  test("every byte comes back", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { stream, losses } = await encodePairs(text, { ...way, ...here });
        expect(losses).toBeUndefined();
        expect(await decodePairs(stream, here)).toEqual(text);
      }),
      { seed: 7, numRuns: 25 },
    );
  });

  test("a lossy stream says what it lost, and loses nothing else", async () => {
    const { stream, losses } = await encodePairs(english, { ...way, ...here, lossy: true });
    const exact = await encodePairs(english, { ...way, ...here });
    const back = await decodePairs(stream, here);
    const wrong = [...back.keys()].filter((i) => back[i] !== english[i]);
    expect(stream.length).toBeLessThan(exact.stream.length);
    expect(back).toHaveLength(english.length);
    expect(losses?.wrong).toBe(wrong.length);
    expect(losses?.first.map(({ offset }) => offset)).toEqual(wrong.slice(0, 20));
    expect([...(losses?.confusions.values() ?? [])].reduce((sum, count) => sum + count, 0)).toBe(wrong.length);
  });

  test("every truncation is an error", async () => {
    const { stream } = await encodePairs(english.subarray(0, 200), { ...way, ...here });
    for (let length = 0; length < stream.length; length++) {
      await expect(decodePairs(stream.subarray(0, length), here)).rejects.toBeInstanceOf(PithError);
    }
    await expect(decodePairs(Uint8Array.of(...stream, 0), here)).rejects.toMatchObject({
      code: "trailing-data",
      offset: stream.length,
    });
  });

  test("damage leads to an error or to another text", async () => {
    const { stream } = await encodePairs(english.subarray(0, 150), { ...way, ...here });
    for (let at = 0; at < stream.length; at++) {
      const damaged = stream.slice();
      damaged[at] ^= 1 << (at & 7);
      await decodePairs(damaged, here).catch((error: unknown) => {
        expect(error).toBeInstanceOf(PithError);
      });
    }
  });
});

test("the stream is the same on three workers, on one and on this thread, and so is what comes back", async () => {
  const text = new Uint8Array(2_300_000);
  for (let at = 0; at < text.length; at += english.length) text.set(english.subarray(0, text.length - at), at);
  const { stream } = await encodePairs(text, { decoder: "small", ...here });
  for (const threads of [1, 3]) {
    const again = await encodePairs(text, { decoder: "small", threads });
    expect(Buffer.compare(again.stream, stream)).toBe(0);
    expect(Buffer.compare(await decodePairs(stream, { threads }), text)).toBe(0);
  }
});

test("an empty text is a header and an end", async () => {
  const { stream } = await encodePairs("", { decoder: "small", ...here });
  expect(stream).toHaveLength(7);
  expect(await decodePairs(stream, here)).toHaveLength(0);
});

test("a string is its UTF-8; half of a surrogate pair is named with its place", async () => {
  const { stream } = await encodePairs("na\u00efve \u{1f600}", { decoder: "small", ...here });
  expect(new TextDecoder().decode(await decodePairs(stream, here))).toBe("na\u00efve \u{1f600}");
  await expect(encodePairs("half \ud83d of it")).rejects.toMatchObject({
    code: "invalid-field",
    offset: 5,
    got: "U+D83D",
  });
});

test.each<[string, number[], { code: string; offset: number }]>([
  ["an overlong form", [0x61, 0xc0, 0xaf], { code: "invalid-field", offset: 1 }],
  ["a surrogate", [0x61, 0xed, 0xa0, 0x80], { code: "invalid-field", offset: 2 }],
  ["a character beyond Unicode", [0xf4, 0x90, 0x80, 0x80], { code: "invalid-field", offset: 1 }],
  ["a byte that is never in UTF-8", [0x61, 0x62, 0xff], { code: "invalid-field", offset: 2 }],
  ["a character that is cut off", [0x61, 0xe2, 0x82], { code: "truncated", offset: 3 }],
])("%s is refused with its place if the stream is to be strict, and stored if not", async (_, bytes, problem) => {
  const text = Uint8Array.from(bytes);
  await expect(encodePairs(text, { strict: true, ...here })).rejects.toMatchObject(problem);
  for (const framing of ["in-stream", "thesis"] as const) {
    const { stream } = await encodePairs(text, { framing, decoder: "small", ...here });
    expect(await decodePairs(stream, here)).toEqual(text);
  }
});

test("what is no text grows by a few bytes alone", async () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i * 7919) >> 5);
  const { stream } = await encodePairs(bytes, { decoder: "small", ...here });
  expect(stream.length).toBeLessThan(bytes.length + 16);
});

test("a decoder of one's own has to be given again, and is told from others", async () => {
  const { stream } = await encodePairs(english, { decoder: naive, table: THESIS_TABLE, ...here });
  expect(await decodePairs(stream, { decoder: naive, ...here })).toEqual(english);
  await expect(decodePairs(stream, here)).rejects.toMatchObject({ code: "unknown-method", offset: 2, got: "12345678" });
  const other = { ...naive, hash: 1 };
  await expect(decodePairs(stream, { decoder: other, ...here })).rejects.toMatchObject({ code: "unknown-method" });
});

test("a lossy stream may be read with another decoder of the same codes, and with no other", async () => {
  const lossy = await encodePairs(english, { decoder: "medium", lossy: true, ...here });
  expect(await decodePairs(lossy.stream, { decoder: "small", ...here })).toHaveLength(english.length);
  const thesis = await encodePairs(english, { decoder: "table", lossy: true, ...here });
  await expect(decodePairs(thesis.stream, { decoder: "small", ...here })).rejects.toMatchObject({
    code: "unknown-method",
  });
  const exact = await encodePairs(english, { decoder: "medium", ...here });
  await expect(decodePairs(exact.stream, { decoder: "small", ...here })).rejects.toMatchObject({
    code: "unknown-method",
  });
});

test("code tables that cannot be are refused", async () => {
  const text = "a text";
  await expect(encodePairs(text, { decoder: "small", table: THESIS_TABLE })).rejects.toBeInstanceOf(RangeError);
  const mixed = parseCodeTable("a, bc de fg hi jk lm no pq rs tu vw xyz _ .");
  await expect(encodePairs(text, { decoder: naive, table: mixed })).rejects.toThrow(
    /groups\[0\]: expected small letters/u,
  );
  const three = parseCodeTable("abcd efgh ijkl mnop qrst uvwxyz _");
  await expect(encodePairs(text, { decoder: naive, table: three })).rejects.toBeInstanceOf(RangeError);
  await expect(encodePairs(text, { decoder: "huge" as "large" })).rejects.toBeInstanceOf(TypeError);
});

describe("a word", () => {
  const text = `${ENGLISH} The creature, the creatures; THE END`;
  const bytes = new TextEncoder().encode(text);
  /** Where a word stands whole, in bytes. */
  const placesOf = (word: string, content = text): number[] =>
    Array.from(
      content.matchAll(new RegExp(`(?<![a-z])${word}(?![a-z])`, "gi")),
      ({ index }) => new TextEncoder().encode(content.slice(0, index)).length,
    );

  test.each(WAYS)("is found where it stands, whatever else is: %s", async (_, way) => {
    const { stream } = await encodePairs(bytes, { ...way, ...here });
    for (const word of ["the", "creature", "THE", "end"]) {
      const found = await findInPairs(stream, word);
      expect(placesOf(word).filter((place) => !found.includes(place))).toEqual([]);
      expect(found).toEqual([...found].sort((a, b) => a - b));
    }
    expect(placesOf("creature")).toHaveLength(1);
  });

  test("is found across the border of two chunks, and once", async () => {
    const long = "night ".repeat(2 ** 18);
    const { stream } = await encodePairs(long, { decoder: "small", ...here });
    const found = await findInPairs(stream, "night");
    expect(found).toHaveLength(2 ** 18);
    expect(found.findIndex((place, i) => place !== 6 * i)).toBe(-1);
  });

  test("of the same codes is found as well: nothing is decoded", async () => {
    // t and j share a code, as do i and f.
    const { stream } = await encodePairs("tin, jin and tfn", { decoder: "small", ...here });
    expect(await findInPairs(stream, "tin")).toEqual([0, 5, 13]);
  });

  test.each(["", "two words", "caf\u00e9"])("has to be one: %j", async (word) => {
    const { stream } = await encodePairs(bytes, here);
    await expect(findInPairs(stream, word)).rejects.toThrow(/^word: expected 1 to 255 characters/);
  });

  test("in a damaged stream is a PithError", async () => {
    const { stream } = await encodePairs(bytes, here);
    await expect(findInPairs(stream.subarray(0, 30), "the")).rejects.toThrow(PithError);
    await expect(findInPairs(Uint8Array.of(1, 2, 3), "the")).rejects.toThrow(PithError);
  });
});
