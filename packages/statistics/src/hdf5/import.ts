/** Reads tables of character pairs that other programs wrote, whatever their datasets are called. */

import { PithError } from "@pith/core";
import { THESIS_ALPHABET } from "@pith/predictors";
import type { Dataset, File, Group } from "h5wasm";

import { checkAlphabet, MAXIMUM_ALPHABET } from "../counting/alphabet.ts";
import { shapeOf, type Counts } from "../counting/counts.ts";
import { checkWindow, MAXIMUM_REACH, THESIS_WINDOW, type Window } from "../counting/window.ts";
import type { Quantity, Statistics } from "../statistics.ts";
import { checkFilters, invalid, nameOf, show } from "./fields.ts";
import { readAnyHdf5 } from "./read.ts";

/** What the axes of a table can be. */
export const AXIS_NAMES = ["character", "neighbour", "distance"] as const;

export type AxisName = (typeof AXIS_NAMES)[number];

/** What the numbers of a foreign table can be. */
export const FOREIGN_VALUES = ["counts", "probability", "log-probability", "z-scores", "scores"] as const;

export type ForeignValues = (typeof FOREIGN_VALUES)[number];

/** What is known of a foreign table. */
export interface ImportOptions {
  /** Path of the dataset in the file, such as `group/name`; by default the only one with three axes of numbers. */
  readonly dataset?: string | undefined;
  /** What its axes are, in their order; by default character, neighbour, distance, but the distance is the odd length. */
  readonly axes?: readonly AxisName[] | undefined;
  /**
   * Its characters, in their order. By default those of the thesis, a to z, space and period, or a to z where there are 26.
   * A table may have one character more at the end, the thesis's break, which is left out.
   */
  readonly alphabet?: string | undefined;
  /** By default 4 before and 3 after. A table may have the character's own place in the middle, which is left out. */
  readonly window?: Window | undefined;
  /**
   * What its numbers are. By default counts where all are whole and none is negative, z-scores along the neighbours where
   * some are negative, and probabilities of the neighbour otherwise.
   */
  readonly values?: ForeignValues | undefined;
}

/** What was imported, and how it was understood. */
export interface Imported extends Statistics {
  readonly dataset: string;
  readonly axes: readonly AxisName[];
  readonly values: ForeignValues;
  /** Whether a break at the end of the alphabet was left out, and the character's own place among the distances. */
  readonly leftOut: { readonly break: boolean; readonly middle: boolean };
}

/** Groups in groups that are looked through, and datasets that an error lists. */
const DEEPEST = 8;
const MOST_LISTED = 8;
const MOST_OBJECTS = 10_000;
const LARGEST_COUNT = 2 ** 53;

/**
 * Reads a table of character, neighbour and distance out of any HDF5 file: f32, f64 or integers, of either byte order, in
 * chunks or not, deflated or not.
 *
 * Of counts, how often a character came is the least that they allow: its neighbours at the distance that has most of them.
 * Of other tables nothing is known of that, and the counts are all 0.
 *
 * @throws PithError that names the dataset, and says what was expected and which option tells it
 * @throws RangeError for an option that is none
 */
export function importStatistics(bytes: Uint8Array, options: ImportOptions = {}): Promise<Imported> {
  checkOptions(options);
  return readAnyHdf5(bytes, (file) => importFrom(file, options));
}

function checkOptions({ axes, alphabet, window, values }: ImportOptions): void {
  if (axes !== undefined && [...axes].sort().join() !== [...AXIS_NAMES].sort().join()) {
    throw new RangeError(`axes: expected ${AXIS_NAMES.join(", ")} in some order, got ${axes.join(", ")}`);
  }
  if (alphabet !== undefined) checkAlphabet(alphabet);
  if (window !== undefined) checkWindow(window);
  if (values !== undefined && !FOREIGN_VALUES.includes(values)) {
    throw new RangeError(`values: expected ${FOREIGN_VALUES.join(", ")}, got ${values as string}`);
  }
}

