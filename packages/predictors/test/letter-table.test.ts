import { describe, expect, test } from "@jest/globals";
import {
  THESIS_ALPHABET,
  THESIS_DISTANCES,
  THESIS_MULTIPLIERS,
  createTableDecoder,
  type LetterTable,
} from "../src/index.ts";
import { ACTIVATIONS, exponential } from "../src/letter-table-activation.ts";
import { decodeByReference } from "./reference/letter-table.ts";
import { randomCells, randomLetterTable, randomTable } from "./support/letter-tables.ts";
import { Random } from "./support/random.ts";

/** A table of the letters a to d, "ab" code 0 and "cd" code 1, that is 0 but for some numbers. */
function smallTable(distances: readonly number[], numbers: Record<string, number>): LetterTable {
  const alphabet = "abcd";
  const table = new Float32Array(4 * distances.length * 4);
  for (const [key, value] of Object.entries(numbers)) {
    const [letter, distance, neighbour] = key.split(" ");
    const row = alphabet.indexOf(letter) * distances.length + distances.indexOf(Number(distance));
    table[row * 4 + alphabet.indexOf(neighbour)] = value;
  }
  return { groups: ["ab", "cd"], alphabet, distances, table };
}

/** Cells of a text in which "0" and "1" stand for those codes. */
function cellsOf(text: string): Uint16Array {
  return Uint16Array.from(text, (c) => (c === "0" || c === "1" ? 256 + Number(c) : c.charCodeAt(0)));
}

function decode(table: LetterTable, text: string): string {
  return String.fromCharCode(...createTableDecoder(table).decode(cellsOf(text)));
}

describe("the table decoder", () => {
  test("takes the letter for which its neighbours speak", () => {
    const table = smallTable([-1, 1], { "a -1 c": 1, "b -1 d": 1, "b 1 c": 3 });
    expect(decode(table, "c0 d0 0c c0c")).toBe("ca db bc cbc");
  });

  test("takes the first of equals, and for nothing at all", () => {
    expect(decode(smallTable([1], {}), "0101")).toBe("acac");
    expect(decode(smallTable([1], {}), "")).toBe("");
  });

  test("goes on from the letters that it decided", () => {
    const table = smallTable([-1], { "d -1 b": 1, "b -1 d": 1 });
    expect(decode(table, "b10101")).toBe("bdbdbd");
    expect(decode(table, "a10101")).toBe("acacac");
  });

  test("takes the mean of what a neighbour to the right may be", () => {
    // c says 4 for b, d says 1 against it: 1.5 on the mean, more than the 1 for a.
    const numbers = { "b 1 c": 4, "b 1 d": -1, "a 1 c": 1, "a 1 d": 1 };
    expect(decode(smallTable([1], numbers), "01")).toBe("bc");
    expect(decode(smallTable([1], { ...numbers, "b 1 d": -3 }), "01")).toBe("ac");
    // The mean comes before the activation: tanh(1.5) is less than tanh(2), a mean of tanh(4) and tanh(-1) would be less still.
    expect(decode({ ...smallTable([1], numbers), activation: "tanh" }, "01")).toBe("bc");
  });

  test("multiplies by distance after the activation", () => {
    const table = smallTable([-1, 1], { "a -1 c": 1, "b 1 c": 0.9 });
    expect(decode(table, "c0c")).toBe("cac");
    expect(decode({ ...table, multipliers: [1, 1.2] }, "c0c")).toBe("cbc");
    expect(decode({ ...table, activation: "tanh", multipliers: [1, 1.05] }, "c0c")).toBe("cac");
    expect(decode({ ...table, activation: "tanh", multipliers: [1, 1.1] }, "c0c")).toBe("cbc");
  });

  test("hears nothing from characters beyond the alphabet and beyond the text's ends", () => {
    // Of a character that is not known, sigmoid(0) = ½ would speak for b.
    const table = smallTable([-1, 1], { "a -1 c": -9, "b -1 c": -9, "a 1 d": 1 });
    expect(decode({ ...table, activation: "sigmoid", multipliers: [1, 1] }, "X0d c0X 0")).toBe("Xad caX a");
  });

  test("gives codes of one character, in the alphabet or not", () => {
    const table = { ...smallTable([1], { "b 1 c": 1 }), groups: ["ab", "c", "!"] };
    const cells = Uint16Array.of(256, 257, 256, 258, 256, 256 + 1);
    expect(String.fromCharCode(...createTableDecoder(table).decode(cells))).toBe("bca!bc");
  });

  test("decodes as the reference, whatever the table, groups, distances and cells", () => {
    const random = new Random(51);
    for (let i = 0; i < 150; i++) {
      const table = randomLetterTable(random, random.pick([2, 3, 4, 5, 8]));
      const cells = randomCells(random, table, random.below(120));
      expect(createTableDecoder(table).decode(cells)).toEqual(decodeByReference(table, cells));
    }
  });

  test("decodes a text in parts as the whole, with others in between", () => {
    const random = new Random(52);
    for (let i = 0; i < 60; i++) {
      const streams = [2, 5].map((most) => {
        const table = randomLetterTable(random, most);
        const decoder = createTableDecoder(table);
        const cells = randomCells(random, table, random.below(200));
        return { cells, at: 0, decoder, stream: decoder.stream(), decoded: [] as number[] };
      });
      while (streams.some(({ cells, at }) => at < cells.length)) {
        for (const one of streams) {
          const part = one.cells.subarray(one.at, (one.at += random.below(30)));
          one.decoded.push(...one.stream.push(part));
        }
      }
      for (const { cells, decoder, stream, decoded } of streams) {
        decoded.push(...stream.finish());
        expect(decoded).toEqual([...decoder.decode(cells)]);
      }
    }
  });

  test("goes beyond the kernel's slices", () => {
    const random = new Random(53);
    const table = randomLetterTable(random, 2);
    const cells = randomCells(random, table, 50_001);
    const decoder = createTableDecoder(table);
    const expected = Buffer.from(decodeByReference(table, cells));
    expect(expected.equals(decoder.decode(cells))).toBe(true);
    const stream = decoder.stream();
    const parts = [stream.push(cells.subarray(0, 30_000)), stream.push(cells.subarray(30_000)), stream.finish()];
    expect(expected.equals(Buffer.concat(parts))).toBe(true);
  });

  test("decodes to the letters that it has always decoded to", () => {
    const random = new Random(54);
    const groups = Array.from("fd pk cl go nw az hx mq is je yv bu tr".split(" ")).concat(" ", ".");
    const cells = Uint16Array.from({ length: 64 }, () => 256 + random.below(15));
    const table = randomTable(random, 28 * 7 * 28);
    const decoded = (["identity", "tanh", "selu", "sigmoid"] as const).map((activation) => {
      const options = { groups, alphabet: THESIS_ALPHABET, distances: THESIS_DISTANCES, table, activation };
      return String.fromCharCode(
        ...createTableDecoder({ ...options, multipliers: THESIS_MULTIPLIERS.base }).decode(cells),
      );
    });
    expect(decoded).toEqual([
      "..jqjtr m.q .ihrfwqklwrjxdrafzauszvmjpvzesstisyfxqndjpsw ob..ipa",
      "..jqjtr m.q .ihrfwqklwrjxdrzfazuszvmjpvzesstisydhqndjksw ob..ipa",
      "..jqjtr m.q .ihrfwqklwrjxdtafazuszvmjpvzesstisyfxqndjpsw ob..ipa",
      "..jqjtr m.q .ihrfwqklwrjxdrafzauszvmjpvzesstisyfxqndjpsw ob..ipa",
    ]);
  });
});

