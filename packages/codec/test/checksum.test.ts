import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checksum } from "../src/bytes/checksum.ts";
import { checksumFromBytes, checksumToBytes } from "../src/bytes/checksum-digits.ts";
import { noise } from "./helpers/content.ts";

const MASK = 2n ** 64n - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & MASK;
const round = (lane: bigint, input: bigint): bigint => (rotate((lane + input * P2) & MASK, 31n) * P1) & MASK;

/** XXH64 from its definition, with integers of any size. */
function reference(bytes: Uint8Array, seed: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = BigInt(seed);
  let at = 0;
  let hash = start + P5;
  if (bytes.length >= 32) {
    let lanes = [start + P1 + P2, start + P2, start, start - P1].map((lane) => lane & MASK);
    for (; at + 32 <= bytes.length; at += 32) {
      lanes = lanes.map((lane, i) => round(lane, view.getBigUint64(at + 8 * i, true)));
    }
    hash = rotate(lanes[0], 1n) + rotate(lanes[1], 7n) + rotate(lanes[2], 12n) + rotate(lanes[3], 18n);
    for (const lane of lanes) hash = (((hash & MASK) ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  hash = (hash + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8) {
    hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & MASK;
  }
  if (at + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (rotate(hash ^ ((BigInt(bytes[at]) * P5) & MASK), 11n) * P1) & MASK;
  hash = ((hash ^ (hash >> 33n)) * P2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * P3) & MASK;
  return (hash ^ (hash >> 32n)).toString(16).padStart(16, "0");
}

describe("the checksum", () => {
  test.each([
    ["", 0, "ef46db3751d8e999"],
    ["", 1, "d5afba1336a3be4b"],
    ["a", 0, "d24ec4f1a98c6e5b"],
    ["abc", 0, "44bc2cf5ad770999"],
  ])("of %j with seed %d is that which XXH64 publishes", (text, seed, expected) => {
    expect(checksum(new TextEncoder().encode(text), seed)).toBe(expected);
  });

  test("is XXH64 for any bytes and seed", () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(bytes, seeds, (content, seed) => {
        expect(checksum(content, seed)).toBe(reference(content, seed));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test.each([2 ** 20 - 1, 2 ** 20, 2 ** 20 + 47, 2 ** 20 + 2 ** 18 + 31])("is XXH64 for %d bytes", (length) => {
    const bytes = noise(length);
    expect(checksum(bytes, 5)).toBe(reference(bytes, 5));
  });

  test("does not depend on where in its buffer the content lies", () => {
    const buffer = Uint8Array.from({ length: 100 }, (_, i) => i * 37);
    expect(checksum(buffer.subarray(3, 90), 0)).toBe(checksum(buffer.slice(3, 90), 0));
  });

  test("is stored least significant byte first and read back", () => {
    const bytes = checksumToBytes("ef46db3751d8e999");
    expect([...bytes]).toEqual([0x99, 0xe9, 0xd8, 0x51, 0x37, 0xdb, 0x46, 0xef]);
    expect(checksumFromBytes(bytes)).toBe("ef46db3751d8e999");
  });
});
