import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Predictor } from "@pith/core";
import { RangeDecoder, encodeSymbols } from "@pith/entropy";
import { symbolOfRank } from "@pith/predictors";
import { UsageError } from "../src/commands/arguments.ts";
import { CorpusError } from "../src/measure/corpus.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { adaptiveCosts, predictAll } from "../src/neural/code.ts";
import { CODERS } from "../src/neural/coders.ts";
import { NEURAL_COMMANDS } from "../src/neural/commands.ts";
import type { Figure4Results } from "../src/neural/figure4/results.ts";
import { accumulate } from "../src/neural/figure5/results.ts";
import { firstFive } from "../src/neural/figure3/results.ts";
import { listing } from "../src/neural/help.ts";
import { appliesTo, METHODS } from "../src/neural/methods.ts";
import { paperFigure } from "../src/neural/paper.ts";
import { ranksByState, symbolsByState } from "../src/neural/dictionary/state-list.ts";
import { prepare } from "../src/neural/prepare.ts";
import { toBases, toCharacters, toTokens } from "../src/neural/symbols.ts";
import { isFileOfPaper } from "../src/neural/table1/figures.ts";
import { toPage } from "../src/neural/table1/page.ts";
import { toPicture } from "../src/neural/table1/picture.ts";
import { withRow, type Row } from "../src/neural/table1/results.ts";
import { withFiles } from "./fakes.ts";

const TEXT = pseudoText(6000, 5);
const BINARY = Uint8Array.from({ length: 900 }, (_, i) => (i * i * 7) >> 3);
const still = (): void => {};

