import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { DATA_KINDS, createAnalyzer, generateData } from "../src/index.ts";
import { generated } from "./support/content.ts";

const golden = JSON.parse(readFileSync(new URL("golden/generated.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;

function analyse(content: Uint8Array) {
  const analyzer = createAnalyzer();
  analyzer.push(content);
  return analyzer.finish();
}

describe("generated data", () => {
  test.each(DATA_KINDS)("of kind %s stays as it is", (kind) => {
    expect(
      createHash("sha256")
        .update(generated(kind, 2_200_001, 7))
        .digest("hex"),
    ).toBe(golden[kind]);
  });

  test.each(DATA_KINDS)("of kind %s depends on the seed, and not on the size asked for", (kind) => {
    const content = generated(kind, 1_500_000);
    expect(Buffer.from(generated(kind, 70_001)).equals(content.subarray(0, 70_001))).toBe(true);
    expect(Buffer.from(generated(kind, 70_001, 2)).equals(content.subarray(0, 70_001))).toBe(false);
  });

  test("comes in chunks of 1 MiB at most", () => {
    expect([...generateData("text", 2 ** 21 + 5)].map(({ length }) => length)).toEqual([2 ** 20, 2 ** 20, 5]);
    expect([...generateData("text", 0)]).toEqual([]);
  });

  test("is what its kind says", () => {
    const random = analyse(generated("random", 300_000));
    expect(random.statistics.entropy[0].bitsPerByte).toBeGreaterThan(7.999);
    const structured = analyse(generated("structured", 900_000));
    for (const { density } of structured.levels) expect(density).toBeLessThan(0.95);
    const text = new TextDecoder().decode(generated("text", 100_000));
    expect(text).toMatch(/^[a-z .\n]+$/);
    expect(text).toMatch(/[a-z]\. [a-z]/);
    const weights = new Float32Array(generated("weights", 4_000_000).buffer);
    const mean = weights.reduce((sum, x) => sum + x, 0) / weights.length;
    const within = weights.filter((x) => Math.abs(x) < 1 / 16).length / weights.length;
    expect(Math.abs(mean)).toBeLessThan(1e-4);
    expect(within).toBeGreaterThan(0.97);
    expect(weights.every((x) => Number.isFinite(x))).toBe(true);
  });

  test.each([
    ["sound", 1, 1],
    ["text", -1, 1],
    ["text", 1.5, 1],
    ["text", 1, -1],
  ])("of %p, %p bytes and seed %p is refused", (kind, size, seed) => {
    expect(() => [...generateData(kind as "text", size, seed)]).toThrow(RangeError);
  });
});
