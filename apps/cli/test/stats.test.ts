import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { Folder } from "./support/command.ts";

const SENTENCES =
  "the river runs down from the hills and past the old mill. nobody knew why the miller had gone away that winter. " +
  "when the snow melted the wheel began to turn again by itself. a quiet dog kept watch over the empty house. " +
  "children came from the village to look for gold under the bridge and found a box of just seven zinc keys.\n";

let folder: Folder;

beforeAll(async () => {
  folder = new Folder();
  writeFileSync(folder.file("text"), SENTENCES.repeat(20));
  writeFileSync(folder.file("other"), `Über ${SENTENCES.toUpperCase()}${SENTENCES.repeat(3)}`);
  await folder.pith("stats", "count", "text", "other", "-o", "all.h5");
});
afterAll(() => folder.remove());

async function json(
  ...words: string[]
): Promise<{ files: Record<string, unknown>[]; result: Record<string, unknown> }> {
  const { stdout, stderr } = await folder.pith(...words, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as never;
}

describe("counting", () => {
  test("apart and merging is counting all at once", async () => {
    await folder.pith("stats", "count", "text", "-o", "a.h5");
    await folder.shell("pith stats count - -o b.h5 < other");
    const { result } = await json("stats", "merge", "b.h5", "a.h5", "-o", "merged.h5");
    expect(result).toEqual({ output: "merged.h5", characters: expect.stringMatching(/^\d+$/) });
    const [merged, all] = await Promise.all([json("stats", "show", "merged.h5"), json("stats", "show", "all.h5")]);
    expect({ ...merged.files[0], source: "" }).toEqual({ ...all.files[0], source: "" });
    expect(all.files[0]["characters"]).toBe(result["characters"]);
  });

  test("of another alphabet and window", async () => {
    await folder.pith("stats", "count", "text", "--alphabet", "aeiou_", "--window", "0:2", "-o", "vowels.h5");
    expect((await json("stats", "show", "vowels.h5")).files[0]).toMatchObject({
      alphabet: "aeiou ",
      distances: [1, 2],
    });
    expect(await folder.pith("stats", "merge", "vowels.h5", "all.h5", "-o", "none.h5")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'pith: all.h5: alphabet: expected "aeiou " in all, got "abcdefghijklmnopqrstuvwxyz ."\n' +
        "pith: none.h5 was not written, since not every file was added\n",
    });
    expect(existsSync(folder.file("none.h5"))).toBe(false);
  });

  test("of another program is imported, shown and used to evaluate", async () => {
    const foreign = join(import.meta.dirname, "../../../packages/statistics/test/hdf5-files/foreign-thesis.h5");
    const { stderr } = await folder.pith("stats", "import", foreign, "-o", "foreign.h5", "-v");
    expect(stderr).toContain("counts of dataset frame; axes character, neighbour, distance; 28 characters; ");
    expect(stderr).toContain("4 before and 3 after; without the break\n");
    expect((await json("stats", "show", "foreign.h5")).files[0]).toMatchObject({
      distances: [-4, -3, -2, -1, 1, 2, 3],
    });
    const { stdout } = await folder.pith("stats", "evaluate", "text", "--statistics", "foreign.h5");
    expect(stdout).toContain("accuracy");
    const scores = foreign.replace("thesis", "scores");
    const options = ["--alphabet", "abc", "--window", "1:1", "--axes", "neighbour,character,distance"];
    const words = ["stats", "import", scores, "-o", "scores.h5", ...options];
    expect((await json(...words, "--dataset", "x")).files[0]).toMatchObject({ values: "z-scores" });
    const { code, stderr: refused } = await folder.pith(...words, "-f");
    expect([code, refused]).toEqual([1, expect.stringMatching(/of several, name the one, got x .*--dataset/)]);
    const text = await folder.pith("stats", "import", "text", "-o", "no.h5");
    expect([text.code, text.stderr]).toEqual([
      1,
      expect.stringMatching(/^pith: text: HDF5 file: .*; name an HDF5 file\n$/u),
    ]);
    expect(existsSync(folder.file("no.h5"))).toBe(false);
    const wrong = await folder.pith(...words, "--axes", "a,b");
    expect(wrong.stderr).toContain("--axes: expected character, neighbour, distance in some order, got a,b");
  });

  test("refuses UTF-16, with a mark or without, and says what to do", async () => {
    const coded = Buffer.from(SENTENCES, "utf16le");
    writeFileSync(folder.file("marked"), Buffer.concat([Buffer.from([0xff, 0xfe]), coded]));
    writeFileSync(folder.file("big"), Buffer.from(coded).swap16());
    for (const [name, encoding] of [
      ["marked", "UTF-16LE"],
      ["big", "UTF-16BE"],
    ]) {
      const { code, stderr } = await folder.pith("stats", "count", name, "-o", "none.h5");
      expect(code).toBe(1);
      expect(stderr).toContain(`${name}: expected UTF-8, and this is ${encoding}; iconv -f ${encoding} -t UTF-8`);
    }
  });

  test("warns of a text that is hardly in the alphabet", async () => {
    writeFileSync(folder.file("russian"), "мороз и солнце день чудесный ".repeat(20));
    const { code, stderr } = await folder.pith("stats", "count", "russian", "-o", "russian.h5");
    expect(code).toBe(2);
    expect(stderr).toMatch(/russian: warning: only \d+ % of its characters are in the alphabet/);
  });

  test("writes nothing where a text is missing, and overwrites only with -f", async () => {
    expect(await folder.pith("stats", "count", "text", "missing", "-o", "none.h5")).toMatchObject({
      code: 1,
      stderr:
        "pith: missing: no such file or folder; check its name\npith: none.h5 was not written, since not every text was counted\n",
    });
    expect(existsSync(folder.file("none.h5"))).toBe(false);
    expect((await folder.pith("stats", "count", "text", "-o", "all.h5")).stderr).toContain("all.h5 exists already");
  });
});

