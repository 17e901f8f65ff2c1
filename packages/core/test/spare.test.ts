import { describe, expect, it } from "@jest/globals";
import { giveSpare, takeSpare } from "../src/bytes/spare.ts";

const MIB = 2 ** 20;

describe("memory that is used again", () => {
  it("is what was given back", () => {
    const first = takeSpare(MIB);
    giveSpare(first);
    const second = takeSpare(MIB - 5);
    expect(second.buffer).toBe(first.buffer);
    expect(second).toHaveLength(MIB - 5);
  });

  it("is never given to two", () => {
    const given = takeSpare(2 * MIB);
    giveSpare(given);
    const [a, b] = [takeSpare(2 * MIB), takeSpare(2 * MIB)];
    expect(a.buffer).not.toBe(b.buffer);
  });

  it("does not serve what is much shorter", () => {
    const given = takeSpare(16 * MIB);
    giveSpare(given);
    expect(takeSpare(MIB).buffer).not.toBe(given.buffer);
  });

  it("is no more than 32 MiB", () => {
    const many = Array.from({ length: 12 }, () => new Uint8Array(4 * MIB));
    many.forEach(giveSpare);
    const again = new Set(Array.from({ length: 12 }, () => takeSpare(4 * MIB).buffer));
    expect(many.filter(({ buffer }) => again.has(buffer)).length).toBeLessThanOrEqual(8);
  });

  it("takes no notice of what has gone to another thread", () => {
    const given = new Uint8Array(MIB);
    structuredClone(given, { transfer: [given.buffer] });
    giveSpare(given);
    expect(takeSpare(MIB)).toHaveLength(MIB);
  });
});
