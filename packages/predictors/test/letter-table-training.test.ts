import { describe, expect, test } from "@jest/globals";
import { createTableDecoder, trainLetterTable, type LetterTrainingOptions } from "../src/index.ts";
import { ACTIVATIONS } from "../src/letter-table-activation.ts";
import { ACTIVATION_NAMES, randomTable } from "./support/letter-tables.ts";
import { Random } from "./support/random.ts";

const GROUPS = ["ab", "cd", "efg", "h"];
const ALPHABET = "abcdefgh";
const DISTANCES = [-2, -1, 1, 2];

function hide(text: string): { cells: Uint16Array; truth: Uint8Array } {
  const truth = Uint8Array.from(text, (c) => c.charCodeAt(0));
  return { truth, cells: Uint16Array.from(text, (c, i) => cellOf(c, truth[i])) };
}

function cellOf(character: string, byte: number): number {
  const code = GROUPS.findIndex((group) => group.includes(character));
  return code < 0 ? byte : 256 + code;
}

function optionsFor(text: string, more: Partial<LetterTrainingOptions> = {}): LetterTrainingOptions {
  const table = new Float32Array(8 * 4 * 8);
  return { groups: GROUPS, alphabet: ALPHABET, distances: DISTANCES, table, ...hide(text), ...more };
}

/** Words of which each letter follows from its neighbours, in a random order. */
function prose(seed: number, words: number): string {
  const random = new Random(seed);
  return Array.from({ length: words }, () => random.pick(["abe", "dach", "bfeg", "hcaf", "gad", "X"])).join(" ");
}

