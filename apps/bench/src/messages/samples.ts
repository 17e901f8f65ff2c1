/** What messages are measured on: lines of files, and pieces of files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CorpusError } from "../measure/corpus.ts";

/** Samples of one kind. */
export interface SampleClass {
  readonly name: string;
  /** Files below the folder of data. */
  readonly files: readonly string[];
  /** Bytes of a piece; undefined: samples are lines. */
  readonly length?: number;
  /** What a share of the usual number there are, where samples are long. Default 1. */
  readonly share?: number;
}

const ENGLISH = ["frankenstein.txt", "tinystories_b.txt", "wikitext-103.valid.detok.txt"].map(
  (name) => `english/test/${name}`,
);
const JSON_FILES = ["structured/twitter.json", "structured/citm_catalog.json"];

export const CLASSES: readonly SampleClass[] = [
  { name: "SMS", files: ["short/sms.txt"] },
  { name: "tweets", files: ["short/tweets.txt"] },
  { name: "commit subjects", files: ["short/commit_subjects.txt"] },
  { name: "English, 100 B", files: ENGLISH, length: 100 },
  { name: "English, 300 B", files: ENGLISH, length: 300 },
  { name: "English, 2 KB", files: ENGLISH, length: 2000 },
  { name: "English, 10 KB", files: ENGLISH, length: 10_000, share: 0.15 },
  { name: "English, 50 KB", files: ENGLISH, length: 50_000, share: 0.03 },
  { name: "log lines", files: ["short/log_lines.txt"] },
  { name: "JSON, 300 B", files: JSON_FILES, length: 300 },
  { name: "JSON, 2 KB", files: JSON_FILES, length: 2048 },
  { name: "JavaScript, 2 KB", files: ["structured/jquery-3.6.1.js"], length: 2048, share: 0.7 },
];

/** Kinds of records that a prior is trained on the first of, and tested on others. */
export const OWN_CLASSES: readonly SampleClass[] = [
  { name: "movie records", files: ["short/movies.ndjson"] },
  { name: "log lines", files: ["short/log_lines.txt"] },
  { name: "SMS", files: ["short/sms.txt"] },
];

/** Records that are put into a store. */
const STORED = 1000;

const LINE_FEED = 0x0a;

/** Samples evenly from all of a class's files, the same number of each. */
export function samplesOf(folder: string, { files, length, share = 1 }: SampleClass, count: number): Uint8Array[] {
  const each = Math.max(1, Math.ceil((count * share) / files.length));
  return files.flatMap((file) => {
    const content = readData(folder, file);
    return length === undefined ? evenly(linesOf(content), each) : pieces(content, length, each);
  });
}

/** Lines of a class: those that a prior is trained on, of so many bytes together, and `count` of the later half. */
export function recordsOf(
  folder: string,
  { files: [file] }: SampleClass,
  size: number,
  count: number,
): { readonly training: Uint8Array[]; readonly test: Uint8Array[] } {
  const lines = linesOf(readData(folder, file));
  const half = Math.floor(lines.length / 2);
  const training: Uint8Array[] = [];
  let bytes = 0;
  for (const line of lines.slice(0, half)) {
    bytes += line.length + 1;
    if (bytes > size) break;
    training.push(line);
  }
  return { training, test: evenly(lines.slice(half), count) };
}

/** The first lines of a class. */
export function linesOfKind(folder: string, { files: [file] }: SampleClass): Uint8Array[] {
  return linesOf(readData(folder, file)).slice(0, STORED);
}

function readData(folder: string, file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(join(folder, file)));
  } catch (cause) {
    throw new CorpusError(`${join(folder, file)} cannot be read: messages are measured on it`, { cause });
  }
}

function linesOf(content: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found < 0 ? content.length : found;
    if (end > start) lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function evenly<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)]);
}

function pieces(content: Uint8Array, length: number, count: number): Uint8Array[] {
  const step = (content.length - length) / count;
  return Array.from({ length: count }, (_, i) => content.subarray(Math.floor(i * step), Math.floor(i * step) + length));
}