function importFrom(file: File, options: ImportOptions): Imported {
  const [path, dataset] = findDataset(file, options.dataset);
  const what = `dataset ${path}`;
  const shape = dataset.metadata.shape ?? [];
  const axes = options.axes ?? axesOf(what, shape);
  const length = (axis: AxisName): number => shape[axes.indexOf(axis)];
  const characters = length("character");
  if (length("neighbour") !== characters) {
    throw invalid(`${what}: shape`, "as many characters as neighbours; axes say which axis is which", show(shape));
  }
  const alphabet = alphabetOf(what, characters, options.alphabet);
  const window = windowOf(what, length("distance"), options.window);
  const leftOut = {
    break: characters > alphabet.length,
    middle: length("distance") > window.before + window.after,
  };
  checkFilters(what, dataset);
  const numbers = arrange(readAll(what, dataset), shape, axes, alphabet, window, leftOut.middle);
  const values = options.values ?? valuesIn(numbers);
  return { dataset: path, axes, values, leftOut, ...statisticsOf(what, numbers, alphabet, window, values) };
}

/** The dataset of this path, or the only one that can be meant. */
function findDataset(file: File, path: string | undefined): [string, Dataset] {
  if (path !== undefined) {
    const name = path.replace(/^\/+/, "");
    const dataset = name === "" ? undefined : datasetAt(file, name);
    if (dataset === undefined) {
      throw invalid(`dataset ${name}`, `one of ${list(tablesIn(file))}`, "no dataset of that name");
    }
    if (!isTable(dataset)) throw invalid(`dataset ${name}`, "numbers along three axes", nameOf(dataset));
    return [name, dataset];
  }
  const tables = tablesIn(file);
  if (tables.length !== 1) {
    const got = tables.length === 0 ? "none such" : list(tables);
    throw invalid("HDF5 file", "one dataset of numbers along three axes; of several, name the one", got);
  }
  return tables[0];
}

function datasetAt(file: File, path: string): Dataset | undefined {
  const found = file.get(path);
  return isDataset(found) ? found : undefined;
}

// The library's entities are told by what they say of themselves: links that lead nowhere are among them.
function isDataset(entity: unknown): entity is Dataset {
  return (entity as { readonly type?: string } | null)?.type === "Dataset";
}

function isGroup(entity: unknown): entity is Group {
  return (entity as { readonly type?: string } | null)?.type === "Group";
}

function tablesIn(file: File): [string, Dataset][] {
  const tables: [string, Dataset][] = [];
  let left = MOST_OBJECTS;
  const walk = (group: File | Group, prefix: string, depth: number): void => {
    for (const name of group.keys()) {
      if (left-- <= 0) return;
      const found = group.get(name);
      if (isDataset(found) && isTable(found)) tables.push([prefix + name, found]);
      else if (isGroup(found) && depth < DEEPEST) walk(found, `${prefix}${name}/`, depth + 1);
    }
  };
  walk(file, "", 0);
  return tables;
}

