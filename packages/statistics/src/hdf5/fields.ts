/** Datasets and attributes of an HDF5 file, read only where they are what they should be. */

import { PithError, type PithErrorCode } from "@pith/core";
import type { Attribute, Dataset, File } from "h5wasm";

import { TYPE_NAMES, type DatasetLayout, type Type } from "./layout.ts";

/** A length that an axis must have, or the least and the largest. */
type Length = number | readonly [number, number];

/** Attributes are no longer where they lie beside their dataset. */
const LONGEST_TEXT = 65_536;

/** Filters of HDF5 that its library brings along in WebAssembly: deflate, shuffle, Fletcher's checksum, n-bit, scale-offset. */
const KNOWN_FILTERS: readonly number[] = [1, 2, 3, 5, 6];

/** Bad data in a dataset or attribute. */
export function invalid(what: string, expected: string, got: string): PithError {
  return new PithError("invalid-field", what, { expected, got });
}

/**
 * A dataset that is of the right type, shape, units and axes.
 *
 * @param layout without `units`: any
 * @throws PithError that names the dataset, or its attribute
 */
export function openDataset(
  file: File,
  { name, type, axes, units }: Omit<DatasetLayout, "units"> & { readonly units?: string },
  shape: readonly Length[],
): Dataset {
  const what = `dataset ${name}`;
  if (!file.keys().includes(name)) throw invalid(what, "a dataset", "nothing of that name");
  const dataset = file.get(name) as Dataset;
  if ((dataset.type as string) !== "Dataset") throw invalid(what, "a dataset", `a ${dataset.type}`);
  const { metadata } = dataset;
  if (!isOfType(dataset, type)) throw invalid(`${what}: type`, TYPE_NAMES[type], nameOf(dataset));
  checkShape(what, metadata.shape ?? [], shape);
  // Chunks are unpacked whole, so they too must be no larger than the data.
  if (metadata.chunks?.some((length, axis) => length > (metadata.shape?.[axis] ?? 0))) {
    throw invalid(`${what}: chunks`, `at most ${show(metadata.shape ?? [])}`, show(metadata.chunks));
  }
  checkFilters(what, dataset);
  requireText(dataset, what, "axes", axes.join(", "));
  if (units !== undefined) requireText(dataset, what, "units", units);
  return dataset;
}

/** All numbers of a dataset, in a typed array as its type has it. */
export function readNumbers(dataset: Dataset): unknown {
  return dataset.value;
}

/** @throws PithError that names the attribute */
export function readText(
  object: File | Dataset,
  what: string,
  name: string,
  code: PithErrorCode = "invalid-field",
): string {
  const attribute = find(object, what, name, code);
  const { metadata, dtype, shape } = attribute;
  // A string of variable length lies where HDF5 has no checksums, and where damage can hang its library.
  const isText = typeof dtype === "string" && /^[AS]\d+$/.test(dtype) && metadata.size <= LONGEST_TEXT;
  if (!isText || shape?.length !== 0) {
    throw invalid(`attribute ${name} of ${what}`, "a string of fixed length", nameOf(attribute));
  }
  return attribute.value as string;
}

function requireText(object: Dataset, what: string, name: string, expected: string): void {
  const got = readText(object, what, name);
  if (got !== expected) throw invalid(`attribute ${name} of ${what}`, expected, got);
}

/** @throws PithError that names the attribute */
export function readNumber(object: File | Dataset, what: string, name: string, type: Type): number | bigint {
  const attribute = find(object, what, name, "invalid-field");
  const isNumber = isOfType(attribute, type) && (attribute.shape ?? []).every((length) => length === 1);
  if (!isNumber) throw invalid(`attribute ${name} of ${what}`, `one of ${TYPE_NAMES[type]}`, nameOf(attribute));
  const { value } = attribute;
  return (ArrayBuffer.isView(value) ? (value as BigUint64Array)[0] : value) as number | bigint;
}

/** The library turns numbers into those of this machine, so their byte order is of no account. */
function isOfType({ dtype }: Dataset | Attribute, type: Type): boolean {
  return typeof dtype === "string" && dtype.replace(">", "<") === type;
}

/** @throws PithError `unknown-method` for data that a filter was applied to that is not there */
export function checkFilters(what: string, dataset: Dataset): void {
  for (const { id, name } of dataset.filters) {
    if (KNOWN_FILTERS.includes(id)) continue;
    throw new PithError("unknown-method", `${what}: its data went through a filter that is not there`, {
      expected: "gzip, shuffle, fletcher32, nbit, scaleoffset or none; h5repack -f GZIP=9 rewrites it",
      got: `${name === "" ? "filter" : name} (${id})`,
    });
  }
}

function find(object: File | Dataset, what: string, name: string, code: PithErrorCode): Attribute {
  const attributes = object.attrs;
  if (!Object.hasOwn(attributes, name)) {
    throw new PithError(code, `attribute ${name} of ${what}`, {
      expected: "an attribute",
      got: "nothing of that name",
    });
  }
  return attributes[name];
}

function checkShape(what: string, got: readonly number[], expected: readonly Length[]): void {
  const fits = (length: number, wanted: Length): boolean =>
    typeof wanted === "number" ? length === wanted : length >= wanted[0] && length <= wanted[1];
  if (got.length !== expected.length || !got.every((length, axis) => fits(length, expected[axis]))) {
    throw invalid(`${what}: shape`, show(expected), show(got));
  }
}

/** A shape as errors show it. */
export function show(shape: readonly Length[]): string {
  if (shape.length === 0) return "a single value";
  return shape.map((length) => (typeof length === "number" ? `${length}` : `${length[0]} to ${length[1]}`)).join(" × ");
}

/** What a dataset or attribute holds, as errors say it. */
export function nameOf({ dtype, shape }: Dataset | Attribute): string {
  const type =
    typeof dtype !== "string"
      ? "a compound type"
      : /^[AS]$/.test(dtype)
        ? "strings of variable length"
        : /^[AS]/.test(dtype)
          ? "strings"
          : dtype.replace(">", "<") in TYPE_NAMES
            ? TYPE_NAMES[dtype.replace(">", "<") as Type]
            : `type ${dtype}`;
  return `${type}, ${show(shape ?? [])}`;
}
