import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import {
  Counter,
  countRange,
  countText,
  emptyCounts,
  mergeCounts,
  utf16Of,
  type Counts,
  type Window,
} from "../src/index.ts";
import { referenceCount, type ReferenceCounts } from "./support/reference-count.ts";
import { sampleText } from "./support/text.ts";

const RUNS = { numRuns: 60, seed: 3 };
/** What is rare in random bytes comes often: letters, long characters, bytes that are none. */
const texts = fc
  .array(
    fc.oneof(fc.constantFrom(97, 98, 99, 32, 46), fc.constantFrom(65, 0xc3, 0xa9, 0xf0, 0x80, 0xff, 10), fc.nat(255)),
    {
      maxLength: 200,
    },
  )
  .map((bytes) => Uint8Array.from(bytes));
const windows = fc
  .record({ before: fc.nat(16), after: fc.nat(16) })
  .filter(({ before, after }: Window) => before + after > 0);

function plain({ pairs, characters, inRuns, total }: ReferenceCounts | Counts): unknown {
  return { pairs: Array.from(pairs), characters: Array.from(characters), inRuns, total };
}

describe("the kernel", () => {
  test("counts as the definition says, for any text, window and alphabet", () => {
    fc.assert(
      fc.property(
        texts,
        windows,
        fc.constantFrom("abc .", "abcdefghijklmnopqrstuvwxyz .", "\0A\n"),
        (text, window, alphabet) => {
          const counter = new Counter({ alphabet, window });
          counter.add(text);
          expect(plain(counter.counts())).toEqual(plain(referenceCount(text, alphabet, window)));
        },
      ),
      RUNS,
    );
  });

  test("counts a text that is longer than its buffer, cut anywhere, as it does the whole", async () => {
    const text = sampleText(200_000);
    const whole = countRange(text, 0, text.length);
    const cuts = [0, 1, 2, 65_535, 65_537, 140_000, 140_003, text.length];
    const pieces = cuts.slice(1).map((end, i) => text.subarray(cuts[i], end));
    expect(await countText(pieces)).toEqual(whole);
    expect(plain(whole)).toEqual(plain(referenceCount(text, whole.alphabet, whole.window)));
  });

  test("gives the golden counts", () => {
    const counter = new Counter({ alphabet: "abc", window: { before: 1, after: 2 } });
    counter.add(new TextEncoder().encode("abcaab b\u00e9a"));
    const { pairs, characters, total } = counter.counts();
    expect({ characters: Array.from(characters, Number), total }).toEqual({ characters: [4, 3, 1], total: 10n });
    // Rows: character; in each, neighbours a, b, c; in each, distances −1, 1, 2.
    expect(Array.from(pairs, Number)).toEqual([
      ...[1, 1, 0, 0, 2, 1, 1, 0, 1],
      ...[2, 0, 2, 0, 0, 1, 0, 1, 0],
      ...[0, 1, 1, 1, 0, 0, 0, 0, 0],
    ]);
  });
});

describe("parts of a text", () => {
  test("that are counted apart and merged are as the whole, wherever it is cut, and however merged", () => {
    fc.assert(
      fc.property(
        texts,
        windows,
        fc.array(fc.nat(200), { maxLength: 4 }),
        fc.boolean(),
        (text, window, places, leftFirst) => {
          const cuts = [0, ...places.map((place) => Math.min(place, text.length)).sort((a, b) => a - b), text.length];
          const parts = cuts.slice(1).map((end, i) => countRange(text, cuts[i], end, { window }));
          const merged = leftFirst
            ? parts.reduce((a, b) => mergeCounts(a, b))
            : parts.reduceRight((a, b) => mergeCounts(b, a));
          expect(merged).toEqual(countRange(text, 0, text.length, { window }));
        },
      ),
      RUNS,
    );
  });

  test("are exact beyond 2^53, up to 2^64 − 1", () => {
    let counts = countRange(Uint8Array.of(97, 98), 0, 2, { alphabet: "ab", window: { before: 0, after: 1 } });
    for (let doubling = 0; doubling < 62; doubling++) counts = mergeCounts(counts, counts);
    const one = countRange(Uint8Array.of(97, 98), 0, 2, { alphabet: "ab", window: { before: 0, after: 1 } });
    expect(mergeCounts(counts, one)).toMatchObject({ pairs: BigUint64Array.of(0n, 2n ** 62n + 1n, 0n, 0n) });
    expect(() => mergeCounts(mergeCounts(counts, counts), mergeCounts(counts, counts))).toThrow(
      "counts: expected sums up to 2^64 − 1, got 18446744073709551616",
    );
  });

  test("of other alphabets or windows do not merge", () => {
    const counts = emptyCounts();
    expect(() => mergeCounts(counts, emptyCounts({ alphabet: "ab" }))).toThrow(
      'alphabet: expected "abcdefghijklmnopqrstuvwxyz ." in all, got "ab"',
    );
    expect(() => mergeCounts(counts, emptyCounts({ window: { before: 1, after: 0 } }))).toThrow(
      "distances: expected -4 -3 -2 -1 1 2 3 in all, got -1",
    );
  });
});

describe("a text that is read", () => {
  test("tells how far it is", async () => {
    const seen: unknown[] = [];
    const pieces = [sampleText(10), sampleText(20)];
    await countText(pieces, { total: 30, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { done: 10, total: 30 },
      { done: 30, total: 30 },
    ]);
  });

  test("can be stopped", async () => {
    await expect(countText([sampleText(10)], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

test.each([
  [{ alphabet: "a" }, "alphabet: expected 2 to 64 characters, got 1"],
  [{ alphabet: "aba" }, 'alphabet: expected each character once, got "a" twice'],
  [{ alphabet: "a\u00e4" }, 'alphabet: expected ASCII, got "\u00e4"'],
  [{ window: { before: 17, after: 0 } }, "window.before: expected an integer from 0 to 16, got 17"],
  [{ window: { before: 1, after: 0.5 } }, "window.after: expected an integer from 0 to 16, got 0.5"],
  [{ window: { before: 0, after: 0 } }, "window: expected at least one character, got none"],
])("%j is refused", (options, message) => {
  expect(() => new Counter(options)).toThrow(new RangeError(message));
});

describe("UTF-16", () => {
  const text = "Statistics are counted of UTF-8, and Über alles of nothing else.";

  test("is known by its mark, and without one by its zeros", () => {
    const little = Buffer.from(text, "utf16le");
    const big = Buffer.from(little).swap16();
    expect([utf16Of(little), utf16Of(big)]).toEqual(["UTF-16LE", "UTF-16BE"]);
    expect(utf16Of(Buffer.from("\ufeffмороз", "utf16le"))).toBe("UTF-16LE");
    expect(utf16Of(Buffer.from("\ufeffмороз", "utf16le").swap16())).toBe("UTF-16BE");
  });

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["nothing", new Uint8Array(0)],
    ["zeros", new Uint8Array(1000)],
    ["numbers of 32 bits", new Uint8Array(Uint32Array.from({ length: 256 }, (_, i) => i).buffer)],
  ])("is not %s", (_what, bytes) => {
    expect(utf16Of(bytes)).toBeUndefined();
  });
});

test("what is no Uint8Array is refused", async () => {
  const bytes = Buffer.from("a text that is there whole goes in an array");
  await expect(countText(bytes as unknown as Uint8Array[])).rejects.toThrow(
    new TypeError("piece: expected a Uint8Array, got number"),
  );
  await expect(countText("text" as unknown as Uint8Array[])).rejects.toThrow(TypeError);
  expect((await countText([bytes])).total).toBe(BigInt(bytes.length));
});
