import { describe, expect, test } from "@jest/globals";
import { PROBABILITY_TOTAL, type Predictor } from "@pith/core";
import { measure } from "@pith/entropy";
import { createMixPredictor, MIX_MODELS } from "@pith/predictors";
import {
  bytesBefore,
  characterAt,
  charactersOf,
  charactersOfBytes,
  clip,
  nameOf,
  nameOfByte,
  shown,
  type Characters,
} from "../src/shared/characters.ts";
import { leastBits, TINTS, tintOf } from "../src/microscope/cost-scale.ts";
import { openPredictor } from "../src/microscope/open-predictor.ts";
import { GUESSES, measureBytes } from "../src/microscope/measure.ts";
import {
  bytesDone,
  emptyMeasurement,
  guessesAt,
  isWhole,
  totalBits,
  withSlice,
  withUnits,
  type Measurement,
} from "../src/microscope/measurement.ts";
import { pieceOf, pieceStarts } from "../src/microscope/pieces.ts";
import { DEFAULT_PREDICTOR, predictorById, PREDICTORS } from "../src/microscope/predictors.ts";
import { SAMPLES } from "../src/microscope/samples.ts";
import { csvOfMeasurement } from "../src/microscope/csv.ts";
import { shadesOf } from "../src/microscope/shades.ts";
import { unitsOfBytes, type Units } from "../src/microscope/units.ts";
import { bitsAlong, dearestWords, RANK_BARS, rankShares, shareWithin } from "../src/microscope/statistics.ts";
import { prose } from "./support/content.ts";

const all = (text: string): string[] => {
  const characters = charactersOf(text);
  return Array.from({ length: characters.count }, (_, i) => characterAt(characters, i));
};

describe("characters", () => {
  test.each([
    ["abc", ["a", "b", "c"]],
    ["e\u0301te\u0301", ["e\u0301", "t", "e\u0301"]],
    ["a\r\nb\n", ["a", "\r\n", "b", "\n"]],
    ["🇨🇭👩‍🚀.", ["🇨🇭", "👩‍🚀", "."]],
    ["", []],
  ])("%j is as people see it", (text, expected) => {
    expect(all(text)).toEqual(expected);
  });

  test("starts in bytes are those of UTF-8", () => {
    const { byteStarts, bytes, text } = charactersOf("aé—🇨🇭\ud800z");
    expect([...byteStarts]).toEqual([0, 1, 3, 6, 14, 17, 18]);
    expect(Buffer.from(bytes).toString()).toBe(text);
  });

  test("long texts are divided as short ones, wherever the pieces for the segmenter end", () => {
    const line = `${"x".repeat(95)}\r\n${"naïve e\u0301 ".repeat(20)}${"漢字".repeat(200)}`;
    const whole = [...new Intl.Segmenter("en").segment(line)].map(({ segment }) => segment);
    expect(all(line)).toEqual(whole);
  });

  test("a text that is too long is cut between characters", () => {
    expect(clip("abc", 3)).toBe("abc");
    expect(clip("abcd", 3)).toBe("abc");
    expect(clip("aéé", 4)).toBe("aé");
    expect(clip("ab🇨🇭", 6)).toBe("ab");
    expect(clip("abe\u0301", 3)).toBe("ab");
  });

  test("what cannot be seen has a picture or a name", () => {
    expect(shown("\n")).toBe("↵\n");
    expect(shown("\r\n")).toBe("␍↵\n");
    expect(shown("\0")).toBe("␀");
    expect(nameOf(" ")).toBe("space");
    expect(nameOf("é")).toBe("é");
  });

  test("a byte is named by the character that it ends, or the range that it begins", () => {
    const none = new Uint8Array();
    expect(nameOfByte(0x41, none)).toBe("A");
    expect(nameOfByte(0xc3, none)).toBe("U+00C0–U+00FF");
    expect(nameOfByte(0xe2, none)).toBe("U+2000–U+2FFF");
    expect(nameOfByte(0xa9, Uint8Array.of(0xc3))).toBe("é");
    expect(nameOfByte(0xa9, none)).toBe("A9");
    expect([...bytesBefore(Uint8Array.of(0x41, 0xe2, 0x80, 0x94), 3)]).toEqual([0xe2, 0x80]);
    expect([...bytesBefore(Uint8Array.of(0x41, 0x42), 1)]).toEqual([]);
  });
});