function method(id: string) {
  const found = METHODS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no method ${id}`);
  return found;
}

describe("ranks by states of a dictionary", () => {
  test("come back, and rank 0 is the symbol 16 before", () => {
    const ranks = Uint16Array.from({ length: 500 }, (_, i) => (i * i * 7) % 11);
    const symbols = symbolsByState(ranks, 11);
    expect(ranksByState(symbols, 11)).toEqual(Uint8Array.from(ranks));
    for (const [i, rank] of ranks.entries()) {
      if (i >= 16) expect(symbols[i] === symbols[i - 16]).toBe(rank === 0);
    }
  });

  test("are first the symbols that came most often", () => {
    // Behind a 0 comes a 3 whenever the copy fails: soon rank 1 means it.
    const symbols = symbolsByState(
      Uint16Array.from({ length: 60 }, (_, i) => (i % 2 === 1 && i > 40 ? 1 : 0)),
      5,
    );
    expect(ranksByState(symbols, 5)[59]).toBe(1);
  });
});

describe("a file's symbols", () => {
  test.each([
    ["text", TEXT],
    ["binary", BINARY],
    ["one byte again and again", new Uint8Array(50).fill(7)],
  ])("give it back: %s", (_, content) => {
    for (const stream of [toCharacters(content), toTokens(content, 300)]) {
      expect(Math.max(...stream.symbols)).toBeLessThan(stream.alphabetSize);
      expect(stream.alphabetSize).toBeGreaterThanOrEqual(2);
      expect(stream.restore(stream.symbols)).toEqual(content);
    }
  });

  test("are fewer as tokens", () => {
    expect(toTokens(TEXT, 300).symbols.length).toBeLessThan(TEXT.length / 1.5);
  });
});

/** What a decoder does: it has a predictor, and something that tells each symbol under its prediction. */
function decode(predictor: Predictor, count: number, next: (probabilities: Uint32Array, i: number) => number) {
  const probabilities = new Uint32Array(predictor.alphabetSize);
  return Uint16Array.from({ length: count }, (_, i) => {
    predictor.predict(probabilities);
    const symbol = next(probabilities, i);
    predictor.update(symbol);
    return symbol;
  });
}

describe("a method", () => {
  test.each([
    method("adaptive"),
    method("tokenized-adaptive-rnn-tuned"),
    method("contexts"),
    method("static"),
    { ...method("dynamic-rnn"), epochs: 3 },
  ])("leaves what brings the file back, by ranks and directly: $id", (one) => {
    const { stream, predictor, weightsSize } = prepare(one, TEXT, still);
    const { symbols } = stream;
    const { ranks, direct } = predictAll(predictor(), symbols);
    const byRanks = decode(predictor(), symbols.length, (probabilities, i) => symbolOfRank(probabilities, ranks[i]));
    expect(stream.restore(byRanks)).toEqual(TEXT);
    const decoder = new RangeDecoder(direct);
    expect(
      stream.restore(decode(predictor(), symbols.length, (probabilities) => decoder.decodeWith(probabilities))),
    ).toEqual(TEXT);
    decoder.checkEnd();
    if (one.epochs === undefined) expect(weightsSize).toBeUndefined();
    else expect(weightsSize).toBeGreaterThan(1000);
  });

  test("that was trained beforehand has a network for bases, in either case, and one for the rest", () => {
    const bases = Uint8Array.from({ length: 400 }, (_, i) => "acgt".charCodeAt(((i * i) >> 2) & 3));
    for (const content of [bases, bases.map((byte) => byte - 32)]) {
      const { stream, predictor } = prepare(method("static"), content, still);
      expect(predictor().alphabetSize).toBe(4);
      expect(stream.restore(stream.symbols)).toEqual(content);
    }
    expect(toBases(TEXT)).toBeUndefined();
    expect(toBases(new TextEncoder().encode("acgtN"))).toBeUndefined();
    expect(prepare(method("static"), TEXT, still).predictor().alphabetSize).toBe(256);
    expect(appliesTo(method("static"), "binary")).toBe(false);
  });

  test("that learns first learns no more: without states, all depends on the last symbol", () => {
    const { stream, predictor } = prepare({ ...method("dynamic"), epochs: 2 }, TEXT, still);
    const [short, long] = [predictor(), predictor()];
    short.update(stream.symbols[399]);
    for (let i = 0; i < 400; i++) long.update(stream.symbols[i]);
    const [expected, got] = [short, long].map((one) => {
      const probabilities = new Uint32Array(stream.alphabetSize);
      one.predict(probabilities);
      return probabilities;
    });
    expect(got).toEqual(expected);
  });

  test("costs symbol by symbol what its coders write", () => {
    const { stream, predictor } = prepare(method("adaptive"), TEXT, still);
    const { ranks, direct, costs } = predictAll(predictor(), stream.symbols);
    const sum = (bits: Float32Array): number => bits.reduce((total, cost) => total + cost, 0) / 8;
    expect(Math.abs(sum(costs) - direct.length)).toBeLessThan(4);
    const rankBytes = encodeSymbols(ranks, stream.alphabetSize).length;
    expect(Math.abs(sum(adaptiveCosts(ranks, stream.alphabetSize)) - rankBytes)).toBeLessThan(4);
  });

  test("has a name of its own, and tokens only where there is text", () => {
    const ids = [...METHODS, ...CODERS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(METHODS.filter((one) => !appliesTo(one, "dna")).map(({ id }) => id.split("-")[0])).toEqual(
      METHODS.filter(({ vocabulary }) => vocabulary !== undefined).map(() => "tokenized"),
    );
  });
});

describe("the paper's table", () => {
  test("has a figure for every row that stands beside one, where there is such a file", () => {
    for (const { paper } of METHODS) if (paper !== undefined) expect(paperFigure(paper, "text8")).toBeGreaterThan(2);
    expect(paperFigure("static", "mozilla")).toBeUndefined();
    expect(paperFigure("adaptive-rnn", "celegchr")).toBe(1.93);
    expect(paperFigure("adaptive-rnn", "elsewhere")).toBeUndefined();
    expect(paperFigure("toString", "text8")).toBeUndefined();
  });
});

const where = { date: "2026-01-01T00:00:00.000Z", processor: "a processor", node: "20" };
const row = (file: string, id: string, bits: number, more: Partial<Row> = {}): Row => ({
  ...where,
  file,
  method: id,
  characters: 1_000_000,
  ranks: bits * 125_000,
  seconds: 1.5,
  ...more,
});

describe("Table 1", () => {
  const results = {
    format: 1 as const,
    rows: [
      row("text8", "arithmetic", 4.116),
      row("text8", "huffman", 4.146),
      row("bible", "arithmetic", 4.32),
      row("bible", "huffman", 4.369),
      row("text8", "adaptive", 3.5, { direct: 425_000, table: 32 }),
      row("bible", "adaptive", 3.4, { direct: 400_000, table: 32 }),
      row("text8", "dynamic", 3.45, { direct: 425_000, table: 32, weights: 30_000, epochs: 7 }),
    ],
  };

  test("knows the paper's bytes by their order-0 figures", () => {
    expect(isFileOfPaper(results, "text8")).toBe(true);
    expect(isFileOfPaper(results, "bible")).toBe(false);
    expect(isFileOfPaper(results, "celegchr")).toBe(false);
  });

  test("puts the paper's figures in brackets, marks other bytes, and adds weights where there are any", () => {
    const page = toPage(results, "picture.svg");
    expect(page).toContain("| Adaptive | 3.400 (3.46) | 3.500 (3.53) |");
    expect(page).toMatch(/\| +bible \* \| +text8 \|/);
    expect(page).toContain("| Dynamic | 3.690 / 3.640 |");
    expect(page).toContain("128 symbols at a time, 7 epochs on the file");
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("is a picture with a panel a file and a mark a figure", () => {
    const picture = toPicture(results);
    // Three figures for each of three rows, and three marks of the legend.
    expect(picture.match(/<circle/g)).toHaveLength(12);
    expect(picture).toContain(">bible *<");
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("takes a newer row instead of an older one", () => {
    const { rows } = withRow(results, row("text8", "adaptive", 3));
    expect(rows).toHaveLength(results.rows.length);
    expect(rows.at(-1)).toMatchObject({ file: "text8", method: "adaptive", ranks: 375_000 });
  });
});

describe("the course along a file", () => {
  const file = new Float32Array(2000).fill(4);

  test("breaks even where the ranks have become cheaper for good", () => {
    const ranks = Float32Array.from(file, (_, i) => (i < 100 ? 6 : 2));
    const { points, breakEven } = accumulate({ file, ranks, direct: ranks });
    expect(breakEven).toBe(201);
    expect(points.at(-1)).toEqual({ characters: 2000, file: 4, ranks: 2.2, direct: 2.2 });
    expect(points[0].characters).toBe(300);
  });

  test("never breaks even where they stay dearer", () => {
    const { breakEven } = accumulate({ file, ranks: file, direct: file });
    expect(breakEven).toBeUndefined();
  });
});

test("the first five ranks are a share of all", () => {
  expect(firstFive([5, 1, 1, 1, 0, 1, 1])).toBeCloseTo(0.8);
});

test("a listing goes on below its first name", () => {
  expect(listing(["a".repeat(60), "b".repeat(60), "c"], 4)).toBe(`${"a".repeat(60)},\n    ${"b".repeat(60)}, c`);
});

describe("the commands", () => {
  let printed = "";
  beforeEach(() => {
    printed = "";
    jest.spyOn(console, "log").mockImplementation((text: string) => void (printed += text));
    jest.spyOn(process.stderr, "write").mockReturnValue(true);
  });
  afterEach(() => void jest.restoreAllMocks());

  const command = (name: string) => {
    const found = NEURAL_COMMANDS.find((one) => one.name === `neural-${name}`);
    if (found === undefined) throw new Error(`no command ${name}`);
    return found;
  };
  const read = (folder: string, file: string): string => readFileSync(join(folder, "out", `neural-${file}`), "utf8");

  test("fill the table in several runs", async () => {
    await withFiles({ "a.txt": TEXT, "b.dna": "acgt".repeat(200) }, async (folder) => {
      const run = (...args: string[]): Promise<number> =>
        command("table1").run([folder, "--out", join(folder, "out"), ...args]);
      expect(await run("--only", "arithmetic,huffman,zlib,adaptive")).toBe(0);
      expect(await run("--only", "dynamic,tokenized-adaptive", "--epochs", "2", "--first", "1000")).toBe(0);
      const { rows } = JSON.parse(read(folder, "table1.json")) as { rows: Row[] };
      expect(rows.map(({ file, method: id }) => `${file} ${id}`)).toEqual([
        ...["adaptive", "arithmetic", "huffman", "zlib"].flatMap((id) => [`a.txt ${id}`, `b.dna ${id}`]),
        "a.txt dynamic",
        "b.dna dynamic",
        "a.txt tokenized-adaptive",
      ]);
      expect(rows.find(({ method: id }) => id === "dynamic")).toMatchObject({ epochs: 2, characters: 1000 });
      expect(read(folder, "table1.md")).toContain("## With the weights");
      expect(read(folder, "table1.svg")).toMatch(/^<svg/);
      const before = read(folder, "table1.json");
      expect(await run("--only", "none")).toBe(0);
      expect(read(folder, "table1.json")).toBe(before);
      expect(printed).toContain("| Adaptive ");
    });
  });

  test.each([
    ["table2", ["--only", "none,gru"], ["| GRU ", "3.43"]],
    ["figure3", ["--method", "contexts"], ["| rank |", "80.00 %"]],
    ["figure4", ["--only", "adaptive,dynamic-rnn", "--first", "500"], ["| Dynamic RNN ", "| Adaptive "]],
    ["figure5", ["--method", "adaptive-rnn-tuned"], ["the file itself", "10,000"]],
    [
      "dictionary",
      ["--methods", "adaptive,contexts"],
      ["choice for every 16 symbols, by price", "a list for each state", "brotli"],
    ],
  ])("write a page, a picture and the figures: %s", async (name, args, expected) => {
    await withFiles({ "a.txt": TEXT }, async (folder) => {
      const out = join(folder, "out");
      expect(await command(name).run([join(folder, "a.txt"), "--out", out, ...args])).toBe(0);
      for (const text of [...expected, "a.txt"]) expect(read(folder, `${name}.md`)).toContain(text);
      for (const extension of ["md", "svg"]) {
        expect(read(folder, `${name}.${extension}`)).not.toMatch(/NaN|undefined|Infinity/);
      }
      expect(JSON.parse(read(folder, `${name}.json`))).toMatchObject({ format: 1 });
    });
  });

  test("keep the dictionary coders' runs of other files", async () => {
    await withFiles({ "a.txt": TEXT.subarray(0, 900), "b.txt": TEXT.subarray(900, 1800) }, async (folder) => {
      for (const file of ["a.txt", "b.txt", "a.txt"]) {
        await command("dictionary").run([join(folder, file), "--out", join(folder, "out"), "--methods", "contexts"]);
      }
      expect(read(folder, "dictionary.md").match(/^## [ab]\.txt$/gm)).toEqual(["## b.txt", "## a.txt"]);
    });
  });

  test("count the ranks of bases, and say whether the first is worth one bit", async () => {
    const regular = "acgt".repeat(300);
    await withFiles({ "a.dna": regular, "a.txt": "no bases" }, async (folder) => {
      const out = join(folder, "out");
      expect(await command("dna").run([join(folder, "a.dna"), "--out", out, "--method", "contexts"])).toBe(0);
      const page = read(folder, "dna.md");
      expect(page).toMatch(/\| a\.dna: bases +\| +25\.00 % .* no \|/);
      expect(page).toMatch(/\| a\.dna: ranks +\| +9\d\.\d\d % .* yes \|/);
      expect(page).toMatch(/\| paper, chr20: ranks +\| +30\.84 % .* no \|/);
      await expect(async () => command("dna").run([join(folder, "a.txt"), "--out", out])).rejects.toThrow(UsageError);
    });
  });

  test("time the networks that the table measures", async () => {
    await withFiles({ "a.txt": TEXT }, async (folder) => {
      const ids = ["adaptive", "tokenized-adaptive-rnn", "adaptive-rnn-tuned", "contexts-gru"];
      await command("figure4").run([join(folder, "a.txt"), "--out", join(folder, "out"), "--only", ids.join(",")]);
      const { rows } = JSON.parse(read(folder, "figure4.json")) as Figure4Results;
      expect(rows.map(({ method: id }) => id)).toEqual(ids);
      for (const { method: id, size } of rows) {
        const { stream, predictor } = prepare(method(id), TEXT, still);
        const ranks = encodeSymbols(predictAll(predictor(), stream.symbols).ranks, stream.alphabetSize);
        // What is over is the container, its header of the network, and other counts in its coder.
        expect(Math.abs(size - ranks.length - stream.tableSize)).toBeLessThan(60);
      }
    });
  });

  test("refuse what they cannot measure", async () => {
    await withFiles({ "a.txt": TEXT, "empty.txt": "" }, async (folder) => {
      const out = join(folder, "out");
      const run = async (name: string, ...args: string[]): Promise<number> =>
        command(name).run([...args, "--out", out]);
      const file = join(folder, "a.txt");
      await expect(run("table2", folder)).rejects.toThrow(CorpusError);
      await expect(run("figure3", join(folder, "empty.txt"))).rejects.toThrow("is empty");
      await expect(run("figure3", file, "--method", "magic")).rejects.toThrow(
        /expected one of .*dynamic-rnn.*, got magic/,
      );
      await expect(run("figure5", file, "--method", "tokenized-adaptive")).rejects.toThrow("which predict characters");
      await expect(run("table1", folder, "--only", "none")).rejects.toThrow(UsageError);
      await expect(run("table1", folder, "--only", "adaptive,magic")).rejects.toThrow("got magic");
      await expect(run("table1", folder, "--epochs", "0")).rejects.toThrow("--epochs: expected an integer from 1");
      expect(existsSync(out)).toBe(false);
    });
  });
});
