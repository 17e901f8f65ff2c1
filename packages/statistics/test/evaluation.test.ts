import { describe, expect, test } from "@jest/globals";
import { decodeFraming, encodeFraming, THESIS_TABLE } from "@pith/framing";
import { createTableDecoder, type LetterDecoder } from "@pith/predictors";

import {
  climbLadder,
  codeText,
  countRange,
  decoderTable,
  DECIDERS,
  evaluate,
  hideLetters,
  importanceByDistance,
  knownDecisions,
  loadTrainedDecoder,
  RUNGS,
  shareOf,
  tableOf,
  THESIS_WINDOW,
  TRAINED_DECODERS,
} from "../src/index.ts";
import { sampleText } from "./support/text.ts";

const text = sampleText(10_000);
const counts = countRange(text, 0, text.length);
const letters = decoderTable(counts, tableOf(counts).values);

const ENGLISH =
  "it was getting late when the last of the guests came down the stairs and asked for the carriage. nobody had seen the old " +
  "man since dinner, and although the doors were open and the lamps were burning there was no sound from the garden.";

/** Takes each code for its first letter. */
const FIRST_LETTER: LetterDecoder = {
  decode: (cells) =>
    Uint8Array.from(cells, (cell) => (cell < 256 ? cell : THESIS_TABLE.groups[cell - 256].charCodeAt(0))),
};

describe("a hidden text", () => {
  test("is what framing it gives, for any table of the same characters", () => {
    const coded = codeText(text, THESIS_TABLE);
    const other = { ...THESIS_TABLE, groups: [...THESIS_TABLE.groups].reverse() };
    for (const table of [THESIS_TABLE, other]) {
      expect(hideLetters(coded, table)).toEqual(decodeFraming(encodeFraming(text, { table })));
    }
    expect(coded.encodedLength).toBe(encodeFraming(text).length);
  });
});

describe("an evaluation", () => {
  test("counts what was right among characters, codes, decisions and words", () => {
    // The framing keeps 4 characters at the start of a run and 3 at its end. Coded: rea, a space, is, a space, bu.
    const short = new TextEncoder().encode("\u00c9 the rear is bu by it");
    const evaluation = evaluate(short, THESIS_TABLE, FIRST_LETTER);
    const cells = decodeFraming(encodeFraming(short));
    const decoded = FIRST_LETTER.decode(cells);
    const wrong = [...short.keys()].filter((i) => decoded[i] !== short[i]);
    const codedPlaces = [...cells.keys()].filter((i) => cells[i] >= 256);
    const ambiguous = codedPlaces.filter((i) => short[i] !== 0x20);
    expect(wrong.length).toBeGreaterThan(0);
    expect(evaluation).toMatchObject({
      length: short.length,
      encodedLength: encodeFraming(short).length,
      characters: { right: short.length - 1 - wrong.length, of: short.length - 1 },
      coded: { right: codedPlaces.length - wrong.length, of: codedPlaces.length },
      ambiguous: { right: ambiguous.length - wrong.length, of: ambiguous.length },
    });
    const words = ["\u00c9", "the", "rear", "is", "bu", "by", "it"];
    const back = new TextDecoder().decode(decoded).split(" ");
    expect(evaluation.words).toEqual({ right: words.filter((word, i) => back[i] === word).length, of: 7 });
    const total = evaluation.confusions.reduce((sum, { times }) => sum + times, 0);
    expect(total).toBe(wrong.length);
  });

  test("lists which letters were taken for which, the most frequent first", () => {
    const { confusions } = evaluate(text, THESIS_TABLE, FIRST_LETTER);
    const worst = confusions[0];
    expect(THESIS_TABLE.groups).toContain(worst.takenFor + worst.letter);
    // Every one of them is the second of its code, and always wrong.
    for (const { times, of } of confusions) expect(times).toBe(of);
    expect(confusions.map(({ times }) => times)).toEqual(confusions.map(({ times }) => times).sort((a, b) => b - a));
  });

  test("of nothing is right", () => {
    const { characters, words, confusions } = evaluate(new Uint8Array(), THESIS_TABLE, FIRST_LETTER);
    expect([shareOf(characters), shareOf(words), confusions]).toEqual([1, 1, []]);
  });

  test("of a decoder that knows English beats one that does not", () => {
    const [blind, table] = [FIRST_LETTER, createTableDecoder({ ...letters, groups: THESIS_TABLE.groups })].map(
      (decoder) => shareOf(evaluate(text, THESIS_TABLE, decoder).ambiguous),
    );
    expect(table).toBeGreaterThan(blind);
  });

  test.each(TRAINED_DECODERS)("of the trained %s is nearly all right", async (name) => {
    const { codes, decoder } = await loadTrainedDecoder(name);
    const { ambiguous } = evaluate(new TextEncoder().encode(ENGLISH), codes, decoder);
    expect(ambiguous.of).toBeGreaterThan(150);
    expect(shareOf(ambiguous)).toBeGreaterThan(0.9);
  });
});