function list(tables: readonly [string, Dataset][]): string {
  const names = tables.map(([name, { metadata }]) => `${name} (${show(metadata.shape ?? [])})`);
  const more = names.length - MOST_LISTED;
  return names.slice(0, MOST_LISTED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function isTable({ dtype, metadata }: Dataset): boolean {
  return typeof dtype === "string" && /^[<>]?[bBhHiIqQfd]$/.test(dtype) && metadata.shape?.length === 3;
}

/** Two of the axes are of one length, and the third is that of the distances. */
function axesOf(what: string, shape: readonly number[]): readonly AxisName[] {
  const [a, b, c] = shape;
  if (a === b && b !== c) return ["character", "neighbour", "distance"];
  if (a === c && b !== c) return ["character", "distance", "neighbour"];
  if (b === c && a !== b) return ["distance", "character", "neighbour"];
  throw invalid(
    `${what}: shape`,
    "two axes of one length and one of another, or axes that say which is which",
    show(shape),
  );
}

function alphabetOf(what: string, characters: number, given: string | undefined): string {
  if (given === undefined && characters === THESIS_ALPHABET.length - 2) return THESIS_ALPHABET.slice(0, characters);
  const alphabet = given ?? THESIS_ALPHABET;
  if (characters === alphabet.length || characters === alphabet.length + 1) return alphabet;
  const expected =
    given === undefined
      ? `${alphabet.length}, or an alphabet of 2 to ${MAXIMUM_ALPHABET} that names them`
      : `${alphabet.length} as in the alphabet, or one more`;
  throw invalid(`${what}: characters`, expected, `${characters}`);
}

function windowOf(what: string, distances: number, given: Window | undefined): Window {
  const window = given ?? THESIS_WINDOW;
  const count = window.before + window.after;
  if (distances === count || distances === count + 1) return window;
  const expected =
    given === undefined
      ? `${count}, or a window of at most ${MAXIMUM_REACH} before and after that says which they are`
      : `${count} as in the window, or one more in the middle`;
  throw invalid(`${what}: distances`, expected, `${distances}`);
}

/** All numbers of a dataset whose axes are as long as they may be. */
function readAll(what: string, dataset: Dataset): readonly (number | bigint)[] {
  const { chunks, shape } = dataset.metadata;
  // Chunks are unpacked whole: they may hold little more than the data.
  const most = (shape ?? []).reduce((product, length) => product * Math.max(length, 64), 1);
  if ((chunks ?? []).reduce((product, length) => product * length, 1) > most) {
    throw invalid(`${what}: chunks`, `about ${show(shape ?? [])}; h5repack -l CONTI rewrites it`, show(chunks ?? []));
  }
  return [...(dataset.value as Float64Array | BigInt64Array)] as (number | bigint)[];
}

/** The numbers in the order character, neighbour, distance, without what is left out. */
function arrange(
  numbers: readonly (number | bigint)[],
  shape: readonly number[],
  axes: readonly AxisName[],
  alphabet: string,
  window: Window,
  hasMiddle: boolean,
): (number | bigint)[] {
  const strides = [shape[1] * shape[2], shape[2], 1];
  const stride = (axis: AxisName): number => strides[axes.indexOf(axis)];
  const [characters, neighbours, distances] = shapeOf({ alphabet, window });
  const arranged: (number | bigint)[] = [];
  for (let character = 0; character < characters; character++) {
    for (let neighbour = 0; neighbour < neighbours; neighbour++) {
      for (let distance = 0; distance < distances; distance++) {
        const place = hasMiddle && distance >= window.before ? distance + 1 : distance;
        const at = character * stride("character") + neighbour * stride("neighbour") + place * stride("distance");
        arranged.push(numbers[at]);
      }
    }
  }
  return arranged;
}

function valuesIn(numbers: readonly (number | bigint)[]): ForeignValues {
  if (numbers.some((number) => number < 0)) return "z-scores";
  return numbers.every((number) => typeof number === "bigint" || Number.isInteger(number)) ? "counts" : "probability";
}

function statisticsOf(
  what: string,
  numbers: readonly (number | bigint)[],
  alphabet: string,
  window: Window,
  values: ForeignValues,
): Statistics {
  if (values === "counts") return { counts: countsOf(what, numbers, alphabet, window) };
  const shape = shapeOf({ alphabet, window });
  const wrong = numbers.find((number) => !Number.isFinite(Number(number)));
  if (wrong !== undefined) throw invalid(what, "finite numbers", `${wrong}`);
  const counts: Counts = {
    alphabet,
    window,
    pairs: new BigUint64Array(numbers.length),
    characters: new BigUint64Array(shape[0]),
    inRuns: 0n,
    total: 0n,
  };
  const quantity: Quantity = values === "z-scores" ? "probability" : values === "scores" ? "score" : values;
  const normalised = values === "z-scores" ? "neighbour" : "none";
  return { counts, table: { values: Float64Array.from(numbers, Number), quantity, normalised } };
}

function countsOf(what: string, numbers: readonly (number | bigint)[], alphabet: string, window: Window): Counts {
  const pairs = BigUint64Array.from(numbers, (number) => {
    const isCount =
      number >= 0 && (typeof number === "bigint" || (Number.isInteger(number) && number <= LARGEST_COUNT));
    if (!isCount) throw invalid(what, "counts: whole numbers from 0 up, as floats to 2^53", `${number}`);
    return BigInt(number);
  });
  const [size, neighbours, distances] = shapeOf({ alphabet, window });
  const characters = new BigUint64Array(size);
  for (let character = 0; character < size; character++) {
    for (let distance = 0; distance < distances; distance++) {
      let sum = 0n;
      for (let neighbour = 0; neighbour < neighbours; neighbour++) {
        sum += pairs[(character * neighbours + neighbour) * distances + distance];
      }
      if (sum >= 2n ** 64n) throw invalid(what, "counts whose sums stay below 2^64", `${sum}`);
      if (sum > characters[character]) characters[character] = sum;
    }
  }
  const total = characters.reduce((sum, count) => sum + count, 0n);
  if (total >= 2n ** 64n) {
    throw new PithError("invalid-field", what, { expected: "counts whose sums stay below 2^64", got: `${total}` });
  }
  return { alphabet, window, pairs, characters, inRuns: 0n, total };
}
