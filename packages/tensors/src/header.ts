/**
 * The header of a safetensors file: its length as a u64, then JSON that says of each tensor its type, its shape and
 * where its bytes lie. Everything in it is checked, and more strictly than need be to read it: a header that this
 * accepts describes every byte of the file exactly once.
 */
import { PithError } from "@pith/core";
import { JsonScanner, shown } from "./json-scanner.ts";
import { TENSOR_TYPE_NAMES, tensorType, type TensorType } from "./tensor-type.ts";

/** Bytes of the number that says how long the JSON is. */
export const LENGTH_BYTES = 8;
/** The most that safetensors itself accepts, in bytes. */
const MAXIMUM_HEADER = 100_000_000;
/** The shortest JSON there is: `{}`. */
const MINIMUM_HEADER = 2;
const MAXIMUM_RANK = 64;

/** A tensor, as the header describes it. */
export interface TensorInfo {
  readonly name: string;
  readonly type: TensorType;
  /** From the outermost dimension to the innermost; of a scalar empty. */
  readonly shape: readonly number[];
  /** Of its first byte, in the file. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
}

/** The header of a file. */
export interface SafetensorsHeader {
  /** Of the JSON, in bytes. */
  readonly length: number;
  /** What the writer noted about the file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order in which their bytes lie in the file. */
  readonly tensors: readonly TensorInfo[];
  /** Of the whole file, in bytes, if it is as the header says. */
  readonly fileLength: number;
}

/**
 * Whether a file's beginning looks like that of a safetensors file.
 *
 * @param start the first bytes, ten or more of them
 */
export function looksLikeSafetensors(start: Uint8Array): boolean {
  if (start.length < LENGTH_BYTES + MINIMUM_HEADER) return false;
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length < MINIMUM_HEADER || length > MAXIMUM_HEADER) return false;
  return /^\{[\s"}]$/.test(String.fromCharCode(start[LENGTH_BYTES], start[LENGTH_BYTES + 1]));
}

/**
 * Reads how long the JSON of the header is.
 *
 * @param start the first 8 bytes of the file, or all if they are fewer
 * @param fileLength in bytes, where it is known
 * @throws PithError
 */
export function headerLength(start: Uint8Array, fileLength?: number): number {
  if (start.length < LENGTH_BYTES) {
    throw new PithError("truncated", "the length of the header is cut off", {
      offset: start.length,
      expected: `${LENGTH_BYTES} bytes`,
      got: start.length,
    });
  }
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length < MINIMUM_HEADER || length > MAXIMUM_HEADER) {
    throw new PithError("invalid-field", "bad header length", {
      offset: 0,
      expected: `${MINIMUM_HEADER} to ${MAXIMUM_HEADER} bytes`,
      got: length,
    });
  }
  if (fileLength !== undefined && LENGTH_BYTES + Number(length) > fileLength) {
    throw new PithError("truncated", "the header is longer than the file", {
      offset: 0,
      expected: `at most ${fileLength - LENGTH_BYTES} bytes`,
      got: length,
    });
  }
  return Number(length);
}

/**
 * Reads the JSON of a header.
 *
 * @param json what follows the length, all of it
 * @param fileLength in bytes, where it is known
 * @throws PithError with offset, expected and got: for what is no JSON or not UTF-8, for names that come twice, for
 *   fields that are missing, unknown or out of their range, for places that overlap, leave a hole, or do not fit the
 *   type and the shape, and for a file that is shorter or longer than they say
 */
export function parseHeader(json: Uint8Array, fileLength?: number): SafetensorsHeader {
  const scanner = new JsonScanner(json, LENGTH_BYTES);
  const dataOffset = LENGTH_BYTES + json.length;
  const placed: PlacedTensor[] = [];
  const metadata = new Map<string, string>();
  if (scanner.offset !== LENGTH_BYTES) {
    throw new PithError("invalid-field", "bad header", { offset: LENGTH_BYTES, expected: "`{`", got: "a space" });
  }
  scanner.object("`{`", (name, nameOffset) => {
    if (name === "__metadata__") {
      scanner.object("an object of metadata", (key) => void metadata.set(key, scanner.string("a string")));
    } else {
      placed.push(readTensor(scanner, name, nameOffset, dataOffset));
    }
  });
  scanner.end();
  const end = checkPlaces(placed, dataOffset);
  if (fileLength !== undefined && fileLength !== end) throw wrongLength(end, fileLength);
  return {
    length: json.length,
    metadata: Object.fromEntries(metadata),
    tensors: placed.map(({ info }) => info),
    fileLength: end,
  };
}

/** Says that a file is shorter or longer than its header says. */
export function wrongLength(expected: number, got: number): PithError {
  const short = got < expected;
  return new PithError(
    short ? "truncated" : "trailing-data",
    short ? "the data of the tensors is cut off" : "the file goes on after its last tensor",
    { offset: Math.min(expected, got), expected: `a file of ${expected} bytes`, got },
  );
}

/** A tensor, and where the header places it. */
interface PlacedTensor {
  readonly info: TensorInfo;
  /** Of `data_offsets`, in the file. */
  readonly placeOffset: number;
}

function readTensor(scanner: JsonScanner, name: string, nameOffset: number, dataOffset: number): PlacedTensor {
  let type: TensorType | undefined;
  let shape: { readonly dimensions: number[]; readonly offset: number } | undefined;
  let place: { readonly start: number; readonly end: number; readonly offset: number } | undefined;
  scanner.object("an object that describes a tensor", (field, offset) => {
    if (field === "dtype") type = readType(scanner);
    else if (field === "shape") shape = readShape(scanner);
    else if (field === "data_offsets") place = readPlace(scanner, dataOffset);
    else {
      throw new PithError("invalid-field", `unknown field of the tensor ${shown(name)}`, {
        offset,
        expected: "dtype, shape, data_offsets",
        got: shown(field),
      });
    }
  });
  if (type === undefined || shape === undefined || place === undefined) {
    throw new PithError("invalid-field", `the tensor ${shown(name)} is not described in full`, {
      offset: nameOffset,
      expected: "dtype, shape and data_offsets",
    });
  }
  const length = lengthOf(type, shape.dimensions);
  if (length === undefined) {
    throw new PithError("invalid-field", `the tensor ${shown(name)} is of no size that can be`, {
      offset: shape.offset,
      expected: "whole bytes, at most 2^53 − 1",
      got: `${type.name} × [${shape.dimensions.join(", ")}]`,
    });
  }
  if (place.end - place.start !== length) {
    throw new PithError("invalid-field", `the place of the tensor ${shown(name)} does not fit its type and shape`, {
      offset: place.offset,
      expected: `${length} bytes (${type.name} × [${shape.dimensions.join(", ")}])`,
      got: place.end - place.start,
    });
  }
  const info: TensorInfo = { name, type, shape: shape.dimensions, offset: dataOffset + place.start, length };
  return { info, placeOffset: place.offset };
}

function readType(scanner: JsonScanner): TensorType {
  const { offset } = scanner;
  const name = scanner.string("the name of a type");
  const type = tensorType(name);
  if (type === undefined) {
    throw new PithError("invalid-field", "unknown type of values", {
      offset,
      expected: TENSOR_TYPE_NAMES.join(", "),
      got: shown(name),
    });
  }
  return type;
}

function readShape(scanner: JsonScanner): { dimensions: number[]; offset: number } {
  const { offset } = scanner;
  const dimensions: number[] = [];
  scanner.array("a list of dimensions", () => {
    if (dimensions.length === MAXIMUM_RANK) {
      throw new PithError("invalid-field", "too many dimensions", {
        offset: scanner.offset,
        expected: `at most ${MAXIMUM_RANK}`,
      });
    }
    dimensions.push(scanner.integer("a dimension"));
  });
  return { dimensions, offset };
}

function readPlace(scanner: JsonScanner, dataOffset: number): { start: number; end: number; offset: number } {
  const { offset } = scanner;
  scanner.expect("[");
  const start = scanner.integer("the offset of a tensor");
  scanner.expect(",");
  const end = scanner.integer("the offset of a tensor's end");
  scanner.expect("]");
  if (end < start || !Number.isSafeInteger(dataOffset + end)) {
    throw new PithError("invalid-field", "bad place of a tensor", {
      offset,
      expected: "a start, and an end that is not before it nor beyond 2^53",
      got: `[${start}, ${end}]`,
    });
  }
  return { start, end, offset };
}

/** Bytes of a tensor; undefined if that is no whole number of them, or none that can be. */
function lengthOf(type: TensorType, shape: readonly number[]): number | undefined {
  if (shape.includes(0)) return 0;
  let values = 1;
  for (const dimension of shape) {
    values *= dimension;
    if (!Number.isSafeInteger(values * type.bits)) return undefined;
  }
  const length = (values * type.bits) / 8;
  return Number.isInteger(length) ? length : undefined;
}

/**
 * Sorts tensors by their places, which must follow each other without overlap and without a hole.
 *
 * @returns where the last one ends, in the file
 */
function checkPlaces(tensors: PlacedTensor[], dataOffset: number): number {
  tensors.sort((a, b) => a.info.offset - b.info.offset || a.info.length - b.info.length);
  let end = dataOffset;
  for (const { info, placeOffset } of tensors) {
    if (info.offset !== end) {
      const problem = info.offset < end ? "overlaps the one before it" : "leaves a hole before it";
      throw new PithError("invalid-field", `the tensor ${shown(info.name)} ${problem}`, {
        offset: placeOffset,
        expected: `a start of ${end - dataOffset}`,
        got: info.offset - dataOffset,
      });
    }
    end += info.length;
  }
  return end;
}