describe("the importance of neighbours", () => {
  const decisions = knownDecisions(codeText(text, THESIS_TABLE), THESIS_TABLE, THESIS_WINDOW);

  test("is asked of decisions whose neighbours are all known", () => {
    const width = 8;
    expect(decisions.cells.length % width).toBe(0);
    const [decided, known] = [true, false].map((center) =>
      [...decisions.cells.keys()].filter((i) => (i % width === 4) === center),
    );
    expect(known.every((i) => decisions.cells[i] === decisions.truth[i])).toBe(true);
    const groups = decided.map((i) => THESIS_TABLE.groups[decisions.cells[i] - 256]);
    expect(
      groups.every(
        (group, i) => group.length === 2 && group.includes(String.fromCharCode(decisions.truth[decided[i]])),
      ),
    ).toBe(true);
  });

  test("is large for the neighbour that decides, and 0 for the others", () => {
    // Looks at nothing but the next character: after an even one, the first letter of the code.
    const next: LetterDecoder = {
      decode: (cells) =>
        Uint8Array.from(cells, (cell, i) =>
          cell < 256 ? cell : THESIS_TABLE.groups[cell - 256].charCodeAt(cells[i + 1] & 1),
        ),
    };
    const truth = next.decode(decisions.cells);
    const found = importanceByDistance({ cells: decisions.cells, truth }, THESIS_TABLE, next, THESIS_WINDOW, 3);
    expect(found.map(({ group }) => group)).toEqual(THESIS_TABLE.groups.slice(0, 13));
    const pair = found.find(({ group }) => group === "is")!;
    expect(pair.accuracy).toBe(1);
    for (const { distance, loss } of pair.losses) {
      if (distance === 1) expect(loss).toBeGreaterThan(0.1);
      else expect(loss).toBe(0);
    }
  });

  test("is the same for the same seed", () => {
    const decoder = createTableDecoder({ ...letters, groups: THESIS_TABLE.groups });
    const [a, b] = [1, 1].map((seed) => importanceByDistance(decisions, THESIS_TABLE, decoder, THESIS_WINDOW, seed));
    expect(a).toEqual(b);
  });
});

describe("the ladder", () => {
  test("has the thesis's rungs, beside its figures, and ends higher than it began", async () => {
    const seen: { done: number; total: number | undefined }[] = [];
    const ladder = await climbLadder({
      statistics: { counts },
      searchText: sampleText(3000, 2),
      trainingText: sampleText(5000, 3),
      texts: [{ name: "sample", text: sampleText(8000, 4) }],
      steps: 8,
      epochs: 3,
      seed: 1,
      onProgress: ({ done, total }) => seen.push({ done, total }),
    });
    expect(ladder.rungs.map(({ name, thesis }) => ({ name, thesis }))).toEqual(RUNGS);
    const accuracies = ladder.rungs.map(({ evaluations }) => shareOf(evaluations[0].characters));
    expect(accuracies.at(-1)).toBeGreaterThan(accuracies[0]);
    expect(ladder.rungs[2].table).toBe(THESIS_TABLE);
    for (const rungs of [ladder.withThesisTable, ladder.withSwapSearch]) {
      expect(rungs.map(({ name }) => name)).toEqual(["tanh", "multipliers", "trained"]);
    }
    expect(ladder.searches.map(({ swapSize, steps }) => [swapSize, steps])).toEqual([
      [2, 8],
      [3, 8],
      [4, 8],
    ]);
    expect(ladder.importance).toHaveLength(13);
    expect(ladder.earliness.map(({ values }) => values.length)).toEqual(new Array(13).fill(7));
    expect(ladder.activations.map(({ name }) => name)).toEqual(["identity", "sigmoid", "selu", "tanh"]);
    expect(ladder.deciders.map(({ name }) => name)).toEqual([...DECIDERS, ...TRAINED_DECODERS]);
    expect(ladder.deciders.every(({ bytes }) => bytes > 100)).toBe(true);
    expect(seen.at(-1)).toEqual({ done: seen[0].total, total: seen[0].total });
  });

  test("can be stopped", async () => {
    const options = {
      statistics: { counts },
      searchText: text,
      trainingText: text,
      texts: [],
      steps: 1e6,
      epochs: 1,
      seed: 1,
    };
    await expect(climbLadder({ ...options, signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
});