describe("showing", () => {
  test("draws bars of text and pictures", async () => {
    const { stdout } = await folder.pith("stats", "show", "all.h5", "--neighbours", "q_", "--svg", "none.svg");
    expect(stdout).toBe("");
    const shown = await folder.pith("stats", "show", "all.h5", "--neighbours", "q", "--svg", "q.svg");
    expect(shown.stdout).toMatch(
      /^all\.h5: \d+ characters, \d\d\.\d % of them in the alphabet, \d\d\.\d % in runs of 12 or more\n/,
    );
    expect(shown.stdout).toContain(`Neighbours of q at distance 1:\nu ${"█".repeat(40)} 100.0 %\n`);
    expect(readFileSync(folder.file("q.svg"), "utf8")).toContain("Neighbours of q");
    await folder.pith("stats", "show", "all.h5", "--svg", "difference.svg");
    expect(readFileSync(folder.file("difference.svg"), "utf8")).toContain("Difference to the average");
  });

  test("of a table says what it is of", async () => {
    await folder.pith(
      "stats",
      "normalise",
      "all.h5",
      "--quantity",
      "log-probability",
      "--along",
      "none",
      "-o",
      "log.h5",
    );
    expect((await folder.pith("stats", "show", "log.h5")).stdout).toContain(
      "table: log-probability, z-scores along: none\n",
    );
  });

  test("of what is no statistics says so", async () => {
    expect(await folder.pith("stats", "show", "text")).toEqual({
      code: 1,
      stdout: "",
      stderr: "pith: text: HDF5 file: signature at byte 0: expected 89, got 74; make it again with pith stats count\n",
    });
  });
});

describe("pairing", () => {
  test("by the alphabet, the Hungarian algorithm and an exact matching", async () => {
    expect((await folder.pith("stats", "pair", "all.h5", "--by", "alphabetical")).stdout).toBe(
      "ab cd ef gh ij kl mn op qr st uv wx yz _ .\n",
    );
    const [hungarian, exact] = await Promise.all([
      json("stats", "pair", "all.h5", "--by", "hungarian"),
      json("stats", "pair", "all.h5"),
    ]);
    expect(exact.files[0]["difference"]).toBeGreaterThanOrEqual(hungarian.files[0]["difference"] as number);
  });

  test("by a search goes on where it stopped, and draws its course", async () => {
    const search = ["stats", "pair", "all.h5", "--by", "swaps", "--search", "text", "--sample", "1KiB", "--seed", "3"];
    await folder.pith(...search, "--steps", "6", "--state", "state.json");
    const [resumed, whole] = [
      await json(...search, "--steps", "16", "--state", "state.json", "--svg", "search.svg"),
      await json(...search, "--steps", "16"),
    ];
    expect(resumed.files).toEqual(whole.files);
    expect(readFileSync(folder.file("search.svg"), "utf8")).toContain("<polyline");
    const { code, stderr } = await folder.pith(...search, "--multipliers", "base", "--state", "state.json");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^pith: all\.h5: state\.json: state of a search: accuracy: expected .*as measured with this/,
      ),
    });
  });
});

