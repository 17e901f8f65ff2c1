import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { backups } from "../src/dedupe/backups.ts";
import { logs } from "../src/dedupe/logs.ts";
import { toPage } from "../src/dedupe/page.ts";
import { LONG_RANGE_PEERS } from "../src/dedupe/peers.ts";
import type { DedupeRow, DedupeRun } from "../src/dedupe/results.ts";
import type { Measurement } from "../src/measure/child.ts";
import { CorpusError } from "../src/measure/corpus.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { withFiles } from "./fakes.ts";

const FILES = {
  "a.txt": pseudoText(60_000, 1),
  "b.txt": pseudoText(200_000, 2),
  "c.bin": Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) >> 7),
  "d.log": "connection from 10.0.0.17 closed\ndisk 4 is 81 % full\n",
};

function archive(pieces: Iterable<Uint8Array>): Buffer {
  return Buffer.concat([...pieces]);
}

/** Names of the files in an archive, as tar reads them. */
function list(bytes: Buffer): string[] {
  const { stdout, stderr, status } = spawnSync("tar", ["-t"], { input: bytes, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.trim().split("\n");
}

describe("backups", () => {
  const options = { versions: 6, size: 100_000 };

  test("are an archive of as many versions of about the size", async () => {
    await withFiles(FILES, (folder) => {
      const bytes = archive(backups(folder, options));
      const names = list(bytes);
      expect(new Set(names.map((name) => name.split("/")[0])).size).toBe(6);
      expect(bytes.length).toBeGreaterThan(6 * 90_000);
      expect(bytes.length).toBeLessThan(6 * 250_000);
    });
  });

  test("are the same each time", async () => {
    await withFiles(FILES, (folder) => {
      expect(archive(backups(folder, options)).equals(archive(backups(folder, options)))).toBe(true);
    });
  });

  test("change from one version to the next, a little", async () => {
    await withFiles(FILES, (folder) => {
      const names = list(archive(backups(folder, { versions: 30, size: 250_000 })));
      const versions = names.map((name) => name.slice(0, name.indexOf("/")));
      const trees = new Set(versions).size;
      const files = new Set(names.map((name) => name.slice(name.indexOf("/"))));
      expect(trees).toBe(30);
      // Some of the first tree's are gone at last, and others have come.
      const first = versions.lastIndexOf("backup-001") + 1;
      expect(files.size).toBeGreaterThan(first);
      expect(files.size).toBeLessThan(2 * first);
    });
  });

  test("need files, and enough of them", async () => {
    await withFiles({}, (folder) => {
      expect(() => archive(backups(folder, options))).toThrow(CorpusError);
    });
    await withFiles(FILES, (folder) => {
      expect(() => archive(backups(folder, { versions: 1, size: 10_000_000 }))).toThrow(/fewer than 10000000/u);
    });
  });
});

describe("logs", () => {
  test("rotate: each is in seven snapshots, under another name", async () => {
    await withFiles(FILES, (folder) => {
      const bytes = archive(logs(folder, { versions: 9, size: 7000 }));
      expect(list(bytes)).toHaveLength(9 * 7);
      const first = bytes.subarray(512, 512 + 1000);
      let copies = 0;
      for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) copies++;
      expect(copies).toBe(7);
    });
  });

  test("need lines of logs", async () => {
    await withFiles({ "a.txt": "text\n" }, (folder) => {
      expect(() => archive(logs(folder, { versions: 2, size: 7000 }))).toThrow(CorpusError);
    });
  });
});

test("the peers have names of their own", () => {
  expect(LONG_RANGE_PEERS.map(({ id }) => id)).toEqual(["zstd-long", "lrzip", "lrzip-zpaq", "zpaq-5"]);
});

describe("the results", () => {
  const took = (seconds: number): Measurement => ({ seconds, cpuSeconds: seconds / 2, peakMemory: 2 ** 30 });
  const finished = (name: string, size: number): DedupeRow => ({
    name,
    version: "1.2",
    outcome: { size, compress: took(60), decompress: took(30) },
  });
  const run: DedupeRun = {
    date: "2026-01-01T00:00:00.000Z",
    processor: "a processor",
    node: "20",
    versions: 20,
    versionSize: 1e6,
    size: 2e7,
    clock: "wall",
    stage: { left: 1_500_000, seconds: 0.05 },
    rows: [
      { name: "broken", version: "0.1", outcome: { failure: "broken: exit 1" } },
      finished("large", 900_000),
      finished("small", 500_000),
    ],
  };

  test("stand on the page from small to large, with failures last", () => {
    const page = toPage({ format: 1, runs: { backups: run } });
    expect(page).toContain("20,000,000 bytes: 20 versions");
    expect(page).toContain("leaves 1,500,000 bytes and takes 0.050 s of processor time by itself: 400 MB/s");
    const rows = page.match(/^\| [a-z]\w+ .*$/gmu);
    expect(rows?.map((row) => row.split("|").map((cell) => cell.trim()))).toEqual([
      ["", "small", "1.2", "500,000", "2.50", "60.0", "30.0", "1024", "1024", ""],
      ["", "large", "1.2", "900,000", "4.50", "60.0", "30.0", "1024", "1024", ""],
      ["", "broken", "0.1", "broken: exit 1", "–", "–", "–", "–", "–", ""],
    ]);
    expect(page).not.toContain("## Logs");
  });

  test("have the clock that was asked for", () => {
    const page = toPage({ format: 1, runs: { logs: { ...run, clock: "cpu" } } });
    expect(page).toMatch(/^## Logs$/mu);
    expect(page).toContain("Processor time");
    expect(page).toMatch(/\| small .*\| +30\.0 \| +15\.0 \|/u);
  });
});
