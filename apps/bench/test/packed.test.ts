import { describe, expect, test } from "@jest/globals";
import { gunzipSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isInstalled } from "../src/contestants/installed.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";
import { ENCODERS } from "../src/packed/encoders.ts";
import { toPage } from "../src/packed/page.ts";
import { PICTURE_PEERS } from "../src/packed/pictures.ts";
import type { PackedResults } from "../src/packed/results.ts";
import { withFiles } from "./fakes.ts";

const results: PackedResults = {
  format: 1,
  date: "2026-11-30T00:00:00.000Z",
  processor: "a processor",
  node: "20.0.0",
  level: 5,
  bestLevel: 9,
  peers: [{ id: "xz", name: "xz -9e", version: "5.4.1" }],
  files: [
    {
      name: "a.png",
      size: 10_000,
      closed: 9_900,
      opened: 5_000,
      best: 4_000,
      found: [
        { kind: "deflate", count: 1 },
        { kind: "png", count: 1 },
      ],
      inside: 40_000,
      compressSeconds: 0.1,
      decompressSeconds: 0.05,
      peers: {},
    },
  ],
  content: { name: "text", size: 30_000, compressed: 6_000 },
  encoders: [{ name: "zopfli", version: "1.0.3", packed: 10_000, compressed: 6_150 }],
  skipped: [{ name: "cwebp", aptPackage: "webp" }],
};

/** The page, with one space where columns are filled up. */
const page = (of: PackedResults): string => toPage(of).replaceAll(/ +/g, " ");

describe("the page of packed files", () => {
  test("has a row a file, with shares, speeds, and gaps where nothing was measured", () => {
    expect(page(results)).toContain("| a.png | 10,000 | 9,900 | 5,000 | 50.0 | 4,000 | – | 0.100 | 0.200 |");
    expect(page(results)).toContain("| a.png | 1 deflate, 1 png | 40,000 |");
    expect(page(results)).toContain("cwebp was not there (Debian package webp).");
  });

  test("says what an encoder's choices cost", () => {
    expect(page(results)).toContain("| zopfli | 10,000 | 6,150 | 150 | 1.50 |");
    expect(page({ ...results, content: undefined })).not.toContain("Encoders of deflate");
  });
});

test("encoders that are here pack what is given back", async () => {
  const text = pseudoText(20_000, 1);
  await withFiles({ text }, (folder) => {
    const file = join(folder, "text");
    writeFileSync(file, text);
    for (const encoder of ENCODERS) {
      if (encoder.version !== undefined && !isInstalled(encoder.version[0])) continue;
      expect(Buffer.compare(gunzipSync(encoder.pack(file, folder)), Buffer.from(text))).toBe(0);
    }
  });
});

test("pictures have peers, and other files do not", () => {
  const taken = (file: string): string[] =>
    PICTURE_PEERS.filter((peer) => peer.command(file, "/tmp") !== undefined).map(({ id }) => id);
  expect(taken("a.PNG")).toEqual(["cjxl", "cwebp"]);
  expect(taken("a.jpeg")).toEqual(["cjxl"]);
  expect(taken("a.pdf")).toEqual([]);
});