describe("evaluating", () => {
  test("compares what comes back with the text, and with the results before", async () => {
    const words = ["stats", "evaluate", "text", "--statistics", "all.h5", "--results", "results.json"];
    const first = await folder.pith(...words);
    expect(first.stdout).toMatch(/characters +\d+\.\d\d % +\d+ +\d+\n/);
    expect(first.stdout).not.toContain("before");
    const second = await folder.pith(
      ...words,
      "--activation",
      "tanh",
      "--train",
      "text",
      "--epochs",
      "3",
      "--rate",
      "0.01",
    );
    expect(second.stdout).toMatch(/ambiguous +\d+\.\d\d % +\d+ +\d+ +\d+\.\d\d % +[+−]\d+\.\d\d\n/);
    const { runs } = JSON.parse(readFileSync(folder.file("results.json"), "utf8")) as { runs: { source: string }[] };
    expect(runs.map(({ source }) => source)).toEqual(["text", "text"]);
  });

  test("keeps a trained table, which decodes as it did", async () => {
    const train = ["--train", "text", "--epochs", "2", "--rate", "0.01", "-o", "trained.h5"];
    const trained = await json("stats", "evaluate", "text", "--statistics", "all.h5", ...train);
    const again = await json("stats", "evaluate", "text", "--statistics", "trained.h5");
    expect(again.files[0]["ambiguous"]).toEqual(trained.files[0]["ambiguous"]);
    expect((await folder.pith("stats", "show", "trained.h5")).stdout).toContain("table: score, z-scores along: none");
  });

  test("refuses results that are none, and keeps them", async () => {
    writeFileSync(folder.file("notes.json"), "[]");
    const { code, stderr } = await folder.pith(
      "stats",
      "evaluate",
      "text",
      "--statistics",
      "all.h5",
      "--results",
      "notes.json",
    );
    expect(code).toBe(1);
    expect(stderr).toBe(
      "pith: text: notes.json: expected results as pith stats evaluate --results keeps them, got something else\n",
    );
    expect(readFileSync(folder.file("notes.json"), "utf8")).toBe("[]");
  });

  test("of what is no text says where it is none", async () => {
    writeFileSync(folder.file("binary"), Uint8Array.of(0x61, 0xff, 0x62));
    expect((await folder.pith("stats", "evaluate", "binary", "--statistics", "all.h5")).stderr).toMatch(
      /^pith: binary: .* at byte 1: expected .*; convert it to UTF-8 first\n$/,
    );
  });

  test("measures trained models", async () => {
    const [table, resolver] = [
      await json("stats", "evaluate", "text", "--model", "letter-table"),
      await json("stats", "evaluate", "text", "--model", "resolver-small"),
    ].map(({ files }) => files[0] as { ambiguous: { right: number; of: number } });
    expect(table.ambiguous.right / table.ambiguous.of).toBeGreaterThan(0.9);
    expect(resolver.ambiguous.right / resolver.ambiguous.of).toBeGreaterThan(0.98);
  });

  test("measures what learns to decide first", async () => {
    const { files } = await json("stats", "evaluate", "other", "--decider", "tree", "--train", "text");
    const { ambiguous } = files[0] as { ambiguous: { right: number; of: number } };
    expect(ambiguous.right / ambiguous.of).toBeGreaterThan(0.7);
  });

  test("shows how much each neighbour matters", async () => {
    const { files } = await json("stats", "evaluate", "text", "--statistics", "all.h5", "--importance");
    expect(files[0]["importance"]).toHaveLength(13);
  });

  test("climbs the ladder in one table, as text, as a document and as a picture", async () => {
    const { stdout, stderr, code } = await folder.pith(
      ...["stats", "evaluate", "--ladder", "other", "--statistics", "all.h5", "--search", "text", "--train", "text"],
      ...["--sample", "2KiB", "--steps", "5", "--epochs", "2", "-o", "ladder.md", "--svg", "ladder.svg"],
    );
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    for (const rung of [
      "alphabetical",
      "primary difference",
      "thesis table",
      "swap search",
      "tanh",
      "multipliers",
      "trained",
    ]) {
      expect(stdout).toMatch(new RegExp(`^${rung} +(\\d\\d\\.\\d\\d|–) +\\d\\d\\.\\d\\d  `, "m"));
    }
    const report = readFileSync(folder.file("ladder.md"), "utf8");
    expect(report).toContain("| trained | 93.62 | ");
    expect(report).toContain(
      "\npith stats evaluate --ladder --statistics all.h5 --search text --train text --sample 2048 --steps 5 " +
        "--epochs 2 --rate 0.00025 --seed 1 --svg ladder.svg -o letter-pairs-ladder.md other\n",
    );
    expect(report).toMatch(/^\| sigmoid \| 92\.63 \| \d\d\.\d\d \|$/m);
    expect(report).toMatch(/^\| random forest \| \d+\.\d\d \| [\d,]+ \| [\d.]+ \|$/m);
    expect(report).toMatch(/^\| t r \| 0\.\d{3} \(0\.182\) \| /m);
    expect(report).toContain("![Accuracy as the searches went on](ladder.svg)");
    expect(readFileSync(folder.file("ladder.svg"), "utf8")).toContain("4 pairs at a time");
  });
});

