import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { generateData, type DataKind } from "../src/generator/generate.ts";
import { PatternCounter } from "../src/patterns/pattern-counter.ts";
import { FieldCounter } from "../src/safetensors/field-counter.ts";
import { tensorType } from "@pith/tensors";
import { ByteCounter, LAGS, STRETCH, SUMS, WHOLE_CONTEXTS } from "../src/statistics/byte-counter.ts";
import { generated, nested } from "./support/content.ts";

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8"));

/** The first half of the SHA-256 of numbers as they lie in memory, little-endian. */
function digest(numbers: ArrayBufferView): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

/** Of entries of as many words, in no order of their own. */
function digestOfEntries(entries: Uint8Array | Uint32Array, bytesPerEntry: number): string {
  const bytes = Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength);
  const all = Array.from({ length: bytes.length / bytesPerEntry }, (_, i) =>
    bytes.subarray(i * bytesPerEntry, (i + 1) * bytesPerEntry),
  );
  return digest(Buffer.concat(all.sort((a, b) => Buffer.compare(a, b))));
}

const ROOMY = { blocks: 2 ** 12, pieces: 2 ** 15, places: 2 ** 10, markable: 2 ** 12 };
/** Not all patterns find room: a sample of them is counted. */
const TIGHT = { blocks: 2 ** 8, pieces: 2 ** 10, places: 2 ** 6, markable: 2 ** 12 };
/** Bytes of an entry of each table: blocks, fine and micro pieces, places of blocks; and of the second half of an MD5. */
const ENTRY_BYTES = [16, 24, 24, 40];
const MORE = { xxh64: 0, md5: 8 };

const PATTERNS = {
  nested: { signature: "xxh64", blockSize: 700, tables: ROOMY, content: nested(700, 200, 12, 3) },
  "nested, MD5": { signature: "md5", blockSize: 700, tables: ROOMY, content: nested(700, 200, 12, 3) },
  "structured, sampled": {
    signature: "xxh64",
    blockSize: 100,
    tables: TIGHT,
    content: generated("structured", 150_050),
  },
} as const;

test.each(Object.entries(PATTERNS))("patterns of %s are counted as ever", (name, { content, ...options }) => {
  const counter = new PatternCounter(options);
  counter.push(content);
  const { tables, cells, marked, ...numbers } = counter.state();
  expect({
    ...numbers,
    tables: tables.map(({ level, entries }, i) => ({
      level,
      entries: entries.length / (ENTRY_BYTES[i] + MORE[options.signature]),
      digest: digestOfEntries(entries, ENTRY_BYTES[i] + MORE[options.signature]),
    })),
    cells: digest(cells),
    marked: digest(marked),
    top: [0, 1, 2].map((table) =>
      counter.topPatterns(table, 3).map(({ hash, count, place }) => [hash.toString(16), count, place]),
    ),
  }).toEqual((golden("patterns") as Record<string, unknown>)[name]);
});

const STATISTICS: Readonly<Record<string, { kind: DataKind; size: number; slots: number; start: number }>> = {
  "text, every context": { kind: "text", size: 90_001, slots: 2 ** 18, start: 0 },
  "random bytes, sampled for want of room": { kind: "random", size: 70_000, slots: 2 ** 10, start: 0 },
  "records far from the start, sampled": {
    kind: "structured",
    size: 4 * STRETCH + 7,
    slots: 2 ** 16,
    start: 4 * WHOLE_CONTEXTS,
  },
};

test.each(Object.entries(STATISTICS))("statistics of %s are counted as ever", (name, { kind, size, slots, start }) => {
  const counter = new ByteCounter(slots, start);
  for (const chunk of generateData(kind, size)) counter.push(chunk);
  counter.close();
  const { pairs, firsts, profile, sums, triples, tripleCarries, quadruples, ...numbers } = counter.state();
  const lag = (n: number): string[] => Array.from(sums.subarray((n - 1) * SUMS, n * SUMS), String);
  expect({
    ...numbers,
    pairs: digest(pairs),
    firsts: digest(firsts),
    profile: digest(profile),
    sums: { 1: lag(1), 2: lag(2), [LAGS]: lag(LAGS), all: digest(sums) },
    triples: { entries: triples.length / 2, digest: digestOfEntries(triples, 8) },
    carries: tripleCarries.length,
    quadruples: { entries: quadruples.length / 4, digest: digestOfEntries(quadruples, 16) },
  }).toEqual((golden("statistics") as Record<string, unknown>)[name]);
});

describe("fields of tensors", () => {
  // One counter for all: nothing of a tensor may be left when the next comes.
  const counter = new FieldCounter();
  test.each(["BF16", "F32", "F64", "F8_E4M3", "U8", "I32"])("of type %s are counted as ever", (name) => {
    const type = tensorType(name)!;
    const rows = 30;
    const data = generated("weights", rows * 40 * type.unitBytes);
    // A few values that come again.
    data.copyWithin(0, 8 * type.unitBytes, 40 * type.unitBytes);
    counter.start(type, [rows, 40], data.length);
    counter.push(data);
    expect(
      counter.takePart(({ values, tables, distinct, fingerprint }) => ({
        values,
        tables: tables.map(({ bits, counts, contexts }) => ({
          bits,
          contexts: contexts.length,
          counts: digest(counts),
        })),
        distinct: distinct === undefined ? null : [distinct.length, digest(distinct.slice().sort())],
        fingerprint: fingerprint.toString(16),
      })),
    ).toEqual((golden("tensor-fields") as Record<string, unknown>)[name]);
  });
});