describe("training of letter tables", () => {
  test.each(["mistakes", "logistic"] as const)("learns a language that can be learned: %s", async (rule) => {
    const options = optionsFor(prose(1, 400), { rule, step: 0.05, epochs: 20, heldOut: hide(prose(2, 100)) });
    const { table, epochs, accuracies } = await trainLetterTable(options);
    const before = createTableDecoder(options).decode(options.cells);
    expect(before).not.toEqual(options.truth);
    const test = hide(prose(3, 100));
    expect(createTableDecoder({ ...options, table }).decode(test.cells)).toEqual(test.truth);
    expect(accuracies).toHaveLength(20);
    expect(accuracies[0].training).toBeLessThan(1);
    expect(accuracies[epochs - 1]).toEqual({ training: expect.any(Number), heldOut: 1 });
  });

  test("by the rule of mistakes, a right letter teaches nothing, a wrong one a step", async () => {
    const step = 0.25;
    const wrong = await trainLetterTable(optionsFor("hb", { step, epochs: 1 }));
    // "a" was taken, being the first: a's number for an h to its left goes down by the step, b's up.
    const expected = new Float32Array(8 * 4 * 8);
    const at = (letter: string, distance: number): number =>
      (ALPHABET.indexOf(letter) * 4 + DISTANCES.indexOf(distance)) * 8 + ALPHABET.indexOf("h");
    expected[at("a", -1)] = -step;
    expected[at("b", -1)] = step;
    expect(wrong.table).toEqual(expected);
    expect(wrong.accuracies).toEqual([{ training: 0, heldOut: undefined }]);
    const right = await trainLetterTable(optionsFor("ha", { step, epochs: 3 }));
    expect(right.table).toEqual(new Float32Array(8 * 4 * 8));
    expect(right.epochs).toBe(3);
  });

  test.each(ACTIVATION_NAMES)("goes up the slope of the letter's log probability: %s", async (activation) => {
    // One letter: f of efg, among a known letter, an unknown one and what the alphabet lacks.
    const text = "hXfad";
    const step = 1e-3;
    const table = randomTable(new Random(5), 8 * 4 * 8);
    const multipliers = [0.5, 1, 1.5, 2];
    const { cells, truth } = hide(text);
    cells.set([truth[0], truth[1], cells[2], truth[3], cells[4]]);
    const options = optionsFor("", { table, activation, multipliers, cells, truth, rule: "logistic", step, epochs: 1 });
    // "d" is a letter to decide, too; it may not teach: its rows are left out of the comparison.
    const { table: trained } = await trainLetterTable(options);

    const logProbability = (numbers: Float64Array): number => {
      const sums = Array.from("efg", (letter) => {
        const row = (d: number): number => (ALPHABET.indexOf(letter) * 4 + d) * 8;
        const value = (d: number, number: number): number => ACTIVATIONS[activation].value(number) * multipliers[d];
        const mean = (numbers[row(3) + 2] + numbers[row(3) + 3]) / 2;
        return value(0, numbers[row(0) + 7]) + value(2, numbers[row(2)]) + value(3, mean);
      });
      return sums[1] - Math.log(sums.reduce((total, sum) => total + Math.exp(sum), 0));
    };
    const exact = Float64Array.from(table);
    for (let i = ALPHABET.indexOf("e") * 4 * 8; i < ALPHABET.indexOf("h") * 4 * 8; i++) {
      const [up, down] = [1e-5, -1e-5].map((change) => {
        const moved = exact.slice();
        moved[i] += change;
        return logProbability(moved);
      });
      expect((trained[i] - table[i]) / step).toBeCloseTo((up - down) / 2e-5, 3);
    }
  });

  test("takes the table of the epoch that decodes the held-out text best", async () => {
    // The text teaches b after h; the held-out text knows better.
    const options = optionsFor("hb hb hb ha", { step: 1, epochs: 4, heldOut: hide("ha ha hb") });
    const { table, epochs, accuracies } = await trainLetterTable(options);
    const shares = accuracies.map(({ heldOut }) => heldOut ?? -1);
    expect(accuracies[epochs - 1].heldOut).toBe(Math.max(...shares));
    expect(shares.indexOf(Math.max(...shares))).toBe(epochs - 1);
    const first = await trainLetterTable({ ...options, epochs, heldOut: undefined });
    expect(table).toEqual(first.table);
    expect(epochs).toBeLessThan(4);
  });

  test("gives the table that it has always given", async () => {
    for (const [rule, expected] of [
      ["mistakes", "9b33ee16"],
      ["logistic", "6aa1d4a1"],
    ] as const) {
      const table = randomTable(new Random(6), 8 * 4 * 8);
      const options = optionsFor(prose(7, 60), { table, rule, activation: "tanh", step: 0.01, epochs: 3 });
      const trained = new Uint8Array((await trainLetterTable(options)).table.buffer);
      expect(trained.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 0).toString(16)).toBe(expected);
    }
  });

  test("says how far it is, and stops when told", async () => {
    const done: number[] = [];
    const options = optionsFor(prose(8, 10), { epochs: 3, onProgress: (progress) => done.push(progress.done) });
    await trainLetterTable(options);
    const { length } = options.cells;
    expect(done).toEqual([length, 2 * length, 3 * length]);

    const controller = new AbortController();
    const stopping = trainLetterTable({ ...options, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopping).rejects.toMatchObject({ name: "AbortError" });
  });

  test.each<[Partial<LetterTrainingOptions>, string]>([
    [{ step: 0 }, "step: expected more than 0, got 0"],
    [{ step: NaN }, "step: expected more than 0, got NaN"],
    [{ epochs: 0.5 }, "epochs: expected an integer of at least 1, got 0.5"],
    [{ truth: new Uint8Array(1) }, "truth: expected 3 bytes, as many as cells, got 1"],
    [{ truth: Uint8Array.of(0x61, 0x62, 0x61) }, "truth[2]: expected 99 or 100, got 97"],
    [
      { truth: Uint8Array.of(0x61, 0x61, 0x63), cells: Uint16Array.of(0x61, 0x62, 257) },
      "truth[1]: expected 98, got 97",
    ],
    [{ cells: Uint16Array.of(256, 260, 257) }, "cells[1]: expected at most 259, got 260"],
    [{ heldOut: { cells: Uint16Array.of(256), truth: Uint8Array.of(0x63) } }, "truth[0]: expected 97 or 98, got 99"],
    [{ table: new Float32Array(3) }, "table: expected 256 numbers, got 3"],
  ])("refuses what does not fit: %#", async (change, message) => {
    await expect(trainLetterTable({ ...optionsFor("abc"), ...change })).rejects.toThrow(new RangeError(message));
  });
});