describe("activations", () => {
  test("are the functions of their names", () => {
    for (let x = -30; x <= 30; x += 0.37) {
      expect(ACTIVATIONS.tanh.value(x)).toBeCloseTo(Math.tanh(x), 12);
      expect(ACTIVATIONS.sigmoid.value(x)).toBeCloseTo(1 / (1 + Math.exp(-x)), 12);
      const selu = 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
      expect(ACTIVATIONS.selu.value(x)).toBeCloseTo(selu, 12);
      expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-11);
    }
    expect(exponential(-1e9)).toBeLessThan(1e-17);
    expect(ACTIVATIONS.tanh.value(1e9)).toBe(1);
    expect(ACTIVATIONS.tanh.value(-1e9)).toBeCloseTo(-1, 15);
  });

  test("have the slopes that their values have", () => {
    for (const { value, slope } of Object.values(ACTIVATIONS)) {
      for (const x of [-3.1, -0.4, 0.2, 1.7]) {
        expect(slope(x)).toBeCloseTo((value(x + 1e-6) - value(x - 1e-6)) / 2e-6, 6);
      }
    }
  });
});

describe("tables that are none", () => {
  const good: LetterTable = smallTable([-1, 1], {});
  const wrong: [string, Partial<LetterTable>, string][] = [
    ["no groups", { groups: [] }, "groups: expected 1 to 15, got 0"],
    ["an empty group", { groups: ["ab", ""] }, "groups[1]: expected 1 to 8 characters, got 0"],
    ["a group too large", { groups: ["abcdefghi"] }, "groups[0]: expected 1 to 8 characters, got 9"],
    ["a letter twice", { groups: ["ab", "bc"] }, 'groups: expected each character once, got "b" twice'],
    ["a letter beyond the alphabet", { groups: ["ax"] }, 'groups[0]: expected characters of the alphabet, got "x"'],
    ["a letter beyond ASCII", { alphabet: "abcé" }, 'alphabet: expected ASCII, got "é"'],
    ["no distances", { distances: [] }, "distances: expected 1 to 16, got 0"],
    ["distance 0", { distances: [-1, 0] }, "distances[1]: expected a whole number within ±16 but 0, got 0"],
    ["a distance too far", { distances: [-17, 1] }, "distances[0]: expected a whole number within ±16 but 0, got -17"],
    ["distances in disorder", { distances: [1, -1] }, "distances[1]: expected more than 1, the one before, got -1"],
    ["a table too short", { table: new Float32Array(31) }, "table: expected 32 numbers, got 31"],
    [
      "a number that is none",
      { table: new Float32Array(32).fill(NaN, 5) },
      "table[5]: expected a finite number, got NaN",
    ],
    ["multipliers too few", { multipliers: [1] }, "multipliers: expected 2, as many as distances, got 1"],
    [
      "a multiplier that is none",
      { multipliers: [1, Infinity] },
      "multipliers[1]: expected a finite number, got Infinity",
    ],
  ];
  test.each(wrong)("%s", (_, change, message) => {
    expect(() => createTableDecoder({ ...good, ...change })).toThrow(new RangeError(message));
  });

  test.each([[258], [271], [65_535]])("a cell beyond the codes: %d", (cell) => {
    const decoder = createTableDecoder(good);
    const error = new RangeError(`cells: expected at most 257, got ${cell}`);
    for (const before of [0, 7, 20_000]) {
      const cells = new Uint16Array(before + 1).fill(0x61);
      cells[before] = cell;
      expect(() => decoder.decode(cells)).toThrow(error);
    }
    expect(decoder.decode(cellsOf("xy0"))).toEqual(new Uint8Array([0x78, 0x79, 0x61]));
  });
});
