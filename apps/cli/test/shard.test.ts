import { readdirSync, rmSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { readStatistics } from "@pith/statistics";

import { programVersion } from "../src/program-version.ts";
import { join } from "../src/verbs/shard/join.ts";
import { readPlan, writePlan, type Plan } from "../src/verbs/shard/plan-file.ts";
import { Folder, QUIET_SUCCESS, sampleText } from "./support/command.ts";

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

/** A plan of three units of `a`, one of `empty` and one of `b`. */
async function plan(...words: string[]): Promise<void> {
  folder.write("a", sampleText(180_000));
  folder.write("empty", "");
  folder.write("b", sampleText(1000));
  const { code, stdout } = await folder.pith(
    "shard",
    "plan",
    "-1",
    "--size",
    "64KiB",
    "a",
    "empty",
    "b",
    "-o",
    "plan.json",
    ...words,
  );
  expect([code, stdout]).toEqual([0, "5 units, 0 to 4, of 181.00 kB\n"]);
}

describe("pith shard", () => {
  test("makes of units done in any order, twice and by several at once, what one machine makes", async () => {
    await plan();
    const runs =
      "pith shard run plan.json 4; pith shard run plan.json 2 & pith shard run plan.json 2 & wait; SLURM_ARRAY_TASK_ID=0 pith shard run plan.json";
    expect(
      await folder.shell(`${runs}; pith shard run plan.json all; pith shard merge plan.json -o many.pith`),
    ).toEqual(QUIET_SUCCESS);
    expect(readdirSync(folder.file("plan.shards")).length).toBe(10);
    expect(
      await folder.shell(
        "pith shard run --shards one plan.json all; pith shard merge --shards one plan.json -o one.pith",
      ),
    ).toEqual(QUIET_SUCCESS);
    expect(folder.read("many.pith")).toEqual(folder.read("one.pith"));
    expect(
      await folder.shell("pith -dc many.pith | cmp - <(cat a empty b); cat plan.shards/*.pith | cmp - many.pith"),
    ).toEqual(QUIET_SUCCESS);
  });

  test("says which units are missing, and takes none of another plan", async () => {
    await plan();
    await folder.shell(
      "pith shard run plan.json 1; pith shard run plan.json 3; mv plan.json old.json; mv plan.shards old",
    );
    await plan("-2");
    const merged = await folder.pith("shard", "merge", "plan.json", "--shards", "old", "-o", "out.pith");
    expect(merged.code).toBe(1);
    expect(merged.stderr).toContain("not there or of another plan: 0, 1, 2, 3, 4; pith shard run PLAN all does them");
    const old = await folder.pith("shard", "merge", "old.json", "--shards", "old", "-o", "out.pith");
    expect(old.stderr).toContain("not there or of another plan: 0, 2, 4;");
    expect(folder.names()).not.toContain("out.pith");
  });

  test("refuses an input that is not what it was, and leaves nothing of the unit", async () => {
    await plan();
    folder.write(
      "a",
      sampleText(180_001).map((byte, i) => (i === 100_000 ? byte ^ 1 : byte)),
    );
    folder.write("b", sampleText(999));
    const results = await folder.shell("pith shard run plan.json all; rm a; pith shard run plan.json 0");
    expect(results.code).toBe(1);
    expect(results.stderr).toMatch(/^pith: unit 1: .*\/a is not what it was when the plan was made; make a new plan/m);
    expect(results.stderr).toMatch(/^pith: unit 4: .*\/b is not what it was/m);
    expect(results.stderr).toMatch(/^pith: unit 0: cannot read the input .*\/a: no such file/m);
    expect(readdirSync(folder.file("plan.shards")).map((name) => name.slice(0, 6))).toEqual([
      "000000",
      "000000",
      "000002",
      "000002",
      "000003",
      "000003",
    ]);
  });

  test("takes no unit that is not what its receipt says", async () => {
    await plan();
    await folder.pith("shard", "run", "plan.json", "all");
    const shard = folder.read("plan.shards/000001.pith");
    for (const bytes of [shard.map((byte, i) => (i === 20 ? byte ^ 1 : byte)), shard.subarray(1)]) {
      folder.write("plan.shards/000001.pith", bytes);
      expect((await folder.pith("shard", "merge", "plan.json", "-o", "out.pith")).stderr).toContain(
        "000001.pith is not what came of unit 1; delete",
      );
    }
    rmSync(folder.file("plan.shards/000001.pith"));
    expect((await folder.pith("shard", "merge", "plan.json", "-o", "out.pith")).code).toBe(1);
    expect(folder.names()).not.toContain("out.pith");
  });

  test("counts neighbours as one that counts the whole does", async () => {
    folder.write("a", sampleText(180_000));
    folder.write("b", sampleText(1000).reverse());
    expect(
      await folder.shell(
        "pith shard plan --unit count --window 2:1 --size 64KiB a b -o count.json >/dev/null; pith shard run count.json all; " +
          "pith shard merge count.json -o many.h5; pith stats count --window 2:1 a b -o one.h5",
      ),
    ).toEqual(QUIET_SUCCESS);
    // The files have the times in them at which they were made.
    const [one, many] = [readStatistics(folder.read("one.h5")), readStatistics(folder.read("many.h5"))];
    expect(await many).toEqual(await one);
    expect((await many).counts.total).toBe(181_000n);
    // Whoever joins them again takes what is there for what it is, and nothing else.
    const again = async (output: string): Promise<number> => {
      const options = { force: false, mayBeThere: true, onProgress: () => {} };
      return await join(
        await readPlan(folder.file("count.json"), programVersion()),
        folder.file("count.shards"),
        folder.file(output),
        options,
      );
    };
    expect(await again("many.h5")).toBe(folder.read("many.h5").length);
    await expect(again("a")).rejects.toThrow("exists already");
  });

  test("analyses as one that analyses the whole does", async () => {
    const text = sampleText(40_000);
    const content = Buffer.alloc(9_000_000, text).fill(65, 5_000_000, 5_070_000);
    folder.write("a", content);
    expect(
      await folder.shell(
        "pith shard plan --unit analyze --memory 256MiB --size 1MiB a -o a.json; pith shard run a.json all; " +
          "pith shard merge a.json -o many.json; pith analyze --memory 256MiB --sample 0 --json a > one.json",
      ),
    ).toEqual({ code: 0, stdout: "2 units, 0 to 1, of 9.00 MB\n", stderr: "" });
    const parsed = (name: string): Record<string, unknown> =>
      JSON.parse(new TextDecoder().decode(folder.read(name))) as Record<string, unknown>;
    const [many, one] = [parsed("many.json"), parsed("one.json")];
    expect(one).toMatchObject({ files: [{ analysis: many["analysis"] }] });
    expect(many).toHaveProperty("analysis.levels");
    expect(
      (await folder.shell("pith shard plan --unit analyze a a -o x; pith shard plan --unit count -9 a -o x")).stderr,
    ).toMatch(/expected one INPUT, got 2\n.*\n.*--unit count: expected no level/);
  });

  test("says what it lacks", async () => {
    await plan();
    const { stderr } = await folder.shell(
      "pith shard run plan.json; pith shard run plan.json 5; pith shard plan /dev/null missing -o x; pith shard run a 0",
    );
    expect(stderr.split("\n").filter((line) => line !== "Try pith --help.")).toEqual([
      "pith: shard run: expected N, all, or the variable SLURM_ARRAY_TASK_ID, got none",
      "pith: shard run: expected a unit from 0 to 4, or all, got 5",
      "pith: /dev/null: is no regular file, of which a unit could be read anywhere; save it to one first",
      "pith: missing: no such file or folder; check its name",
      "pith: expected a plan of pith shard plan, got another file: a",
      "",
    ]);
  });
});

/** A plan that somebody changes. */
interface Draft {
  kind: string;
  version: number;
  program: string;
  settings?: unknown;
  inputs: { size: number }[];
  units: { end: number; sha256: string }[];
}

describe("a plan", () => {
  const sha256 = "0".repeat(64);
  const sizes = [180, 0, 10];
  const plan: Plan = {
    program: "1.2.3",
    settings: {
      unit: "compress",
      level: 5,
      open: true,
      blockSize: null,
      memoryLimit: 2 ** 30,
      alphabet: null,
      window: null,
    },
    inputs: sizes.map((size, i) => ({ path: `/${i}`, size })),
    units: [
      [0, 0, 100],
      [0, 100, 180],
      [1, 0, 0],
      [2, 0, 10],
    ].map(([input, start, end]) => ({ input, start, end, sha256 })),
  };

  test("is read as it was written", async () => {
    folder.write("plan.json", writePlan(plan));
    expect(await readPlan(folder.file("plan.json"), "1.2.3")).toMatchObject(plan);
  });

  test.each<[string, (value: Draft) => void, string]>([
    [
      "of another version of the program",
      (value) => (value.program = "9.9.9"),
      "the plan is of pith 9.9.9, and this is pith 1.2.3",
    ],
    ["of a later version", (value) => (value.version = 2), "expected a plan of version 1, got 2"],
    ["that is none", (value) => (value.kind = "letter"), "expected a plan of pith shard plan"],
    ["whose units leave something out", (value) => value.units.splice(1, 1), "it contradicts itself"],
    ["with a unit twice", (value) => value.units.push(value.units[3]), "it contradicts itself"],
    ["whose units are in another order", (value) => value.units.reverse(), "it contradicts itself"],
    ["with a unit that ends before it begins", (value) => (value.units[0].end = -1), "it contradicts itself"],
    ["with a unit beyond its input", (value) => (value.inputs[2].size = 9), "it contradicts itself"],
    ["with a hash that is none", (value) => (value.units[0].sha256 = "x"), "it contradicts itself"],
    ["without settings", (value) => delete value.settings, "it contradicts itself"],
  ])("%s is refused", async (_, edit, message) => {
    const value: Draft = JSON.parse(new TextDecoder().decode(writePlan(plan)));
    edit(value);
    folder.write("plan.json", JSON.stringify(value));
    await expect(readPlan(folder.file("plan.json"), "1.2.3")).rejects.toThrow(message);
  });
});