describe("pieces", () => {
  test("cover the text and end with lines, or with words where there are no lines", () => {
    const text = prose(9000).toString().replace(/\. /g, ".\n") + "x ".repeat(3000) + "y".repeat(5000);
    const characters = charactersOf(text);
    const starts = pieceStarts(characters);
    expect(starts[0]).toBe(0);
    expect(starts.at(-1)).toBe(characters.count);
    for (let i = 0; i + 1 < starts.length; i++) {
      expect(starts[i + 1] - starts[i]).toBeLessThanOrEqual(2000);
      for (const index of [starts[i], starts[i + 1] - 1]) expect(pieceOf(starts, index)).toBe(i);
    }
    expect(text[starts[1] - 1]).toBe("\n");
  });

  test("of no text there is none", () => {
    expect([...pieceStarts(charactersOf(""))]).toEqual([0]);
  });
});

/** A predictor that always thinks the same. */
function fixed(probabilities: readonly number[]): Predictor {
  return {
    alphabetSize: probabilities.length,
    predict: (target) => target.set(probabilities),
    update: () => undefined,
  };
}

describe("measuring", () => {
  test("gives cost, rank and the likeliest, the smaller of equals first", () => {
    const quarter = PROBABILITY_TOTAL / 4;
    const predictor = fixed([
      quarter / 2,
      quarter,
      2 * quarter,
      quarter / 4,
      quarter / 8,
      quarter / 16,
      quarter / 32,
      quarter / 32,
    ]);
    const [slice] = [...measureBytes(predictor, Uint8Array.of(2, 1, 7), Infinity)];
    expect([...slice.bits]).toEqual([1, 2, 7]);
    expect([...slice.ranks]).toEqual([0, 1, 7]);
    expect([...slice.guesses.subarray(0, GUESSES)]).toEqual([2, 1, 0, 3, 4, 5]);
    expect(slice.guessProbabilities[0]).toBe(0.5);
  });

  test("agrees with the measures of @pith/entropy, in however many slices", () => {
    const bytes = prose(3000);
    const expected = measure(createMixPredictor({ model: "text", capacity: bytes.length }), bytes);
    const characters = charactersOf(bytes.toString());
    const slices = [...measureBytes(createMixPredictor({ model: "text", capacity: bytes.length }), bytes, 0)];
    expect(slices.length).toBeGreaterThan(10);
    const measurement = slices.reduce(withSlice, ofBytes("text", characters));
    expect(measurement.done).toBe(characters.count);
    expect(totalBits(measurement)).toBeCloseTo(expected.bits, 1);
    const ranks = measurement.ranks.reduce((sum, rank) => sum + rank, 0);
    expect(ranks / bytes.length).toBeCloseTo(expected.meanRank);
  });

  test("a character costs what its bytes cost, and is done when they all are", () => {
    const characters = charactersOf("aéb");
    const part = {
      ranks: new Uint8Array(2),
      guesses: new Uint8Array(2 * GUESSES),
      guessProbabilities: new Float32Array(2 * GUESSES),
    };
    const half = withSlice(ofBytes("text", characters), { start: 0, bits: Float32Array.of(1, 2), ...part });
    expect([bytesDone(half), half.done]).toEqual([2, 1]);
    const whole = withSlice(half, { start: 2, bits: Float32Array.of(3, 4), ...part });
    expect([...whole.costs]).toEqual([1, 5, 4]);
    expect(guessesAt(whole, 3)).toHaveLength(GUESSES);
  });
});

/** Before anything is measured, of the bytes one by one. */
function ofBytes(predictor: string, characters: Characters): Measurement {
  return withUnits(emptyMeasurement(predictor, characters), unitsOfBytes(characters.bytes));
}

/** A measurement in which each character costs what is said. */
function costing(text: string, bits: readonly number[], ranks: readonly number[] = []): Measurement {
  const characters = charactersOf(text);
  return withSlice(ofBytes("text", characters), {
    start: 0,
    bits: Float32Array.from(bits),
    ranks: Uint8Array.from({ length: bits.length }, (_, i) => ranks[i] ?? 0),
    guesses: new Uint8Array(bits.length * GUESSES),
    guessProbabilities: new Float32Array(bits.length * GUESSES),
  });
}

test("what one code stands for costs each of its characters a share; what says nothing costs none of them", () => {
  const characters = charactersOf("the éa");
  const units: Units = {
    symbols: Uint8Array.of(9, 9, 0x80, 0x20, 0xc3, 0xa9, 0x61),
    symbolEnds: Uint32Array.of(2, 3, 4, 5, 6, 7),
    byteEnds: Uint32Array.of(0, 3, 4, 5, 6, 7),
    words: undefined,
    detail: undefined,
  };
  const measurement = withSlice(withUnits(emptyMeasurement("level-5", characters), units), {
    start: 0,
    bits: Float32Array.of(16, 16, 6, 1, 2, 3, 4),
    ranks: Uint8Array.of(0, 0, 4, 0, 1, 2, 0),
    guesses: new Uint8Array(7 * GUESSES),
    guessProbabilities: new Float32Array(7 * GUESSES),
  });
  expect([...measurement.costs]).toEqual([2, 2, 2, 1, 5, 4]);
  // Of two symbols, the product of what each takes.
  expect([...measurement.characterRanks]).toEqual([4, 4, 4, 0, 5, 0]);
  expect([isWhole(measurement), measurement.done, totalBits(measurement)]).toEqual([true, 6, 48]);
});

