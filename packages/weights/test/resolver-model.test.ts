import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { packWeights, unpackWeights, type PackedResolver } from "../src/index.ts";

const GROUPS = ["ab", "cde", " "];
const BITS = 10;

/** Weights as training leaves them: many zeros, few that are large. */
function someWeights(bits: number): Int8Array {
  let state = 1;
  return Int8Array.from({ length: 2 ** bits }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const size = Math.clz32(state) ** 2;
    return state & 1 ? Math.min(127, size) : -Math.min(127, size);
  });
}

function errorOf(run: () => unknown): PithError {
  try {
    run();
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
  throw new Error("expected a PithError");
}

/** The model with its packed bytes changed, and with their hash if `honest`. */
function altered(model: PackedResolver, change: (bytes: Uint8Array) => Uint8Array, honest: boolean): PackedResolver {
  const bytes = change(Uint8Array.from(atob(model.packed), (character) => character.charCodeAt(0)));
  const packed = btoa(String.fromCharCode(...bytes));
  const got = errorOf(() => unpackWeights({ ...model, packed })).got;
  return { ...model, packed, hash: honest ? String(got) : model.hash };
}

describe("a packed model", () => {
  const model = packWeights("some", { groups: GROUPS, tableBits: BITS, weights: someWeights(BITS) });

  test("gives its groups and weights back", () => {
    expect(unpackWeights(model)).toEqual({ groups: GROUPS, tableBits: BITS, weights: someWeights(BITS) });
    expect(model).toMatchObject({ name: "some", groups: GROUPS, tableBits: BITS });
  });

  test("takes about as many bits as its weights have entropy", () => {
    const weights = someWeights(16);
    const counts = new Map<number, number>();
    for (const weight of weights) counts.set(weight, (counts.get(weight) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values()) bits -= count * Math.log2(count / weights.length);
    const { packed } = packWeights("some", { groups: GROUPS, tableBits: 16, weights });
    expect(atob(packed).length).toBeLessThan((bits / 8) * 1.01 + 200);
  });

  test("has the same name in streams every time, and another one for any other weight", () => {
    const weights = someWeights(BITS);
    expect(packWeights("again", { groups: GROUPS, tableBits: BITS, weights }).hash).toBe(model.hash);
    weights[2 ** BITS - 1]++;
    expect(packWeights("again", { groups: GROUPS, tableBits: BITS, weights }).hash).not.toBe(model.hash);
  });

  test("is refused when a bit of it is damaged", () => {
    for (const at of [0, 1, 2, 5, 20, 100]) {
      const damaged = altered(model, (bytes) => bytes.with(at, bytes[at] ^ 4), false);
      const { code, expected, got } = errorOf(() => unpackWeights(damaged));
      expect([code, expected]).toEqual(["checksum-mismatch", model.hash]);
      expect(got).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  test("is refused when it is not base64", () => {
    expect(errorOf(() => unpackWeights({ ...model, packed: "*" })).code).toBe("invalid-field");
  });

  test("is refused when it is of another version, whatever its hash says", () => {
    const other = altered(model, (bytes) => bytes.with(0, 1), true);
    expect(errorOf(() => unpackWeights(other))).toMatchObject({ code: "unsupported-version", offset: 0, got: 1 });
  });

  test("is refused when its table would be too large, before any memory is taken", () => {
    const other = altered(model, (bytes) => bytes.with(1, 30), true);
    expect(errorOf(() => unpackWeights(other))).toMatchObject({ code: "invalid-field", offset: 1, got: 30 });
  });

  test("is refused at every length that is too short, and when it is too long", () => {
    for (let length = 0; length < 60; length++) {
      const short = altered(model, (bytes) => bytes.subarray(0, length), true);
      expect(errorOf(() => unpackWeights(short)).code).toBe("truncated");
    }
    const long = altered(model, (bytes) => Uint8Array.from([...bytes, 1, 2, 3]), true);
    expect(errorOf(() => unpackWeights(long)).code).toBe("trailing-data");
  });

  test("of bytes that nobody packed gives an error or weights, never anything else", () => {
    let state = 7;
    const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24;
    for (let round = 0; round < 200; round++) {
      const head = [2, 10 + (noise() % 5), noise() % 4];
      const other = altered(model, () => Uint8Array.from([...head, ...Array.from({ length: noise() }, noise)]), true);
      expect(errorOf(() => unpackWeights(other)).code).toMatch(/^(truncated|trailing-data|invalid-field)$/);
    }
  });

  test("cannot be made of another number of weights", () => {
    const weights = new Int8Array(1000);
    expect(() => packWeights("some", { groups: GROUPS, tableBits: BITS, weights })).toThrow(
      "weights: expected 1024, 2^tableBits, got 1000",
    );
    expect(() => packWeights("some", { groups: GROUPS, tableBits: 9, weights })).toThrow(RangeError);
  });
});
