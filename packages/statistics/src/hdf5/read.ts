/** Reads statistics from an HDF5 file, and says what is wrong with one that holds none. */

import { PithError } from "@pith/core";
import type { File } from "h5wasm";

import { checkAlphabet, MAXIMUM_ALPHABET } from "../counting/alphabet.ts";
import { shapeOf, type Counts } from "../counting/counts.ts";
import { checkWindow, distancesOf, MAXIMUM_REACH, type Window } from "../counting/window.ts";
import { NORMALISATIONS, QUANTITIES, type Statistics, type Table } from "../statistics.ts";
import { invalid, openDataset, readNumber, readNumbers, readText } from "./fields.ts";
import {
  CHARACTER,
  COUNTS,
  DISTANCE,
  FORMAT,
  FORMAT_VERSION,
  IN_RUNS,
  NORMALISED,
  OCCURRENCES,
  QUANTITY,
  TABLE,
  TOTAL,
} from "./layout.ts";
import { readHdf5 } from "./library.ts";
import { unitsOf } from "./write.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * @throws PithError that names the dataset or attribute that is missing or wrong, and what was expected; `not-pith` if the
 *   bytes are no HDF5 file or one of something else, `truncated` if its end is missing
 */
export function readStatistics(bytes: Uint8Array): Promise<Statistics> {
  return readAnyHdf5(bytes, readFile);
}

/** Reads an HDF5 file; what its library has to say of damage becomes a PithError. */
export async function readAnyHdf5<Result>(bytes: Uint8Array, read: (file: File) => Result): Promise<Result> {
  checkSignature(bytes);
  try {
    return await readHdf5(bytes, read);
  } catch (error) {
    if (error instanceof PithError) throw error;
    throw damaged(bytes, error);
  }
}

/** The signature lies at the start, or behind a block of the user's whose length is a power of two from 512 on. */
function checkSignature(bytes: Uint8Array): void {
  for (let start = 512; start < bytes.length; start *= 2) {
    if (SIGNATURE.every((byte, i) => bytes[start + i] === byte)) return;
  }
  for (const [offset, expected] of SIGNATURE.entries()) {
    if (bytes[offset] === expected) continue;
    const code = offset === bytes.length ? "truncated" : "not-pith";
    throw new PithError(code, "HDF5 file: signature", { offset, expected: hex(expected), got: hex(bytes.at(offset)) });
  }
}

function readFile(file: File): Statistics {
  const format = readText(file, "file", "format", "not-pith");
  if (format !== FORMAT)
    throw new PithError("not-pith", "attribute format of the file", { expected: FORMAT, got: format });
  const version = readNumber(file, "file", "format_version", "<I");
  if (version !== FORMAT_VERSION) {
    const details = { expected: FORMAT_VERSION, got: version };
    throw new PithError("unsupported-version", "attribute format_version of the file", details);
  }
  const counts = readCounts(file, readAlphabet(file), readWindow(file));
  return file.keys().includes(TABLE.name) ? { counts, table: readTable(file, counts) } : { counts };
}

function readAlphabet(file: File): string {
  const dataset = openDataset(file, CHARACTER, [[2, MAXIMUM_ALPHABET]]);
  const alphabet = String.fromCharCode(...(readNumbers(dataset) as Uint8Array));
  return checked("dataset character", () => {
    checkAlphabet(alphabet);
    return alphabet;
  });
}

function readWindow(file: File): Window {
  const dataset = openDataset(file, DISTANCE, [[1, 2 * MAXIMUM_REACH]]);
  const distances = [...(readNumbers(dataset) as Int32Array)];
  const window = { before: Math.max(0, -distances[0]), after: Math.max(0, distances[distances.length - 1]) };
  return checked("dataset distance", () => {
    checkWindow(window);
    const expected = distancesOf(window).join(" ");
    if (distances.join(" ") !== expected) throw invalid("dataset distance", expected, distances.join(" "));
    return window;
  });
}

function readCounts(file: File, alphabet: string, window: Window): Counts {
  const shape = shapeOf({ alphabet, window });
  const occurrences = openDataset(file, OCCURRENCES, [shape[0]]);
  const characters = readNumbers(occurrences) as BigUint64Array;
  const total = readNumber(occurrences, "dataset occurrences", TOTAL, "<Q") as bigint;
  const inRuns = readNumber(occurrences, "dataset occurrences", IN_RUNS, "<Q") as bigint;
  const sum = characters.reduce((before, count) => before + count, 0n);
  if (sum > total) throw invalid(`attribute ${TOTAL} of dataset occurrences`, `at least ${sum}`, `${total}`);
  if (inRuns > sum) throw invalid(`attribute ${IN_RUNS} of dataset occurrences`, `at most ${sum}`, `${inRuns}`);
  const pairs = readNumbers(openDataset(file, COUNTS, shape)) as BigUint64Array;
  return { alphabet, window, characters, inRuns, total, pairs };
}

function readTable(file: File, counts: Counts): Table {
  // The units follow from what the table holds, so that is read first.
  const any = openDataset(file, TABLE, shapeOf(counts));
  const quantity = readChoice(any, QUANTITY, QUANTITIES);
  const normalised = readChoice(any, NORMALISED, NORMALISATIONS);
  const values = readNumbers(any) as Float64Array;
  const table = { values, quantity, normalised };
  openDataset(file, { ...TABLE, units: unitsOf(table) }, shapeOf(counts));
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw invalid("dataset table", "finite numbers", `${values[wrong]}`);
  return table;
}

function readChoice<Choice extends string>(
  dataset: Parameters<typeof readText>[0],
  name: string,
  choices: readonly Choice[],
): Choice {
  const text = readText(dataset, "dataset table", name);
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw invalid(`attribute ${name} of dataset table`, choices.join(", "), text);
  return choice;
}

/** Turns the complaint of a check about its argument into one about the file. */
function checked<Result>(what: string, check: () => Result): Result {
  try {
    return check();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new PithError("invalid-field", `${what}: ${cause.message}`, { cause });
  }
}

/** The library says in many lines what it was doing; only whether the end is missing is taken from it. */
function damaged(bytes: Uint8Array, cause: unknown): PithError {
  const message = cause instanceof Error ? cause.message : "";
  const length = /truncated file: eof = \d+, .*stored_eof = (\d+)/.exec(message)?.[1];
  if (length !== undefined || bytes.length < 48) {
    const expected = length === undefined ? undefined : `${length} bytes`;
    return new PithError("truncated", "HDF5 file", { offset: bytes.length, expected, got: "its end", cause });
  }
  return new PithError("invalid-field", "HDF5 file: damaged, and its library cannot read it", { cause });
}

function hex(byte: number | undefined): string {
  return byte === undefined ? "the end" : byte.toString(16).padStart(2, "0");
}
