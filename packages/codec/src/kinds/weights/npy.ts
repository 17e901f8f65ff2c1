import type { ValueRun } from "../../bytes/value-run.ts";
import { formOf, type PlacedTensor } from "./placed-tensor.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Of the length of the header, by the first number of the version. */
const LENGTH_BYTES: Readonly<Record<number, number | undefined>> = { 1: 2, 2: 4, 3: 4 };
const LENGTH_AT = MAGIC.length + 2;

/** Types as NumPy writes them: order of bytes, kind, bytes of a value. What has the highest byte first is left alone. */
const TYPE = /'descr': '([<|])([biufc])(1|2|4|8|16)'/;
const SHAPE = /'shape': \(((?:\d+,? ?)*)\)/;
const COLUMNS_FIRST = /'fortran_order': True/;

/** Whether the beginning of a .npy file is at a place. */
export function isNpy(content: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, i) => content[at + i] === byte);
}

/** The array of a .npy file that begins so, as a list of one; undefined where it is none, or of no plain numbers. */
export function npyAt(start: Uint8Array): PlacedTensor[] | undefined {
  if (!isNpy(start, 0)) return undefined;
  const lengthBytes = LENGTH_BYTES[start[MAGIC.length]];
  if (lengthBytes === undefined || start.length < LENGTH_AT + lengthBytes) return undefined;
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const length = lengthBytes === 2 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true);
  const offset = LENGTH_AT + lengthBytes + length;
  if (offset > start.length) return undefined;
  return described(new TextDecoder("latin1").decode(start.subarray(LENGTH_AT + lengthBytes, offset)), offset);
}

function described(header: string, offset: number): PlacedTensor[] | undefined {
  const type = TYPE.exec(header);
  const shape = SHAPE.exec(header);
  if (type === null || shape === null) return undefined;
  const dimensions = (shape[1].match(/\d+/g) ?? []).map(Number);
  const size = Number(type[3]);
  const isComplex = type[2] === "c";
  const bytes = (isComplex ? size / 2 : size) as ValueRun["bytes"];
  // Of single bytes, pictures above all, arrays are better coded as bytes are.
  if (bytes > 8 || bytes === 1) return undefined;
  const length = dimensions.reduce((product, dimension) => product * dimension, size);
  if (!Number.isSafeInteger(offset + length)) return undefined;
  const row = COLUMNS_FIRST.test(header) ? dimensions.at(0) : dimensions.at(-1);
  const isFloat = type[2] === "f" || isComplex;
  return [
    { offset, length, row: Math.max(1, dimensions.length > 1 ? (row ?? 1) : 1), form: formOf(bytes, isFloat, length) },
  ];
}
