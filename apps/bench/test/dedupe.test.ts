import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { backups } from "../src/dedupe/backups.ts";
import { logs } from "../src/dedupe/logs.ts";
import { LONG_RANGE_PEERS } from "../src/dedupe/peers.ts";
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