describe("shades", () => {
  test("tell what a character cost, what a word cost, or how likely it was thought", () => {
    const measurement = costing("ab c", [0, 6, 2, 11], [0, 9, 10, 255]);
    expect([...shadesOf(measurement, "cost")]).toEqual([0, 6, 2, 11].map((bits) => tintOf(bits)));
    // Words on a scale that is twice as long.
    expect([...shadesOf(measurement, "word")]).toEqual([tintOf(3), tintOf(3), tintOf(1), tintOf(5.5)]);
    expect([...shadesOf(measurement, "rank")]).toEqual([1, 3, 5, 8]);
  });
});

test("a table has a line for each character, with what it needs to be read again", () => {
  expect(csvOfMeasurement(costing('a"\n', [1, 2, 3], [0, 1, 2])).split("\r\n")).toEqual([
    "place,character,code,bits,probability,rank",
    "0,a,U+0061,1.0000,0.5000,0",
    '1,"""",U+0022,2.0000,0.2500,1',
    '2,"\n",U+000A,3.0000,0.1250,2',
    "",
  ]);
  const bytes = charactersOfBytes(Uint8Array.of(0xff, 0x41));
  expect([bytes.count, bytes.text, bytes.isBytes]).toEqual([2, "·A", true]);
});

describe("statistics", () => {
  test("the curve has the mean up to each place and near it", () => {
    const curve = bitsAlong(costing("abcd", [8, 4, 0, 0]), 4);
    expect(curve.map(({ position, mean, local }) => [position, mean, local])).toEqual([
      [1, 8, 8],
      [2, 6, 4],
      [3, 4, 0],
      [4, 3, 0],
    ]);
    expect(bitsAlong(costing("abcd".repeat(100), new Array(400).fill(2)), 20)).toHaveLength(20);
  });

  test("ranks are shares of all bytes, those beyond the last bar together", () => {
    const measurement = costing("abcd", [1, 1, 1, 1], [0, 0, RANK_BARS, 200]);
    const shares = rankShares(measurement);
    expect([shares[0], shares[RANK_BARS]]).toEqual([0.5, 0.5]);
    expect(shareWithin(measurement, 1)).toBe(0.5);
    expect(shareWithin(measurement, RANK_BARS + 1)).toBe(0.75);
  });

  test("the dearest words come first, each once, at its dearest place", () => {
    const text = "an owl, an elk, an owl";
    const bits = Array.from(text, () => 0);
    bits[text.indexOf("owl")] = 5;
    bits[text.lastIndexOf("owl")] = 9;
    bits[text.indexOf("elk")] = 7;
    const words = dearestWords(costing(text, bits), 2, 0);
    expect(words.map(({ text: word, bits: cost, start }) => [word, cost, start])).toEqual([
      ["owl", 9, 19],
      ["elk", 7, 11],
    ]);
  });
});

describe("the scale of costs", () => {
  test("each tint begins where the one before ends", () => {
    for (let tint = 1; tint < TINTS; tint++) {
      expect(tintOf(leastBits(tint))).toBe(tint);
      expect(tintOf(leastBits(tint) - 1e-9)).toBe(tint - 1);
    }
    expect(tintOf(0)).toBe(0);
    expect(tintOf(22)).toBe(TINTS - 1);
  });
});

test("every model can be chosen, and every choice predicts a text", async () => {
  const ids = PREDICTORS.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...MIX_MODELS]));
  expect(new Set(ids).size).toBe(ids.length);
  const bytes = prose(300);
  for (const id of ids) {
    const { predictor, units } = await openPredictor(id, Uint8Array.from(bytes));
    const [slice] = [...measureBytes(predictor, units.symbols, Infinity)];
    const bits = slice.bits.reduce((sum, cost) => sum + cost, 0);
    expect([id, bits < 8 * bytes.length]).toEqual([id, true]);
  }
  await expect(openPredictor("none", new Uint8Array(1))).rejects.toThrow("there is no predictor none");
  expect(predictorById(DEFAULT_PREDICTOR)).toBeDefined();
  expect(predictorById("none")).toBeUndefined();
});

test("samples are small and the same every time", () => {
  for (const { text } of SAMPLES) expect(Buffer.byteLength(text)).toBeLessThan(5000);
  expect(SAMPLES.find(({ id }) => id === "log")?.text.split("\n")).toHaveLength(43);
});
