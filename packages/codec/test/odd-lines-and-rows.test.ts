import { expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { joined, noise } from "./helpers/content.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A record of a length, twice and a bit: longer than any row that is looked for. */
const record = noise(8_600);

const CONTENTS: readonly [string, Uint8Array][] = [
  ["lines of more fields and tokens than are told apart", bytesOf(`${"a1,b;c d\t".repeat(100)}\n`.repeat(3))],
  ["one line without an end", bytesOf("key=value ".repeat(300))],
  ["empty lines, and lines of spaces", bytesOf("\n\n\n   \n\t\n\n x\n\n".repeat(100))],
  ["a quote that is never closed", bytesOf(`"${"a,b,c\n1,2,3\n".repeat(150)}`)],
  ["brackets that are never closed, and others never opened", bytesOf(`${"[{(".repeat(300)}${"})]".repeat(500)}`)],
  [
    "tags that are never closed, and others never opened",
    bytesOf(`${"<a><b/>".repeat(200)}${"</a></c>".repeat(300)}< <<>/>`),
  ],
  ["records longer than rows are looked for", joined(record, record, record.subarray(0, 900))],
  ["rows of the longest kind", Uint8Array.from({ length: 17_000 }, (_, i) => record[i % 8192])],
  ["one byte alone", new Uint8Array(1500).fill(255)],
];

test.each(CONTENTS)("%s come back, by all models", (_, content) => {
  for (const kind of ["text", "binary"] as const) {
    for (const level of content.length < 10_000 ? [5, 6] : [5]) {
      const options = { level, kind, method: "mix" } as const;
      expect(decompressSync(compressSync(content, options))).toEqual(content);
    }
  }
  const start = content.subarray(0, 700);
  for (const kind of ["text", "binary"] as const) {
    expect(decompressSync(compressSync(start, { level: 9, kind, method: "mix" }))).toEqual(start);
  }
});
