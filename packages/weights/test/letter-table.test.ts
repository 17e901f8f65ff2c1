import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { hashOf } from "../src/hash.ts";
import { packLetterTable, unpackLetterTable, type LetterTableWeights, type PackedLetterTable } from "../src/index.ts";
import { letterTable } from "../src/letter-table.ts";

const SMALL = { groups: ["ab"], alphabet: "abc", distances: [-1, 1] };

function small(numbers: readonly number[]): LetterTableWeights {
  return { ...SMALL, table: Float32Array.from({ length: 18 }, (_, i) => numbers[i % numbers.length]) };
}

/** The packed form with its bytes changed and its hash made right again. */
function rehashed(model: PackedLetterTable, change: (bytes: Buffer) => Uint8Array): PackedLetterTable {
  const packed = change(Buffer.from(model.packed, "base64"));
  return { ...model, packed: Buffer.from(packed).toString("base64"), hash: hashOf(packed) };
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (error) {
    if (error instanceof PithError) return error.code;
    throw error;
  }
}

describe("packed letter tables", () => {
  test("come back rounded to the finest unit in which all numbers fit", () => {
    expect(unpackLetterTable(packLetterTable("t", small([0.25, -0.3, 1.9])))).toEqual(
      small([16 / 64, -19 / 64, 122 / 64]),
    );
    expect(unpackLetterTable(packLetterTable("t", small([100.4, -127, 0.6])))).toEqual(small([100, -127, 1]));
    expect(unpackLetterTable(packLetterTable("t", small([0])))).toEqual(small([0]));
  });

  test("are refused where they do not fit", () => {
    const pack = (weights: LetterTableWeights) => (): unknown => packLetterTable("t", weights);
    expect(pack({ ...SMALL, table: new Float32Array(17) })).toThrow(
      new RangeError("table: expected 18 numbers, got 17"),
    );
    expect(pack(small([128]))).toThrow(new RangeError("table: expected numbers within ±127, got 128"));
    expect(pack(small([NaN]))).toThrow(new RangeError("table: expected numbers within ±127, got NaN"));
  });

  test("say so when they are damaged", () => {
    const model = packLetterTable("t", small([1, 2, -3]));
    expect(codeOf(() => unpackLetterTable({ ...model, packed: "?" }))).toBe("invalid-field");
    expect(codeOf(() => unpackLetterTable({ ...model, packed: "AAAA" }))).toBe("checksum-mismatch");
    const change = (edit: (bytes: Buffer) => Uint8Array): string =>
      codeOf(() => unpackLetterTable(rehashed(model, edit)));
    expect(change((bytes) => bytes)).toBe("none");
    expect(change(() => new Uint8Array(1))).toBe("truncated");
    expect(change((bytes) => bytes.subarray(0, -3))).toBe("truncated");
    expect(change((bytes) => Buffer.concat([bytes, bytes]))).toBe("trailing-data");
    expect(change((bytes) => bytes.fill(2, 0, 1))).toBe("unsupported-version");
    expect(change((bytes) => bytes.fill(13, 1, 2))).toBe("invalid-field");
  });
});

describe("the letter table that comes along", () => {
  const { groups, alphabet, distances, table } = unpackLetterTable(letterTable);

  test("is the one that it has always been", () => {
    expect(letterTable.hash).toBe("648fd418f558ef9b");
    expect({ groups: groups.join(" "), alphabet, distances }).toEqual({
      groups: "fd pk cl go nw az hx mq is je yv bu tr   .",
      alphabet: "abcdefghijklmnopqrstuvwxyz .",
      distances: [-4, -3, -2, -1, 1, 2, 3],
    });
  });

  test("knows the letters of an English text by their neighbours", () => {
    const text =
      "the lamp had gone out again and nobody in the house would say who had last seen the matches. she felt along " +
      "the shelf for the box that always stood between the clock and the jar of buttons but there was only dust.";
    let letters = 0;
    let right = 0;
    for (let i = 0; i < text.length; i++) {
      const group = groups.find((members) => members.length > 1 && members.includes(text[i]));
      if (group === undefined) continue;
      const sums = Array.from(group, (letter) =>
        distances.reduce((sum, distance, d) => {
          const neighbour = alphabet.indexOf(text.charAt(i + distance) || "?");
          const row = (alphabet.indexOf(letter) * distances.length + d) * alphabet.length;
          return neighbour < 0 ? sum : sum + table[row + neighbour];
        }, 0),
      );
      letters++;
      if (text[i] === group[Number(sums[1] > sums[0])]) right++;
    }
    expect(letters).toBeGreaterThan(150);
    expect(right / letters).toBeGreaterThan(0.9);
  });
});
