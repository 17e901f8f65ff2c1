import { describe, expect, test } from "@jest/globals";
import { refute, representationOf, verifyRefutation } from "../src/index.ts";

function join(chunks: Iterable<Uint8Array>): Uint8Array {
  return Buffer.concat([...chunks]);
}

describe("a refutation", () => {
  test.each([
    [1000, 1000, "representation"],
    [1024, 1000, "representation"],
    [20_000, 1000, "representation"],
    [30_000, 3000, "representation"],
    [40_960, 1000, "analysis"],
    [65_000, 3000, "analysis"],
    [102_400, 1000, "analysis"],
    [123_457, 1100, "analysis"],
    [1_048_576, 1000, "analysis"],
    [3_333_333, 2700, "analysis"],
  ])(
    "of %i bytes in blocks of %i is two files of which no one can say which it was",
    async (size, blockSize, equal) => {
      const refutation = refute(size, blockSize);
      const [first, second] = [join(refutation.first()), join(refutation.second())];
      expect([first.length, second.length]).toEqual([size, size]);
      expect(Buffer.from(first).equals(second)).toBe(false);
      const differing = [...first.keys()].filter((i) => first[i] !== second[i]);
      expect(refutation.differences.flatMap((d) => Array.from({ length: d.size }, (_, i) => d.offset + i))).toEqual(
        differing,
      );

      const check = await verifyRefutation(refutation);
      expect(check.differentBytes).toBe(differing.length);
      expect(check.representationsEqual).toBe(true);
      expect(refutation.equal).toBe(equal);
      expect(check.analysesEqual || equal === "representation").toBe(true);
      expect(check.filesPerRepresentation).toBe(8 * (size - check.first.claimed.representation.total));
      expect(check.first.claimed.ratio).toBe(check.second.claimed.ratio);
    },
  );

  test("holds for the paper's own signature", async () => {
    const check = await verifyRefutation(refute(50_000), { signature: "md5" });
    expect(check.first.parameters.signature).toBe("md5");
    expect([check.representationsEqual, check.analysesEqual]).toEqual([true, true]);
  });

  test("does not hold for any two files: a further byte shows", async () => {
    const refutation = refute(50_000);
    const { representationsEqual, analysesEqual, differentBytes } = await verifyRefutation({
      ...refutation,
      *second() {
        for (const [i, chunk] of [...refutation.second()].entries()) yield i === 3 ? chunk.map((b) => b ^ 1) : chunk;
      },
    });
    expect([representationsEqual, analysesEqual]).toEqual([false, false]);
    expect(differentBytes).toBeGreaterThan(4);
  });

  test("has patterns that recur, so that signatures are kept and compared", async () => {
    const { first } = await verifyRefutation(refute(50_000));
    const { patterns, links, statistics } = representationOf(first);
    expect(patterns.filter(({ level }) => level === "coarse").length).toBeGreaterThan(2);
    expect(links.length).toBeGreaterThan(10);
    expect(statistics).toHaveLength(7);
  });

  test("tells of both analyses how far it is", async () => {
    const told: number[] = [];
    await verifyRefutation(refute(40_000), { onProgress: ({ done, total }) => told.push(done / (total ?? 0)) });
    expect(told.at(-1)).toBe(1);
    expect(told).toContain(0.5);
  });

  test.each([
    [999, 1000],
    [1000.5, 1000],
    [10_000, 900],
    [10_000, 1050],
    [10_000, 3100],
  ])("of %p bytes in blocks of %p is refused", (size, blockSize) => {
    expect(() => refute(size, blockSize)).toThrow(RangeError);
  });
});
