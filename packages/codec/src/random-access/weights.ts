/** Model weights in a .pith file, of which one reads what one needs. */
import { checkInteger, PithError } from "@pith/core";
import { headerLength, LENGTH_BYTES, parseHeader, type SafetensorsHeader, type TensorInfo } from "@pith/tensors";
import type { DecompressOptions } from "../plan/options.ts";
import { openFile, type OpenFile } from "./range.ts";
import type { FileSource } from "./source.ts";

/** Options of reading a tensor. */
export interface TensorOptions extends DecompressOptions {
  /** Of the outermost dimension, the first to be read and the one behind the last; default: all. */
  readonly rows?: readonly [start: number, end: number] | undefined;
}

/** A file of weights that is open: its header is known, and a tensor costs the reading of its blocks alone. */
export interface OpenWeights {
  /** As the safetensors file has it that was compressed. */
  readonly header: SafetensorsHeader;
  /**
   * The bytes of a tensor, or of some of its rows.
   *
   * @throws RangeError if there is no tensor of this name, or it has no such rows; PithError if its blocks are damaged
   */
  tensor(name: string, options?: TensorOptions): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Bytes of the file that a tensor takes; where it shares a block with others, its part of that by its length.
   *
   * @throws RangeError if there is no tensor of this name
   */
  codedLength(name: string): number;
}

/**
 * Opens a safetensors file that was compressed: finds its blocks, and reads its header.
 *
 * @throws PithError if the file is damaged or no `.pith` file, or if its content is no safetensors file; the reason of
 *   `signal` when that aborts
 * @example
 * const weights = await openWeights(blob);
 * const embedding = await weights.tensor("embedding.weight", { rows: [100, 101] });
 */
export async function openWeights(source: FileSource, options: DecompressOptions = {}): Promise<OpenWeights> {
  const file = await openFile(source, options);
  const header = await readHeader(file, options);
  const byName = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  const find = (name: string): TensorInfo => {
    const found = byName.get(name);
    if (found !== undefined) return found;
    throw new RangeError(`tensor: expected one of the ${byName.size} in the file, got ${JSON.stringify(name)}`);
  };
  return {
    header,
    tensor: async (name, { rows, ...own } = {}) => {
      const [start, end] = placeOf(find(name), rows);
      return await file.range(start, end, own);
    },
    codedLength: (name) => {
      const { offset, length } = find(name);
      return file.codedLength(offset, offset + length);
    },
  };
}

async function readHeader(file: OpenFile, options: DecompressOptions): Promise<SafetensorsHeader> {
  const { contentLength, blockEnds } = file;
  // The block that the header begins in is decoded once: in files whose tensors are apart, it is the header.
  const first = await file.range(0, blockEnds.at(0) ?? 0, options);
  const end = LENGTH_BYTES + headerLength(first.subarray(0, LENGTH_BYTES), contentLength);
  const rest = end > first.length ? await file.range(first.length, end, options) : new Uint8Array(0);
  const json = new Uint8Array(end - LENGTH_BYTES);
  json.set(first.subarray(LENGTH_BYTES, end));
  json.set(rest, json.length - rest.length);
  return parseHeader(json, contentLength);
}

/** Where a tensor lies in the content, or some of its rows. */
function placeOf({ name, shape, offset, length }: TensorInfo, rows: TensorOptions["rows"]): [number, number] {
  if (rows === undefined) return [offset, offset + length];
  const count = shape.at(0) ?? 1;
  const end = checkInteger("rows", rows[1], 0, count);
  const start = checkInteger("rows", rows[0], 0, end);
  const row = count === 0 ? 0 : length / count;
  if (Number.isInteger(row)) return [offset + start * row, offset + end * row];
  throw new PithError("invalid-field", `a row of the tensor ${JSON.stringify(name)} is no whole number of bytes`, {
    offset,
    expected: "rows of whole bytes",
    got: `${row} bytes`,
  });
}