describe("misuse shows what was expected and what came", () => {
  test.each([
    [["stats"], "stats: expected count, merge, import, normalise, pair, show, evaluate, got nothing"],
    [["stats", "all.h5"], "stats: expected count, merge, import, normalise, pair, show, evaluate, got all.h5"],
    [["stats", "count", "text"], "stats count: expected -o FILE, got none"],
    [["stats", "normalise", "a.h5", "b.h5", "-o", "c.h5"], "stats normalise: expected one FILE, got 2"],
    [["stats", "pair", "all.h5", "--activation", "tanh"], "--activation: expected with --by swaps"],
    [["stats", "pair", "all.h5", "--state", "x"], "--state: expected with --by swaps"],
    [["stats", "pair", "all.h5", "--seed", "2"], "--seed: expected with --by swaps"],
    [["stats", "pair", "all.h5", "--swap", "3"], "--swap: expected with --by swaps"],
    [
      ["stats", "pair", "all.h5", "--by", "swaps", "--search", "text", "--codes", "thesis", "--singles", "_"],
      "--singles: expected without --codes, got both",
    ],
    [["stats", "evaluate", "text", "--statistics", "all.h5", "--held-out", "x"], "--held-out: expected with --train"],
    [["stats", "pair", "all.h5", "--by", "swaps"], "--by swaps: expected --search FILE, got none"],
    [["stats", "evaluate", "text"], "stats evaluate: expected one of --statistics, --model and --decider, got none"],
    [["stats", "evaluate", "text", "--decider", "tree"], "--decider: expected with --train"],
    [
      ["stats", "evaluate", "text", "--statistics", "all.h5", "--multipliers", "1,2"],
      "--multipliers: expected none, base, plato or 7 numbers with commas, got 1,2",
    ],
    [
      ["stats", "evaluate", "text", "--statistics", "all.h5", "--codes", "ab cd"],
      "--codes: code table: expected 7 or 15 groups with spaces between them, got 2",
    ],
    [["stats", "evaluate", "text", "--statistics", "all.h5", "-o", "x"], "--output: expected with --train"],
    [["stats", "evaluate", "text", "--statistics", "all.h5", "--rate", "1"], "--rate: expected with --train"],
    [["stats", "evaluate", "text", "--statistics", "all.h5", "--steps", "1"], "--steps: expected with --ladder"],
    [
      ["stats", "evaluate", "text", "--statistics", "all.h5", "--seed", "2"],
      "--seed: expected with --ladder, --importance or --decider",
    ],
    [
      ["stats", "evaluate", "text", "--model", "letter-table", "--importance"],
      "--model: expected without --importance, got both",
    ],
    [
      ["stats", "evaluate", "text", "--model", "letter-table", "--codes", "thesis"],
      "--model: expected without --codes, got both",
    ],
    [["stats", "evaluate", "text", "--statistics", "all.h5", "--ladder"], "--ladder: expected with --search"],
    [
      ["stats", "show", "all.h5", "--svg", "x", "--neighbours", "ab"],
      "--svg: expected --neighbours of one character, got 2",
    ],
  ])("%j", async (words, message) => {
    expect(await folder.pith(...words)).toEqual({
      code: 1,
      stdout: "",
      stderr: `pith: ${message}\nTry pith --help.\n`,
    });
  });
});
